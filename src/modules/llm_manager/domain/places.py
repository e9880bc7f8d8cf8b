"""Where a new model file may go, so that no two writers share a name and no file of the user's is replaced."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from modkit.security import SecurityContext
from modules.jobs_manager.contract import Job, JobsClient, JobState
from modules.llm_manager.contract.models import ModelFormat
from modules.llm_manager.domain.naming import numbered
from modules.llm_manager.domain.ports import ModelFiles
from modules.llm_manager.domain.preferences import Preferences

PULL = "model-download"
_MANY = 1_000_000
"""All jobs: the history is as long as the user lets it grow, and an old failed download still has its partial file."""


class Places:
    """Names in the models folder. One object for everything that writes there: it remembers what is being written."""

    def __init__(self, jobs: JobsClient, files: ModelFiles, preferences: Preferences) -> None:
        self._jobs = jobs
        self._files = files
        self._preferences = preferences
        self._choosing = asyncio.Lock()
        self._reserved: set[str] = set()

    async def folder(self, ctx: SecurityContext) -> Path:
        return await self._preferences.models_folder(ctx)

    @asynccontextmanager
    async def reserved(self, ctx: SecurityContext, stem: str, kind: ModelFormat = "gguf") -> AsyncIterator[Path]:
        """A path for a new model file, named ``stem`` or with a number behind it; nobody else gets it during the block.

        No file has it, no download that may still run will have it, and nobody writes there now.
        """
        async with self._choosing:
            target = await self._free(ctx, stem, kind)
            self._reserved.add(_key(target))
        try:
            yield target
        finally:
            self._reserved.discard(_key(target))

    async def pulls(self, ctx: SecurityContext) -> list[Job]:
        """All downloads that did not succeed, newest first: each can be taken up again and keeps its target."""
        jobs = await self._jobs.list(ctx, limit=_MANY)
        return [job for job in jobs if job.kind == PULL and job.state is not JobState.SUCCEEDED]

    async def needed_by_another(self, ctx: SecurityContext, job: Job) -> bool:
        """Whether what lies at the job's target is also the unfinished work of another download."""
        mine = _key(target_of(job.params))
        return any(
            other.id != job.id and other.state is not JobState.CANCELLED and _key(target_of(other.params)) == mine
            for other in await self.pulls(ctx)
        )

    async def _free(self, ctx: SecurityContext, stem: str, kind: ModelFormat) -> Path:
        folder = await self.folder(ctx)
        taken = self._reserved | {_key(target_of(job.params)) for job in await self.pulls(ctx)}
        names = numbered(stem)
        while True:
            target = folder / f"{next(names)}.{kind}"
            if _key(target) not in taken and await self._files.free(target):
                return target


def target_of(params: Mapping[str, Any]) -> Path:
    """Where a download was begun: a changed setting must not orphan half a file."""
    return Path(str(params["folder"])) / str(params["file"])


def _key(path: Path) -> str:
    # Many file systems ignore case: names that differ only by it count as the same everywhere.
    return str(path).casefold()
