"""Which rows a subject may touch: entity declarations, and access scopes turned into SQL conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Uuid, and_, false, inspect, or_, true
from sqlalchemy.orm import Mapper
from sqlalchemy.types import TypeEngine

from modkit.db.errors import InvalidStatement
from modkit.security import AccessScope, FilterValue, ScopeFilter

TENANT_PROPERTY = "owner_tenant_id"
RESOURCE_PROPERTY = "id"
OWNER_PROPERTY = "owner_id"
_RESERVED = frozenset({TENANT_PROPERTY, RESOURCE_PROPERTY, OWNER_PROPERTY})
_FEW_VALUES = 20
_E = TypeVar("_E", bound=type)


@dataclass(frozen=True, slots=True)
class ScopeDeclaration:
    """The columns of an entity that access is decided by; None says "this entity has no such dimension"."""

    tenant: str | None
    owner: str | None
    resource: str | None
    type: str | None
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    unrestricted: bool = False

    def column_of(self, property_name: str) -> str | None:
        """The column behind a policy property, None when the entity does not know the property."""
        well_known = {TENANT_PROPERTY: self.tenant, RESOURCE_PROPERTY: self.resource, OWNER_PROPERTY: self.owner}
        if property_name in well_known:
            return well_known[property_name]
        return self.properties.get(property_name)


_UNRESTRICTED = ScopeDeclaration(None, None, None, None, unrestricted=True)
_declarations: dict[type, ScopeDeclaration] = {}


def scoped(
    *, tenant: str | None, owner: str | None, resource: str | None, type: str | None, **properties: str
) -> Callable[[_E], _E]:
    """Class decorator: name the column of each dimension, or None for "has none". All four must be said.

    Further keyword arguments are additional policy properties, ``region="region_code"``.

    Raises:
        InvalidStatement: a column does not exist, or a property has a reserved name (at import).
    """
    if bad := _RESERVED & properties.keys():
        raise InvalidStatement(f"Property {min(bad)!r} is well known and cannot be declared.")
    declaration = ScopeDeclaration(tenant, owner, resource, type, MappingProxyType(properties))

    def declare(entity: _E) -> _E:
        # A base class without a table has fields, a table entity has attributes.
        known = {*vars(entity), *getattr(entity, "model_fields", {})}
        for column in (tenant, owner, resource, type, *properties.values()):
            if column is not None and column not in known:
                raise InvalidStatement(f"{entity.__name__} has no column {column!r} to scope by.")
        _declarations[entity] = declaration
        return entity

    return declare


def unrestricted(entity: _E) -> _E:
    """Class decorator: a global table, the same for every subject."""
    _declarations[entity] = _UNRESTRICTED
    return entity


def declaration_of(entity: type) -> ScopeDeclaration:
    """What the entity, or the nearest base that declared something, said.

    Raises:
        InvalidStatement: nobody declared anything: an entity without a declaration is never queried.
    """
    for cls in entity.__mro__:
        if (declaration := _declarations.get(cls)) is not None:
            return declaration
    raise InvalidStatement(
        f"{entity.__name__} does not say how it is scoped.", action="Add @scoped(...) or @unrestricted to the class."
    )


def scope_condition(entity: type, source: Any, scope: AccessScope) -> ColumnElement[bool]:
    """The condition that keeps ``source`` inside ``scope``; source is the entity, its table or an alias of either.

    Constraints are ORed, filters ANDed; a constraint with a property the entity lacks is dropped, and when
    none is left nothing matches. An unrestricted entity always matches.
    """
    declaration = declaration_of(entity)
    if declaration.unrestricted:
        return true()
    conditions = [_constraint(entity, source, declaration, filters) for filters in scope.constraints]
    return or_(false(), *[condition for condition in conditions if condition is not None])


def _constraint(
    entity: type, source: Any, declaration: ScopeDeclaration, filters: tuple[ScopeFilter, ...]
) -> ColumnElement[bool] | None:
    conditions: list[ColumnElement[bool]] = []
    for one in filters:
        name = declaration.column_of(one.property)
        if name is None:
            return None
        column = _column(entity, source, name)
        conditions.append(_one_of(column, comparable_values(column.type, one.values)))
    return and_(true(), *conditions)


def _one_of(column: Any, values: list[FilterValue]) -> Any:
    """IN, but plain comparisons for a few values: those also fit into a statement that runs for many rows."""
    if len(values) > _FEW_VALUES:
        return column.in_(values)
    return or_(false(), *[column == value for value in values])


def _column(entity: type, source: Any, name: str) -> Any:
    if not isinstance(source, FromClause):
        return getattr(source, name)
    mapper: Mapper[Any] = inspect(entity)
    return source.c[mapper.columns[name].key]


def comparable_values(column_type: TypeEngine[Any], values: tuple[FilterValue, ...]) -> list[FilterValue]:
    """The values in the column's own type; those that cannot be (text in a UUID column) never match and are dropped."""
    if not isinstance(column_type, Uuid):
        return [value for value in values if not isinstance(value, UUID)]
    return [parsed for value in values if (parsed := _as_uuid(value)) is not None]


def _as_uuid(value: FilterValue) -> UUID | None:
    if isinstance(value, UUID):
        return value
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def admits(entity: type, scope: AccessScope, row: Mapping[str, Any]) -> bool:
    """Whether a new row may be inserted: its set columns satisfy a constraint; columns that are None are skipped."""
    declaration = declaration_of(entity)
    if declaration.unrestricted:
        return True
    return any(_admits_all(entity, declaration, filters, row) for filters in scope.constraints)


def _admits_all(
    entity: Any, declaration: ScopeDeclaration, filters: tuple[ScopeFilter, ...], row: Mapping[str, Any]
) -> bool:
    for one in filters:
        column_name = declaration.column_of(one.property)
        if column_name is None:
            return False
        value = row.get(column_name)
        if value is not None and value not in comparable_values(getattr(entity, column_name).type, one.values):
            return False
    return True


def names_tenant(scope: AccessScope, tenant_id: UUID) -> bool:
    """Whether a constraint allows the tenant or is silent about tenants: tells a wrong tenant from other refusals."""
    return any(
        all(tenant_id in one.values for one in filters if one.property == TENANT_PROPERTY)
        for filters in scope.constraints
    )
