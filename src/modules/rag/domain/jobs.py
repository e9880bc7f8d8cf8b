"""The indexing jobs of a collection: at most one waits, whoever asks for it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from modkit.security import SecurityContext
from modules.jobs_manager.contract import Job, JobConflict, JobNotFound, JobsClient, JobState
from modules.rag.contract import INDEXING, Collection

_ALL = 1_000_000


class IndexingJobs:
    """Starts, finds and ends them."""

    def __init__(self, jobs: JobsClient) -> None:
        self._jobs = jobs
        self._starting = asyncio.Lock()

    async def start(self, ctx: SecurityContext, collection: Collection, *, resume: bool = True) -> UUID:
        """A job that will look at everything as it is now: one that runs already may have looked before.

        One that the user paused goes on; without ``resume`` it stays as it is, and nothing is looked at.
        """
        async with self._starting:
            for job in await self._of(ctx, collection.id):
                if job.state is JobState.QUEUED:
                    return job.id
                if job.state is JobState.PAUSED:
                    return (await self._jobs.resume(ctx, job.id)).id if resume else job.id
            params = {"collection_id": str(collection.id), "collection": collection.name}
            return (await self._jobs.enqueue(ctx, INDEXING, f"Index {collection.name}", params)).id

    async def stop(self, ctx: SecurityContext, collection_id: UUID, *, paused: bool = True) -> None:
        """End them; without ``paused`` one that the user paused stays, as it touches nothing."""
        for job in await self._of(ctx, collection_id):
            if paused or job.state is not JobState.PAUSED:
                # It may have ended by itself in the meantime, and been taken out of the history as well.
                with suppress(JobConflict, JobNotFound):
                    await self._jobs.cancel(ctx, job.id)

    async def forget(self, ctx: SecurityContext, collection_id: UUID) -> None:
        """Take those that ended out of the history: they name the collection and files of it."""
        for job in await self._jobs.list(ctx, limit=_ALL):
            if job.kind == INDEXING and job.params["collection_id"] == str(collection_id):
                with suppress(JobConflict, JobNotFound):
                    await self._jobs.remove(ctx, job.id)

    async def active(self, ctx: SecurityContext) -> Mapping[UUID, Job]:
        """For each collection the job that runs, or else the one that waits."""
        found: dict[UUID, Job] = {}
        for job in await self._jobs.list(ctx, active_only=True):
            if job.kind == INDEXING:
                collection_id = UUID(job.params["collection_id"])
                if collection_id not in found or job.state is JobState.RUNNING:
                    found[collection_id] = job
        return found

    async def _of(self, ctx: SecurityContext, collection_id: UUID) -> list[Job]:
        jobs = await self._jobs.list(ctx, active_only=True)
        return [job for job in jobs if job.kind == INDEXING and job.params["collection_id"] == str(collection_id)]
