"""Who asks, and the scopes made from it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from uuid import UUID

import pytest

from modkit.security import NIL, AccessScope, SecurityContext

TENANT = UUID(int=1)


def test_the_local_user_is_the_references_default_subject() -> None:
    ctx = SecurityContext.local_user()
    assert str(ctx.subject_id) == "11111111-6a88-4768-9dfc-6bcd5187d9ed"
    assert str(ctx.subject_tenant_id) == "00000000-df51-5b42-9538-d2b56b7ee953"
    assert (ctx.subject_type, ctx.token_scopes, ctx.bearer_token) == (None, (), None)


def test_anonymous_is_nobody() -> None:
    ctx = SecurityContext.anonymous()
    assert (ctx.subject_id, ctx.subject_tenant_id, ctx.token_scopes) == (NIL, NIL, ())


def test_a_token_shows_nowhere_and_a_context_never_changes() -> None:
    ctx = SecurityContext(NIL, NIL, bearer_token="hunter2")
    assert "hunter2" not in repr(ctx)
    with pytest.raises(FrozenInstanceError):
        ctx.subject_id = TENANT  # type: ignore[misc]  # what the test is about


def test_a_scope_denies_unless_it_says_otherwise() -> None:
    assert AccessScope() == AccessScope.deny_all()
    assert AccessScope.allow_all().constraints == ((),)


def test_the_shortcuts_name_the_well_known_properties() -> None:
    (tenant,) = AccessScope.for_tenant(TENANT).constraints
    (resource,) = AccessScope.for_resource(TENANT).constraints
    (owner,) = AccessScope.for_owner(SecurityContext.local_user()).constraints
    names = [[one.property for one in constraint] for constraint in (tenant, resource, owner)]
    assert names == [["owner_tenant_id"], ["id"], ["owner_tenant_id", "owner_id"]]
