"""Access scopes: the SQL condition and the check before an insert mean the same, and both fail closed."""

from __future__ import annotations

import sqlite3
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.dialects import sqlite
from sqlmodel import Field, SQLModel, col

from modkit.db import SyncedEntity, scoped, unrestricted
from modkit.db.errors import InvalidStatement
from modkit.db.scope import admits, comparable_values, declaration_of, names_tenant, scope_condition
from modkit.security import AccessScope, ScopeFilter
from tests.support.notes_db import Country, Note, Shop

TENANTS = [UUID(int=number) for number in (1, 2)]
REGIONS = ["eu", "us"]

filters = st.one_of(
    st.builds(
        ScopeFilter,
        st.just("owner_tenant_id"),
        st.just("in"),
        st.lists(st.sampled_from(TENANTS), max_size=2).map(tuple),
    ),
    st.builds(ScopeFilter, st.just("region"), st.just("eq"), st.sampled_from(REGIONS).map(lambda one: (one,))),
    st.builds(ScopeFilter, st.sampled_from(["owner_id", "unheard_of"]), st.just("eq"), st.just((TENANTS[0],))),
)
scopes = st.lists(st.lists(filters, max_size=3).map(tuple), max_size=3).map(lambda parts: AccessScope(tuple(parts)))


def expected(scope: AccessScope, tenant: UUID, region: str) -> bool:
    """The rules of the specification, said once more in the plainest way."""
    row: dict[str, object] = {"owner_tenant_id": tenant, "region": region}
    return any(
        all(one.property in row and row[one.property] in one.values for one in constraint)
        for constraint in scope.constraints
    )


def matches(scope: AccessScope, tenant: UUID, region: str) -> bool:
    """Whether SQLite finds the row under the scope."""
    statement = select(col(Shop.region_code)).where(scope_condition(Shop, Shop, scope))
    compiled = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE test_shops (id, tenant_id, region_code, size)")
    connection.execute("INSERT INTO test_shops VALUES ('1', ?, ?, 1)", (tenant.hex, region))
    found = connection.execute(str(compiled)).fetchall()
    connection.close()
    return bool(found)


@given(scopes, st.sampled_from(TENANTS), st.sampled_from(REGIONS))
def test_query_and_insert_agree_with_the_specification(scope: AccessScope, tenant: UUID, region: str) -> None:
    answer = expected(scope, tenant, region)
    assert matches(scope, tenant, region) == answer
    assert admits(Shop, scope, {"tenant_id": tenant, "region_code": region}) == answer


def test_nothing_is_allowed_by_default() -> None:
    assert not admits(Shop, AccessScope(), {"tenant_id": TENANTS[0]})
    assert not matches(AccessScope.deny_all(), TENANTS[0], "eu")
    assert matches(AccessScope.allow_all(), TENANTS[0], "eu")


def test_columns_that_are_not_set_are_skipped_at_insert() -> None:
    europe = AccessScope(((ScopeFilter("region", "eq", ("eu",)),),))
    assert admits(Shop, europe, {"region_code": None})
    assert not admits(Shop, europe, {"region_code": "us"})


def test_an_unrestricted_entity_is_always_admitted() -> None:
    assert admits(Country, AccessScope.deny_all(), {"code": "at"})


def test_values_of_another_type_never_match() -> None:
    tenant, size = Shop.__table__.c.tenant_id.type, Shop.__table__.c.size.type  # type: ignore[attr-defined]
    assert comparable_values(tenant, (TENANTS[0], str(TENANTS[1]), "no uuid", 7)) == TENANTS
    assert comparable_values(size, (7, TENANTS[0])) == [7]


def test_a_wrong_tenant_is_told_from_other_refusals() -> None:
    assert names_tenant(AccessScope.for_tenant(TENANTS[0]), TENANTS[0])
    assert not names_tenant(AccessScope.for_tenant(TENANTS[0]), TENANTS[1])
    assert names_tenant(AccessScope.for_resource(TENANTS[0]), TENANTS[1])


def test_a_forgotten_dimension_is_an_error_at_import() -> None:
    with pytest.raises(TypeError, match="owner"):
        scoped(tenant="tenant_id", resource="id", type=None)  # type: ignore[call-arg]  # the point


def test_a_column_that_does_not_exist_is_an_error_at_import() -> None:
    with pytest.raises(InvalidStatement, match="no column 'tenant'"):

        @scoped(tenant="tenant", owner=None, resource="id", type=None)
        class Misspelt(SQLModel):
            id: UUID = Field(primary_key=True)


def test_a_well_known_property_cannot_be_declared_again() -> None:
    with pytest.raises(InvalidStatement, match="well known"):
        scoped(tenant=None, owner=None, resource="id", type=None, owner_id="somebody")


def test_a_synced_entity_is_scoped_by_its_base_unless_it_says_otherwise() -> None:
    assert declaration_of(Note) is declaration_of(SyncedEntity)

    @unrestricted
    class Shared(SyncedEntity):
        """Everybody's."""

    assert declaration_of(Shared).unrestricted
