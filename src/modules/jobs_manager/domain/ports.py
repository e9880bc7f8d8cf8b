"""What the jobs service needs from storage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol
from uuid import UUID

from modkit.security import SecurityContext
from modules.jobs_manager.contract import JobState
from modules.jobs_manager.domain.record import JobRecord


class JobStore(Protocol):
    """The durable table of jobs."""

    async def add(self, record: JobRecord) -> None: ...

    async def save(self, record: JobRecord) -> None:
        """Store everything that can change about the job, and its time of change."""

    async def find(self, ctx: SecurityContext, job_id: UUID) -> JobRecord | None: ...

    async def list(
        self, ctx: SecurityContext, *, states: Collection[JobState] | None, limit: int
    ) -> Sequence[JobRecord]:
        """Newest first; ``states`` None means all."""

    async def unfinished(self) -> Sequence[JobRecord]:
        """Queued and running jobs of all users, oldest first: what a start has to take up again."""

    async def remove(self, ctx: SecurityContext, job_id: UUID) -> None: ...
