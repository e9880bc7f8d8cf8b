"""Adds the scope to a statement: wherever it selects from an entity, also in subqueries and recursive CTEs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Alias, Column, FromClause, Join, Select, SelectBase, inspect
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.sql import visitors
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.schema import Table
from sqlmodel import SQLModel

from modkit.db.errors import InvalidStatement
from modkit.db.scope import scope_condition
from modkit.security import AccessScope

_COMPILER = SQLCompiler(DefaultDialect(), None)


def scoped_statement(statement: Any, scope: AccessScope) -> Any:
    """A copy of the statement (any SQL element) in which every SELECT sees only rows of ``scope``.

    Conditions and not ORM criteria: those leave out aliases and tables that are used without their entity.

    Raises:
        InvalidStatement: an entity in it does not say how it is scoped.
    """
    classes = _classes_by_table()

    def add_scope(select: Select[Any]) -> None:
        for source in _sources(select):
            if (entity := classes.get(_table_of(source))) is not None:
                # In place, because this is the copy that the traversal has just made.
                select._where_criteria += (scope_condition(entity, source, scope),)

    return visitors.cloned_traverse(statement, {}, {"select": add_scope})


def check_free_select(statement: Any, entities: tuple[Any, ...]) -> None:
    """
    Raises:
        InvalidStatement: see ``ReadSession.rows``.
    """
    if not isinstance(statement, Select):
        raise InvalidStatement("Only a plain SELECT can be scoped.", action="Put unions and the like into a CTE.")
    if not entities:
        raise InvalidStatement("A statement without an entity cannot be scoped.")
    present = {_table_of(source) for source in _sources(statement)}
    for entity in entities:
        mapper = inspect(entity).mapper
        if mapper.local_table not in present:
            raise InvalidStatement(f"The statement does not select from {mapper.class_.__name__}.")


def stays_within(element: Any, table: FromClause) -> bool:
    """Whether an expression uses columns of ``table`` only and contains no SELECT: then it adds nothing to scope."""
    return all(
        not isinstance(part, SelectBase) and (not isinstance(part, Column) or part.table.name == table.description)
        for part in visitors.iterate(element)
    )


def _classes_by_table() -> dict[Any, type]:
    return {mapper.local_table: mapper.class_ for mapper in SQLModel._sa_registry.mappers}


def _sources(select: Select[Any]) -> Iterator[FromClause]:
    # What get_final_froms() does, but that compiles the whole statement first, which costs more than running it.
    for source in select._compile_state_factory(select, _COMPILER)._get_display_froms():
        yield from _flat(source)


def _flat(source: FromClause) -> Iterator[FromClause]:
    if isinstance(source, Join):
        yield from _flat(source.left)
        yield from _flat(source.right)
    else:
        yield source


def _table_of(source: FromClause) -> Table | None:
    inner = source.element if isinstance(source, Alias) else source
    return inner if isinstance(inner, Table) else None
