"""Runs queued jobs, a few of each kind at a time, and brings every one of them to a stored end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from uuid import UUID

from loguru import logger

from modkit.errors import HyperSpotError
from modules.jobs_manager.contract import JobState
from modules.jobs_manager.domain.clock import utc_now
from modules.jobs_manager.domain.errors import JobCrashed
from modules.jobs_manager.domain.handlers import Handlers, Registered
from modules.jobs_manager.domain.ports import JobStore
from modules.jobs_manager.domain.record import JobRecord
from modules.jobs_manager.domain.running import RunningJob

_RETRY_FIRST_S = 0.2
_RETRY_MAX_S = 10.0


class Scheduler:
    """Owns the task of every running job. ``publish`` is told of every change of a record."""

    def __init__(self, store: JobStore, handlers: Handlers, publish: Callable[[JobRecord], None]) -> None:
        self._store = store
        self._handlers = handlers
        self._publish = publish
        self._queue: dict[UUID, JobRecord] = {}
        self._running: dict[UUID, RunningJob] = {}
        self._open = False

    def open(self) -> None:
        """Begin to run what is queued."""
        self._open = True
        self._pump()

    def queue(self, record: JobRecord) -> None:
        """Run a job, stored as queued, when its turn comes."""
        self._queue[record.job.id] = record
        self._pump()

    def unqueue(self, job_id: UUID) -> None:
        self._queue.pop(job_id, None)

    def running(self, job_id: UUID) -> RunningJob | None:
        return self._running.get(job_id)

    def shut(self) -> None:
        """Start nothing more and cancel all work; each job goes back to the queue in the table."""
        self._open = False
        for running in self._running.values():
            running.stop("shutdown")

    async def close(self, grace_s: float) -> None:
        """Shut, and wait until all work has ended; what does not in time is left as it is in the table."""
        self.shut()
        ending = [running.done for running in self._running.values() if running.done is not None]
        if not ending:
            return
        _, stubborn = await asyncio.wait(ending, timeout=grace_s)
        for task in stubborn:
            task.cancel()
        await asyncio.gather(*stubborn, return_exceptions=True)

    def _pump(self) -> None:
        if not self._open:
            return
        for record in list(self._queue.values()):
            registered = self._handlers.find(record.job.kind)
            if registered is not None and self._count(record.job.kind) < registered.concurrency:
                del self._queue[record.job.id]
                self._start(record, registered)

    def _count(self, kind: str) -> int:
        return sum(running.job.kind == kind for running in self._running.values())

    def _start(self, record: JobRecord, registered: Registered) -> None:
        running = RunningJob(record, self._store, self._publish)
        self._running[record.job.id] = running
        name = f"job {record.job.kind} {record.job.id}"
        running.done = asyncio.create_task(self._run(running, registered), name=name)

    async def _run(self, running: RunningJob, registered: Registered) -> None:
        job_id = running.job.id
        try:
            ended = await self._attempt(running, registered)
            await self._save_end(running, ended)
        finally:
            await asyncio.shield(running.settle())
            del self._running[job_id]
        self._publish(running.record)
        self._pump()

    async def _attempt(self, running: RunningJob, registered: Registered) -> JobRecord:
        """Run the handler once; gives the record as it is to be stored afterwards."""
        try:
            if running.intent is None:
                running.record = running.record.with_job(
                    state=JobState.RUNNING,
                    attempts=running.job.attempts + 1,
                    started_at=utc_now(),
                    finished_at=None,
                    error=None,
                )
                await running.save()
                self._publish(running.record)
            if running.intent is None:
                running.work = asyncio.create_task(registered.handler.run(running), name=f"work {running.job.kind}")
                await asyncio.wait({running.work})
                if not running.work.cancelled():
                    result = json.loads(json.dumps(dict(running.work.result())))
                    return _ended(running.record, JobState.SUCCEEDED, result=result)
        except asyncio.CancelledError:
            if running.work is not None:
                running.work.cancel()
            raise
        except HyperSpotError as err:
            return _ended(running.record, JobState.FAILED, error=err.to_dict())
        except Exception:
            logger.bind(job_id=str(running.job.id), kind=running.job.kind).exception("A job ended with a bug")
            return _ended(running.record, JobState.FAILED, error=JobCrashed().to_dict())
        return await self._stopped(running, registered)

    async def _stopped(self, running: RunningJob, registered: Registered) -> JobRecord:
        if running.intent == "cancel":
            await discard(registered, running.record)
            return cancelled(running.record)
        if running.intent == "pause":
            return running.record.with_job(state=JobState.PAUSED)
        return running.record.with_job(state=JobState.QUEUED)

    async def _save_end(self, running: RunningJob, ended: JobRecord) -> None:
        """Store how it ended; a full disk delays that, it does not lose it."""
        await running.settle()
        running.record = ended
        wait_s = _RETRY_FIRST_S
        while True:
            try:
                await running.save()
            except HyperSpotError as err:
                logger.bind(job_id=str(running.job.id), code=err.code).warning("The end of a job could not be stored")
                if running.intent == "shutdown":
                    return
                await asyncio.sleep(wait_s)
                wait_s = min(wait_s * 2, _RETRY_MAX_S)
            else:
                return


def _ended(record: JobRecord, state: JobState, **changes: object) -> JobRecord:
    return record.with_job(state=state, finished_at=utc_now(), **changes)


def cancelled(record: JobRecord) -> JobRecord:
    """The record of a job whose partial work is gone."""
    return JobRecord(_ended(record, JobState.CANCELLED).job, record.ctx)


async def discard(registered: Registered, record: JobRecord) -> None:
    """Have partial work removed; a handler that cannot is a bug that must not keep the job alive."""
    try:
        await registered.handler.discard(record.job)
    except Exception:
        logger.bind(job_id=str(record.job.id), kind=record.job.kind).exception("Partial work could not be removed")
