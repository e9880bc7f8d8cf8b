"""A query over one entity that cannot run by itself: only a session, which adds the scope, can run it."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from sqlalchemy import ClauseElement, FromClause, Select, inspect, select
from sqlalchemy.orm import load_only
from sqlmodel import SQLModel

from modkit.db.scope import declaration_of, scope_condition
from modkit.db.statements import scoped_statement, stays_within
from modkit.security import AccessScope

E = TypeVar("E", bound=SQLModel)


class ScopedSelect(Generic[E]):
    """Immutable; every method gives a new query. Arguments are SQLAlchemy's.

    Other entities may take part by ``join`` or in subqueries: they are scoped as well.
    """

    __slots__ = ("_plain", "_statement", "entity")

    def __init__(self, entity: type[E], statement: Select[Any] | None = None, *, plain: bool = True) -> None:
        declaration_of(entity)
        self.entity = entity
        self._statement: Select[Any] = select(entity) if statement is None else statement
        # Nothing but the entity takes part: its condition is enough, and looking into the statement (0.5 ms) is not
        # needed.
        self._plain = plain

    def _with(self, statement: Select[Any], *parts: Any) -> ScopedSelect[E]:
        table: FromClause = inspect(self.entity).local_table
        plain = self._plain and all(
            stays_within(coerced, table) for part in parts if (coerced := _element(part)) is not None
        )
        return ScopedSelect(self.entity, statement, plain=plain)

    def where(self, *conditions: Any) -> ScopedSelect[E]:
        """Conditions are ANDed; ``Any`` because type checkers see ``Note.title == "x"`` as a plain bool."""
        return self._with(self._statement.where(*conditions), *conditions)

    def order_by(self, *columns: Any) -> ScopedSelect[E]:
        return self._with(self._statement.order_by(*columns), *columns)

    def limit(self, limit: int | None) -> ScopedSelect[E]:
        return self._with(self._statement.limit(limit))

    def offset(self, offset: int | None) -> ScopedSelect[E]:
        return self._with(self._statement.offset(offset))

    def join(self, other: Any, on: Any = None) -> ScopedSelect[E]:
        """Join another entity or an alias of one."""
        return ScopedSelect(self.entity, self._statement.join(other, on), plain=False)

    def only(self, *attributes: Any) -> ScopedSelect[E]:
        """Read just these columns and the key; the other attributes raise when they are touched."""
        return self._with(self._statement.options(load_only(*attributes)))

    def scoped_statement(self, scope: AccessScope) -> Select[Any]:
        """The statement as it will run; sessions call this."""
        if self._plain:
            return self._statement.where(scope_condition(self.entity, self.entity, scope))
        scoped: Select[Any] = scoped_statement(self._statement, scope)
        return scoped


def _element(part: Any) -> Any:
    """The SQL element behind an attribute; None for a plain value such as True."""
    element = part.__clause_element__() if hasattr(part, "__clause_element__") else part
    return element if isinstance(element, ClauseElement) else None
