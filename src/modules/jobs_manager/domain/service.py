"""The verbs of jobs: which are allowed in which state, and what they do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID
from weakref import WeakValueDictionary

from loguru import logger

from modkit.events import Broadcaster, Subscription
from modkit.security import SecurityContext
from modules.jobs_manager.contract import (
    ACTIVE_STATES,
    Job,
    JobChanged,
    JobConflict,
    JobHandler,
    JobNotFound,
    JobProgress,
    JobState,
)
from modules.jobs_manager.domain.clock import utc_now
from modules.jobs_manager.domain.errors import JobInterruptedTooOften, JobsClosing
from modules.jobs_manager.domain.handlers import Handlers, waiting_note
from modules.jobs_manager.domain.ports import JobStore
from modules.jobs_manager.domain.record import JobRecord
from modules.jobs_manager.domain.running import Intent, RunningJob
from modules.jobs_manager.domain.scheduler import Scheduler, cancelled, discard

T = TypeVar("T")
MAX_INTERRUPTIONS = 5
_STOP_WAIT_S = 30.0
_SETTLED = frozenset({JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED, JobState.PAUSED})


class JobsService:
    """Implements JobsClient."""

    def __init__(self, store: JobStore, new_id: Callable[[], UUID]) -> None:
        self._store = store
        self._new_id = new_id
        self._handlers = Handlers()
        self._changes: Broadcaster[JobRecord] = Broadcaster(256)
        self._scheduler = Scheduler(store, self._handlers, self._publish)
        self._waiters: dict[UUID, set[asyncio.Future[None]]] = {}
        self._verbs: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    def register_handler(self, kind: str, handler: JobHandler, *, concurrency: int = 1, pausable: bool = True) -> None:
        self._handlers.add(kind, handler, concurrency=concurrency, pausable=pausable)

    async def start(self) -> None:
        """Take up what the last run of the program left, then run the queue."""
        for record in await self._store.unfinished():
            taken_up = _after_restart(record)
            if taken_up is not record:
                await self._store.save(taken_up)
            if taken_up.job.state is JobState.QUEUED:
                self._scheduler.queue(taken_up)
            if (note := waiting_note(taken_up.job, self._handlers)) is not None:
                logger.bind(job_id=str(taken_up.job.id), kind=taken_up.job.kind).warning(note)
        self._scheduler.open()

    def shut(self) -> None:
        """Cancel all work now, while the modules that it needs are still there; ``stop`` waits for it."""
        self._scheduler.shut()

    async def stop(self, grace_s: float) -> None:
        """Stop all work so that the next start goes on with it; waiting callers get JobsClosing."""
        await self._scheduler.close(grace_s)
        for future in [future for waiting in self._waiters.values() for future in waiting]:
            if not future.done():
                future.set_exception(JobsClosing())
        self._changes.close()

    async def enqueue(self, ctx: SecurityContext, kind: str, title: str, params: Mapping[str, Any]) -> Job:
        registered = self._handlers.get(kind)
        now = utc_now()
        job = Job(
            id=self._new_id(),
            kind=kind,
            title=title,
            state=JobState.QUEUED,
            params=json.loads(json.dumps(dict(params))),
            progress=JobProgress(),
            created_at=now,
            updated_at=now,
            pausable=registered.pausable,
        )
        record = JobRecord(job, ctx)
        await self._store.add(record)
        self._publish(record)
        self._scheduler.queue(record)
        return job

    async def list(self, ctx: SecurityContext, *, active_only: bool = False, limit: int = 200) -> list[Job]:
        states = ACTIVE_STATES if active_only else None
        records = await self._store.list(ctx, states=states, limit=limit)
        return [self._seen(record) for record in records]

    async def get(self, ctx: SecurityContext, job_id: UUID) -> Job:
        return self._seen(await self._record(ctx, job_id))

    async def pause(self, ctx: SecurityContext, job_id: UUID) -> Job:
        return await self._alone(job_id, lambda: self._pause(ctx, job_id))

    async def resume(self, ctx: SecurityContext, job_id: UUID) -> Job:
        """Also takes a failed job up again: for a person both mean "go on"."""
        allowed = {JobState.PAUSED, JobState.FAILED}
        return await self._alone(job_id, lambda: self._requeue(ctx, job_id, allowed, "resumed"))

    async def retry(self, ctx: SecurityContext, job_id: UUID) -> Job:
        allowed = {JobState.FAILED, JobState.CANCELLED}
        return await self._alone(job_id, lambda: self._requeue(ctx, job_id, allowed, "retried"))

    async def cancel(self, ctx: SecurityContext, job_id: UUID) -> Job:
        return await self._alone(job_id, lambda: self._cancel(ctx, job_id))

    async def remove(self, ctx: SecurityContext, job_id: UUID) -> None:
        await self._alone(job_id, lambda: self._remove(ctx, job_id))

    async def wait(self, ctx: SecurityContext, job_id: UUID) -> Job:
        while True:
            # Waiting begins before looking, or a change between the two would be missed.
            changed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            waiting = self._waiters.setdefault(job_id, set())
            waiting.add(changed)
            try:
                job = await self.get(ctx, job_id)
                if job.state in _SETTLED:
                    return job
                await changed
            finally:
                waiting.discard(changed)
                if not waiting:
                    self._waiters.pop(job_id, None)

    def watch(self, ctx: SecurityContext) -> AsyncIterator[JobChanged]:
        # Subscribed here and not in the generator, which would only begin when it is first read.
        return self._of_subject(self._changes.subscribe(), ctx)

    async def _of_subject(self, changes: Subscription[JobRecord], ctx: SecurityContext) -> AsyncIterator[JobChanged]:
        async with changes:
            async for record in changes:
                if record.belongs_to(ctx):
                    yield JobChanged(self._with_note(record.job))

    async def _pause(self, ctx: SecurityContext, job_id: UUID) -> Job:
        record = await self._record(ctx, job_id)
        if record.job.state is JobState.PAUSED:
            return record.job
        if record.job.state not in ACTIVE_STATES:
            raise JobConflict(job_id, record.job.state, "paused")
        if not record.job.pausable:
            raise JobConflict(job_id, "not pausable", "paused")
        if (running := self._scheduler.running(job_id)) is not None:
            return await self._stop(ctx, running, "pause")
        self._scheduler.unqueue(job_id)
        return await self._save(record.with_job(state=JobState.PAUSED))

    async def _requeue(self, ctx: SecurityContext, job_id: UUID, allowed: set[JobState], verb: str) -> Job:
        record = await self._record(ctx, job_id)
        if record.job.state not in allowed:
            raise JobConflict(job_id, record.job.state, verb)
        self._handlers.get(record.job.kind)
        queued = replace(record.with_job(state=JobState.QUEUED, error=None, finished_at=None), interruptions=0)
        job = await self._save(queued)
        self._scheduler.queue(queued)
        return job

    async def _cancel(self, ctx: SecurityContext, job_id: UUID) -> Job:
        record = await self._record(ctx, job_id)
        if record.job.state is JobState.CANCELLED:
            return record.job
        # A failed job could be tried again and keeps what it has for that; to cancel it is to give that up.
        if record.job.state not in {*ACTIVE_STATES, JobState.FAILED}:
            raise JobConflict(job_id, record.job.state, "cancelled")
        if (running := self._scheduler.running(job_id)) is not None:
            return await self._stop(ctx, running, "cancel")
        self._scheduler.unqueue(job_id)
        await self._discard(record)
        return await self._save(cancelled(record))

    async def _remove(self, ctx: SecurityContext, job_id: UUID) -> None:
        record = await self._record(ctx, job_id)
        if record.job.state in ACTIVE_STATES:
            raise JobConflict(job_id, record.job.state, "removed")
        if record.job.state is JobState.FAILED:
            # A failed job could have been resumed; now nobody will ever need its partial work.
            await self._discard(record)
        await self._store.remove(ctx, job_id)

    async def _stop(self, ctx: SecurityContext, running: RunningJob, intent: Intent) -> Job:
        running.stop(intent)
        if running.done is not None:
            await asyncio.wait({running.done}, timeout=_STOP_WAIT_S)
        return await self.get(ctx, running.job.id)

    async def _discard(self, record: JobRecord) -> None:
        if (registered := self._handlers.find(record.job.kind)) is not None:
            await discard(registered, record)

    async def _save(self, record: JobRecord) -> Job:
        await self._store.save(record)
        self._publish(record)
        return self._seen(record)

    async def _record(self, ctx: SecurityContext, job_id: UUID) -> JobRecord:
        running = self._scheduler.running(job_id)
        record = await self._store.find(ctx, job_id) if running is None else running.record
        if record is None or not record.belongs_to(ctx):
            raise JobNotFound(job_id)
        return record

    def _seen(self, record: JobRecord) -> Job:
        """The job as it is this moment: a running one knows more than its row."""
        running = self._scheduler.running(record.job.id)
        return self._with_note((record if running is None else running.record).job)

    def _with_note(self, job: Job) -> Job:
        note = waiting_note(job, self._handlers)
        return job if note is None else replace(job, progress=replace(job.progress, note=note))

    async def _alone(self, job_id: UUID, verb: Callable[[], Awaitable[T]]) -> T:
        """Two verbs on the same job run one after the other."""
        lock = self._verbs.setdefault(job_id, asyncio.Lock())
        async with lock:
            return await verb()

    def _publish(self, record: JobRecord) -> None:
        self._changes.publish(record)
        for future in self._waiters.get(record.job.id, ()):
            if not future.done():
                future.set_result(None)


def _after_restart(record: JobRecord) -> JobRecord:
    if record.job.state is not JobState.RUNNING:
        return record
    interruptions = record.interruptions + 1
    if interruptions >= MAX_INTERRUPTIONS:
        error = JobInterruptedTooOften(interruptions).to_dict()
        return record.with_job(state=JobState.FAILED, error=error, finished_at=utc_now())
    return replace(record.with_job(state=JobState.QUEUED), interruptions=interruptions)
