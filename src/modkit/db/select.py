"""A query over one entity that cannot run by itself: only a session, which adds the scope, can run it."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.sql.base import ExecutableOption
from sqlmodel import SQLModel

from modkit.db.scope import declaration_of, scope_condition
from modkit.security import AccessScope

E = TypeVar("E", bound=SQLModel)


class ScopedSelect(Generic[E]):
    """Immutable; every method gives a new query. Arguments are SQLAlchemy's."""

    __slots__ = ("_joined", "_statement", "entity")

    def __init__(self, entity: type[E]) -> None:
        declaration_of(entity)
        self.entity = entity
        self._statement: Select[Any] = select(entity)
        self._joined: tuple[Any, ...] = ()

    def _with(self, statement: Select[Any], joined: tuple[Any, ...] | None = None) -> ScopedSelect[E]:
        copy = ScopedSelect.__new__(ScopedSelect)
        copy.entity = self.entity
        copy._statement = statement
        copy._joined = self._joined if joined is None else joined
        return copy

    def where(self, *conditions: Any) -> ScopedSelect[E]:
        """Conditions are ANDed; ``Any`` because type checkers see ``Note.title == "x"`` as a plain bool."""
        return self._with(self._statement.where(*conditions))

    def order_by(self, *columns: Any) -> ScopedSelect[E]:
        return self._with(self._statement.order_by(*columns))

    def limit(self, limit: int | None) -> ScopedSelect[E]:
        return self._with(self._statement.limit(limit))

    def offset(self, offset: int | None) -> ScopedSelect[E]:
        return self._with(self._statement.offset(offset))

    def options(self, *options: ExecutableOption) -> ScopedSelect[E]:
        return self._with(self._statement.options(*options))

    def join(self, other: Any, on: Any = None) -> ScopedSelect[E]:
        """Join another entity; its own scope condition is added too."""
        return self._with(self._statement.join(other, on), (*self._joined, other))

    def scoped_statement(self, scope: AccessScope) -> Select[Any]:
        """The statement as it will run; sessions call this."""
        conditions = [scope_condition(entity, scope) for entity in (self.entity, *self._joined)]
        return self._statement.where(*conditions)
