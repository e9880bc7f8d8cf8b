"""The verbs of jobs-manager, and the port that runs a kind of job."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, Protocol
from uuid import UUID

from modkit.security import SecurityContext
from modules.jobs_manager.contract.models import Job, JobChanged, JobProgress


class JobRun(Protocol):
    """Given to a handler while its job runs."""

    @property
    def ctx(self) -> SecurityContext: ...
    @property
    def job(self) -> Job: ...

    def report(self, progress: JobProgress) -> None:
        """Cheap and callable at any rate; storing and publishing are throttled."""

    async def checkpoint(self, state: Mapping[str, Any]) -> None:
        """Durably remember where to go on; ``state`` comes back as ``checkpoint_state`` after a restart."""

    @property
    def checkpoint_state(self) -> Mapping[str, Any]: ...


class JobHandler(Protocol):
    """Runs one kind of job. Pause, cancel and shutdown arrive as task cancellation: clean up and let it pass.

    A handler must be able to start again from its checkpoint, or from scratch, at any time.
    """

    async def run(self, run: JobRun) -> Mapping[str, Any]:
        """Do the work; what it returns becomes ``Job.result``. A HyperSpotError fails the job with its sentence."""

    async def discard(self, job: Job) -> None:
        """The job was cancelled: remove partial files. Must not raise for what is already gone."""


class JobsClient(Protocol):
    """Durable background work with progress, pause, resume, cancel, retry and history."""

    def register_handler(self, kind: str, handler: JobHandler, *, concurrency: int = 1, pausable: bool = True) -> None:
        """Call in ``init``; jobs of this kind that a restart interrupted are queued again at start."""

    async def enqueue(self, ctx: SecurityContext, kind: str, title: str, params: Mapping[str, Any]) -> Job:
        """
        Raises:
            UnknownJobKind: no handler is registered for the kind.
        """

    async def list(self, ctx: SecurityContext, *, active_only: bool = False, limit: int = 200) -> list[Job]:
        """Newest first."""

    async def get(self, ctx: SecurityContext, job_id: UUID) -> Job: ...
    async def pause(self, ctx: SecurityContext, job_id: UUID) -> Job: ...
    async def resume(self, ctx: SecurityContext, job_id: UUID) -> Job: ...
    async def cancel(self, ctx: SecurityContext, job_id: UUID) -> Job:
        """Stop it, or give up one that failed; what it left behind is removed."""

    async def retry(self, ctx: SecurityContext, job_id: UUID) -> Job: ...
    async def remove(self, ctx: SecurityContext, job_id: UUID) -> None:
        """Take a finished job out of the history."""

    async def wait(self, ctx: SecurityContext, job_id: UUID) -> Job:
        """Return when the job is in a state that only the user can change (succeeded, failed, cancelled, paused)."""

    def watch(self, ctx: SecurityContext) -> AsyncIterator[JobChanged]:
        """Changes from now on; a slow reader loses the oldest."""
