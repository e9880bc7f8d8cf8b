"""Keeps watched folders up to date: looks at all of them once, then whenever something changes in them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from loguru import logger

from modkit.cancellation import cancel_and_wait
from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.jobs_manager.contract import JobsClient, JobState
from modules.rag.contract import CollectionNotFound
from modules.rag.domain.events import RagEvents
from modules.rag.domain.indexing.ingestion import Ingestion
from modules.rag.domain.ports import Notices, RagStore

_LONGEST_REST_S = 60.0
_REST = 3.0
"""After a look, a collection is left alone for so many times as long as the look took."""
_CHANGES = ("read", "moved", "removed", "embedded", "away")


@dataclass(frozen=True, slots=True)
class WatchTimes:
    """In seconds: until the first look, between checks for a missing folder, between looks where nobody tells."""

    after_s: float
    check_s: float
    poll_s: float


class Watcher:
    """Owns one task for each watched source, and one for each collection that has them."""

    def __init__(
        self,
        store: RagStore,
        ingestion: Ingestion,
        jobs: JobsClient,
        notices: Notices,
        events: RagEvents,
        times: WatchTimes,
    ) -> None:
        self._store = store
        self._ingestion = ingestion
        self._jobs = jobs
        self._notices = notices
        self._events = events
        self._times = times
        self._main: asyncio.Task[None] | None = None
        self._sources: dict[tuple[UUID, Path], asyncio.Task[None]] = {}
        self._collections: dict[UUID, _Attended] = {}

    def start(self) -> None:
        self._main = asyncio.create_task(self._run(), name="watch folders")

    async def stop(self) -> None:
        attended = [one.task for one in self._collections.values() if one.task is not None]
        tasks = [task for task in (self._main, *self._sources.values(), *attended) if task is not None]
        await cancel_and_wait(*tasks)
        self._sources.clear()
        self._collections.clear()

    async def _run(self) -> None:
        changes = self._events.subscribe()
        await asyncio.sleep(self._times.after_s)
        await self._follow()
        async for _, change in changes:
            if change.change not in ("files", "progress", "pace"):
                await self._follow()

    async def _follow(self) -> None:
        """Return when the sources could be followed: giving up would end all watching until the next start."""
        while True:
            try:
                await self._follow_sources()
            except HyperSpotError as error:
                logger.bind(code=error.code).warning("The watched sources could not be looked up")
            else:
                return
            await asyncio.sleep(self._times.check_s)

    async def _follow_sources(self) -> None:
        """Begin to watch what has become watched, and end what no longer is."""
        wanted = {(source.collection_id, source.path): ctx for ctx, source in await self._store.watched_sources()}
        gone = [self._sources.pop(key) for key in list(self._sources) if key not in wanted]
        await cancel_and_wait(*gone)
        for key, ctx in wanted.items():
            if key not in self._sources:
                collection_id, path = key
                attended = self._attended(ctx, collection_id)
                name = f"watch a source of {collection_id}"
                self._sources[key] = asyncio.create_task(self._watch(path, attended), name=name)
        await self._leave(key[0] for key in wanted)

    def _attended(self, ctx: SecurityContext, collection_id: UUID) -> _Attended:
        if collection_id not in self._collections:
            attended = _Attended(ctx, collection_id)
            attended.task = asyncio.create_task(self._attend(attended), name=f"attend to {collection_id}")
            self._collections[collection_id] = attended
        return self._collections[collection_id]

    async def _leave(self, still: Iterable[UUID]) -> None:
        gone = [self._collections.pop(one) for one in set(self._collections) - set(still)]
        await cancel_and_wait(*[one.task for one in gone if one.task is not None])

    async def _watch(self, path: Path, attended: _Attended) -> None:
        while True:
            # Whatever happened while nobody listened: at start, and each time that the folder comes back or goes.
            attended.changed.set()
            async with aclosing(self._notices.changes(path)) as changes:
                async for told in changes:
                    attended.changed.set()
                    if not told:
                        await self._look_regularly(path, attended)
                        break
            attended.changed.set()
            while not await asyncio.to_thread(_is_there, path):  # noqa: ASYNC110 - nobody tells of a drive's return
                await asyncio.sleep(self._times.check_s)

    async def _look_regularly(self, path: Path, attended: _Attended) -> None:
        """As long as the source is there."""
        while await asyncio.to_thread(_is_there, path):
            await asyncio.sleep(self._times.poll_s)
            attended.changed.set()

    async def _attend(self, attended: _Attended) -> None:
        while True:
            await attended.changed.wait()
            attended.changed.clear()
            started = time.monotonic()
            try:
                await self._look(attended)
            except CollectionNotFound:
                # In the trash: if it is not restored before its absence is noticed, this task is cancelled.
                continue
            except HyperSpotError as error:
                logger.bind(collection_id=str(attended.collection_id), code=error.code).warning(
                    "A watched collection could not be looked at"
                )
            await asyncio.sleep(min(_REST * (time.monotonic() - started), _LONGEST_REST_S))

    async def _look(self, attended: _Attended) -> None:
        ctx = attended.ctx
        job = await self._jobs.wait(ctx, await self._ingestion.look(ctx, attended.collection_id))
        if job.state is JobState.SUCCEEDED and not any(job.result.get(name) for name in _CHANGES):
            # Nobody asked for it and nothing came of it: the history is for what happened.
            await self._jobs.remove(ctx, job.id)


class _Attended:
    """A collection with watched sources. ``changed``: it has to be looked at."""

    def __init__(self, ctx: SecurityContext, collection_id: UUID) -> None:
        self.ctx = ctx
        self.collection_id = collection_id
        self.changed = asyncio.Event()
        self.task: asyncio.Task[None] | None = None


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except OSError:
        return False
    return True
