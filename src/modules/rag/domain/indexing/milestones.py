"""Tells a job that it gets further: one that is interrupted often is not one that never ends."""

from __future__ import annotations

import time

from modules.jobs_manager.contract import JobRun

_MILESTONE_S = 1.0


class Milestones:
    """Stores a checkpoint now and then."""

    def __init__(self, run: JobRun) -> None:
        self._run = run
        self._last = time.monotonic()

    async def passed(self, what: str) -> None:
        now = time.monotonic()
        if now - self._last >= _MILESTONE_S:
            self._last = now
            await self._run.checkpoint({"finished": what})
