"""A query over one entity that cannot run by itself: only a session, which adds the scope, can run it."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import load_only
from sqlmodel import SQLModel

from modkit.db.scope import declaration_of
from modkit.db.statements import scoped_statement
from modkit.security import AccessScope

E = TypeVar("E", bound=SQLModel)


class ScopedSelect(Generic[E]):
    """Immutable; every method gives a new query. Arguments are SQLAlchemy's.

    Other entities may take part by ``join`` or in subqueries: they are scoped as well.
    """

    __slots__ = ("_statement", "entity")

    def __init__(self, entity: type[E], statement: Select[Any] | None = None) -> None:
        declaration_of(entity)
        self.entity = entity
        self._statement: Select[Any] = select(entity) if statement is None else statement

    def where(self, *conditions: Any) -> ScopedSelect[E]:
        """Conditions are ANDed; ``Any`` because type checkers see ``Note.title == "x"`` as a plain bool."""
        return ScopedSelect(self.entity, self._statement.where(*conditions))

    def order_by(self, *columns: Any) -> ScopedSelect[E]:
        return ScopedSelect(self.entity, self._statement.order_by(*columns))

    def limit(self, limit: int | None) -> ScopedSelect[E]:
        return ScopedSelect(self.entity, self._statement.limit(limit))

    def offset(self, offset: int | None) -> ScopedSelect[E]:
        return ScopedSelect(self.entity, self._statement.offset(offset))

    def join(self, other: Any, on: Any = None) -> ScopedSelect[E]:
        """Join another entity or an alias of one."""
        return ScopedSelect(self.entity, self._statement.join(other, on))

    def only(self, *attributes: Any) -> ScopedSelect[E]:
        """Read just these columns and the key; the other attributes raise when they are touched."""
        return ScopedSelect(self.entity, self._statement.options(load_only(*attributes)))

    def scoped_statement(self, scope: AccessScope) -> Select[Any]:
        """The statement as it will run; sessions call this."""
        scoped: Select[Any] = scoped_statement(self._statement, scope)
        return scoped
