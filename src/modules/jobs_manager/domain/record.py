"""A job as jobs-manager keeps it: what others see, and what only a restart needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from modkit.security import SecurityContext
from modules.jobs_manager.contract import Job
from modules.jobs_manager.domain.clock import utc_now


@dataclass(frozen=True, slots=True)
class JobRecord:
    """``interruptions`` counts the times in a row that the program ended in the middle without progress since."""

    job: Job
    ctx: SecurityContext
    checkpoint: Mapping[str, Any] = field(default_factory=dict)
    interruptions: int = 0

    def with_job(self, **changes: Any) -> JobRecord:
        """The record with fields of its job replaced, changed now."""
        return replace(self, job=replace(self.job, updated_at=utc_now(), **changes))

    def belongs_to(self, ctx: SecurityContext) -> bool:
        mine = (self.ctx.subject_tenant_id, self.ctx.subject_id)
        return mine == (ctx.subject_tenant_id, ctx.subject_id)
