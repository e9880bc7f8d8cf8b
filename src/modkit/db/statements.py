"""Checks a free SELECT and adds the scope conditions of the entities in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, inspect
from sqlalchemy.orm import with_loader_criteria
from sqlalchemy.sql import visitors
from sqlalchemy.sql.schema import Table
from sqlmodel import SQLModel

from modkit.db.errors import InvalidStatement
from modkit.db.scope import scope_condition
from modkit.security import AccessScope


def scoped_rows(statement: Any, entities: tuple[Any, ...], scope: AccessScope) -> Select[Any]:
    """The statement with every entity in it kept inside ``scope``.

    Raises:
        InvalidStatement: see ``ReadSession.rows``.
    """
    if not isinstance(statement, Select):
        raise InvalidStatement("Only a plain SELECT can be scoped.", action="Put unions and the like into a CTE.")
    if not entities:
        raise InvalidStatement("A statement without an entity cannot be scoped.")
    found = set(_mapped_classes(statement))
    named = {inspect(entity).mapper.class_ for entity in entities}
    if missing := named - found:
        raise InvalidStatement(f"The statement does not select from {min(cls.__name__ for cls in missing)}.")
    # The criteria reach every use of an entity, also in subqueries and CTEs; the named ones are plain conditions.
    criteria = [with_loader_criteria(cls, scope_condition(cls, scope), include_aliases=True) for cls in found]
    return statement.options(*criteria).where(*[scope_condition(entity, scope) for entity in entities])


def _mapped_classes(statement: Select[Any]) -> Iterator[type]:
    """Every entity whose table occurs anywhere in the statement.

    Raises:
        InvalidStatement: a scoped table is used as a bare table, where no scope can be added.
    """
    classes = {mapper.local_table: mapper.class_ for mapper in SQLModel._sa_registry.mappers}
    for element in visitors.iterate(statement):
        if isinstance(element, Table) and element in classes:
            yield classes[element]
