"""One job while it runs: the handler's JobRun, with throttled progress and durable checkpoints."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Literal

from loguru import logger

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.jobs_manager.contract import Job, JobProgress
from modules.jobs_manager.domain.ports import JobStore
from modules.jobs_manager.domain.record import JobRecord
from modules.jobs_manager.domain.throttle import Throttle

PUBLISH_INTERVAL_S = 0.1
STORE_INTERVAL_S = 1.0
Intent = Literal["pause", "cancel", "shutdown"]


class RunningJob:
    """Implements JobRun. ``intent`` says why the work was cancelled, None while nobody asked for that."""

    def __init__(self, record: JobRecord, store: JobStore, publish: Callable[[JobRecord], None]) -> None:
        self.record = record
        self.intent: Intent | None = None
        self.work: asyncio.Task[Mapping[str, Any]] | None = None
        self.done: asyncio.Task[None] | None = None
        self._store = store
        self._loop = asyncio.get_running_loop()
        self._saving = asyncio.Lock()
        self._progress_store: asyncio.Task[None] | None = None
        self._publishing = Throttle(PUBLISH_INTERVAL_S, lambda: publish(self.record))
        self._storing = Throttle(STORE_INTERVAL_S, self._store_soon)
        self._furthest = record.job.progress.done

    @property
    def ctx(self) -> SecurityContext:
        return self.record.ctx

    @property
    def job(self) -> Job:
        return self.record.job

    @property
    def checkpoint_state(self) -> Mapping[str, Any]:
        return self.record.checkpoint

    def report(self, progress: JobProgress) -> None:
        try:
            on_loop = asyncio.get_running_loop() is self._loop
        except RuntimeError:
            on_loop = False
        if on_loop:
            self._take(progress)
        else:
            # Handlers may do their work on a thread; the loop may be closing under it.
            self._loop.call_soon_threadsafe(self._take, progress)

    async def checkpoint(self, state: Mapping[str, Any]) -> None:
        moved = dict(state) != dict(self.record.checkpoint)
        self.record = replace(
            self.record, checkpoint=dict(state), interruptions=0 if moved else self.record.interruptions
        )
        await self.save()

    def stop(self, intent: Intent) -> None:
        """Ask the work to end; the first reason stays, except that cancelling outdoes pausing."""
        if self.intent is None or intent == "cancel":
            self.intent = intent
        if self.work is not None:
            self.work.cancel()

    async def save(self) -> None:
        """Store the record as it is when its turn comes, so that an older state never overwrites a newer one."""
        async with self._saving:
            await self._store.save(self.record)

    async def settle(self) -> None:
        """No progress is stored or published after this."""
        self._publishing.close()
        self._storing.close()
        if self._progress_store is not None:
            await asyncio.wait({self._progress_store})

    def _take(self, progress: JobProgress) -> None:
        if self.work is None or self.work.done():
            return
        if progress.done > self._furthest:
            # Getting further is what tells a job that survives kills from one that causes them.
            self._furthest = progress.done
            self.record = replace(self.record, interruptions=0)
        self.record = self.record.with_job(progress=progress)
        self._publishing.poke()
        self._storing.poke()

    def _store_soon(self) -> None:
        if self._progress_store is None or self._progress_store.done():
            self._progress_store = asyncio.create_task(self._store_progress(), name="store job progress")

    async def _store_progress(self) -> None:
        try:
            await self.save()
        except HyperSpotError as err:
            # Progress is worth less than the job: the next report tries again.
            logger.bind(job_id=str(self.record.job.id), code=err.code).warning("Job progress could not be stored")
