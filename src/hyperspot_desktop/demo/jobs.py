"""Jobs in memory, in every state the Activity page draws."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hyperspot_desktop.demo.feed import Feed
from modkit.security import SecurityContext
from modules.jobs_manager.contract import Job, JobChanged, JobHandler, JobNotFound, JobProgress, JobState


class DemoJobs:
    """Implements JobsClient; jobs change state when asked to, and otherwise stand still."""

    def __init__(self) -> None:
        self._jobs: dict[UUID, Job] = {}
        self._feed: Feed[JobChanged] = Feed()

    @classmethod
    def full(cls) -> DemoJobs:
        jobs = cls()
        jobs.add(
            "Measure Qwen3 4B Instruct",
            JobState.SUCCEEDED,
            kind="model-benchmark",
            minutes_ago=180,
            result={"generation_tokens_per_s": 17.2},
        )
        jobs.add(
            "Download Mistral Small 24B",
            JobState.FAILED,
            minutes_ago=95,
            error={
                "kind": "upstream",
                "code": "download_failed",
                "sentence": "The connection broke 3 times in a row.",
                "action": "Check the connection and resume the download.",
            },
            progress=JobProgress(5.1e9, 14.3e9, "bytes"),
        )
        jobs.add("Download Phi-4 mini", JobState.PAUSED, minutes_ago=60, progress=JobProgress(1.1e9, 2.5e9, "bytes"))
        jobs.add("Measure Gemma 3 12B", JobState.QUEUED, kind="model-benchmark", minutes_ago=2)
        jobs.add(
            "Download Gemma 3 12B",
            JobState.RUNNING,
            minutes_ago=4,
            progress=JobProgress(4.53e9, 7.3e9, "bytes", per_second=18.4e6, seconds_left=150),
            params={"catalogue_id": "gemma-3-12b"},
        )
        return jobs

    def add(
        self,
        title: str,
        state: JobState,
        *,
        kind: str = "model-download",
        minutes_ago: float = 0,
        progress: JobProgress | None = None,
        error: dict[str, str] | None = None,
        params: dict[str, Any] | None = None,
        result: dict[str, Any] | None = None,
    ) -> Job:
        moment = datetime.now(UTC) - timedelta(minutes=minutes_ago)
        job = Job(
            uuid4(),
            kind,
            title,
            state,
            params or {},
            progress or JobProgress(),
            moment,
            moment,
            attempts=1,
            error=error,
            result=result or {},
            finished_at=moment,
        )
        self._jobs[job.id] = job
        return job

    def register_handler(self, kind: str, handler: JobHandler, *, concurrency: int = 1, pausable: bool = True) -> None:
        """The demo runs nothing."""

    async def enqueue(self, ctx: SecurityContext, kind: str, title: str, params: Mapping[str, Any]) -> Job:
        job = self.add(title, JobState.QUEUED, kind=kind, params=dict(params))
        self._feed.publish(JobChanged(job))
        return job

    async def list(self, ctx: SecurityContext, *, active_only: bool = False, limit: int = 200) -> list[Job]:
        return sorted(self._jobs.values(), key=lambda job: job.created_at, reverse=True)[:limit]

    async def get(self, ctx: SecurityContext, job_id: UUID) -> Job:
        if job_id not in self._jobs:
            raise JobNotFound(job_id)
        return self._jobs[job_id]

    async def pause(self, ctx: SecurityContext, job_id: UUID) -> Job:
        return await self._become(ctx, job_id, JobState.PAUSED)

    async def resume(self, ctx: SecurityContext, job_id: UUID) -> Job:
        return await self._become(ctx, job_id, JobState.RUNNING)

    async def cancel(self, ctx: SecurityContext, job_id: UUID) -> Job:
        return await self._become(ctx, job_id, JobState.CANCELLED)

    async def retry(self, ctx: SecurityContext, job_id: UUID) -> Job:
        return await self._become(ctx, job_id, JobState.QUEUED)

    async def remove(self, ctx: SecurityContext, job_id: UUID) -> None:
        del self._jobs[(await self.get(ctx, job_id)).id]

    async def wait(self, ctx: SecurityContext, job_id: UUID) -> Job:
        return await self.get(ctx, job_id)

    def watch(self, ctx: SecurityContext) -> AsyncIterator[JobChanged]:
        return self._feed.watch()

    def change(self, job: Job) -> None:
        """Publish a new state of a job, as its handler would."""
        self._jobs[job.id] = job
        self._feed.publish(JobChanged(job))

    async def _become(self, ctx: SecurityContext, job_id: UUID, state: JobState) -> Job:
        job = replace(await self.get(ctx, job_id), state=state, updated_at=datetime.now(UTC))
        self.change(job)
        return job
