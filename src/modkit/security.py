"""Who asks, and what that subject may see (spec: security context, access scope)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

NIL = UUID(int=0)
DEFAULT_SUBJECT_ID = UUID("11111111-6a88-4768-9dfc-6bcd5187d9ed")
DEFAULT_TENANT_ID = UUID("00000000-df51-5b42-9538-d2b56b7ee953")

FilterValue = UUID | str | int | bool


@dataclass(frozen=True, slots=True)
class SecurityContext:
    """The subject of one call: immutable, always the first argument, never stored in a global.

    ``token_scopes`` of ``("*",)`` means first-party without restriction; empty means none asserted.
    """

    subject_id: UUID
    subject_tenant_id: UUID
    subject_type: str | None = None
    token_scopes: tuple[str, ...] = ()
    bearer_token: str | None = field(default=None, repr=False, compare=False)

    @classmethod
    def anonymous(cls) -> SecurityContext:
        """Nil ids, no scopes: for public routes and system work that must not read tenant data."""
        return cls(NIL, NIL)

    @classmethod
    def local_user(cls) -> SecurityContext:
        """The one user of a desktop, the same as the reference server's default subject."""
        return cls(DEFAULT_SUBJECT_ID, DEFAULT_TENANT_ID)


@dataclass(frozen=True, slots=True)
class ScopeFilter:
    """``property = value`` or ``property IN values``; ``IN ()`` is never true."""

    property: str
    operator: Literal["eq", "in"]
    values: tuple[FilterValue, ...]


@dataclass(frozen=True, slots=True)
class AccessScope:
    """A disjunction of constraints, each a conjunction of filters.

    No constraints at all denies everything, and that is the default; a constraint without filters allows
    everything. A constraint that names a property the entity does not have is dropped (fail closed).
    """

    constraints: tuple[tuple[ScopeFilter, ...], ...] = ()

    @classmethod
    def deny_all(cls) -> AccessScope:
        return cls()

    @classmethod
    def allow_all(cls) -> AccessScope:
        return cls(((),))

    @classmethod
    def for_tenant(cls, tenant_id: UUID) -> AccessScope:
        return cls.for_tenants((tenant_id,))

    @classmethod
    def for_tenants(cls, tenant_ids: tuple[UUID, ...]) -> AccessScope:
        return cls(((ScopeFilter("owner_tenant_id", "in", tenant_ids),),))

    @classmethod
    def for_resource(cls, resource_id: UUID) -> AccessScope:
        return cls(((ScopeFilter("id", "eq", (resource_id,)),),))

    @classmethod
    def for_owner(cls, ctx: SecurityContext) -> AccessScope:
        """Rows of this tenant that belong to this subject: the scope of a user's own data."""
        return cls(
            (
                (
                    ScopeFilter("owner_tenant_id", "eq", (ctx.subject_tenant_id,)),
                    ScopeFilter("owner_id", "eq", (ctx.subject_id,)),
                ),
            )
        )
