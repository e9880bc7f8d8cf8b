"""Handlers that tests steer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from typing import Any, TypeVar

from modules.jobs_manager.contract import Job, JobProgress, JobRun

T = TypeVar("T")


class SteeredHandler:
    """Runs until the test lets it go; remembers what was asked of it."""

    def __init__(self) -> None:
        self.started: asyncio.Queue[JobRun] = asyncio.Queue()
        self.discarded: list[Job] = []
        self.outcomes: asyncio.Queue[Mapping[str, Any] | Exception] = asyncio.Queue()
        self.most_at_once = 0
        self.at_once = 0

    async def run(self, run: JobRun) -> Mapping[str, Any]:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.started.put_nowait(run)
        try:
            return _given(await self.outcomes.get())
        finally:
            self.at_once -= 1

    async def discard(self, job: Job) -> None:
        self.discarded.append(job)

    def finish(self, result: Mapping[str, Any]) -> None:
        self.outcomes.put_nowait(result)

    def finish_all(self, count: int) -> None:
        for _ in range(count):
            self.finish({})

    def fail(self, error: Exception) -> None:
        self.outcomes.put_nowait(error)


class ChattyHandler:
    """Reports ``reports`` times as fast as it can, then returns."""

    def __init__(self, reports: int) -> None:
        self.reports = reports

    async def run(self, run: JobRun) -> Mapping[str, Any]:
        for done in range(1, self.reports + 1):
            run.report(JobProgress(done=done, total=self.reports, unit="files"))
            await asyncio.sleep(0)
        return {}

    async def discard(self, job: Job) -> None:
        return None


def _given(outcome: Mapping[str, Any] | Exception) -> Mapping[str, Any]:
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


async def soon(fact: Awaitable[T]) -> T:
    """The result of ``fact``, or a failure when it does not come within ten seconds."""
    async with asyncio.timeout(10):
        return await fact
