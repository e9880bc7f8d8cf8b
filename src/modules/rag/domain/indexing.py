"""The durable job that brings a collection up to date: look, read, embed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from modkit.security import SecurityContext
from modules.jobs_manager.contract import Job, JobHandler, JobProgress, JobRun
from modules.local_search_index.contract import IndexRebuilt, LocalSearchIndexClient
from modules.rag.contract import Collection, FileState
from modules.rag.domain.embedding import NO_EMBEDDER, Embedder
from modules.rag.domain.events import RagEvents
from modules.rag.domain.pacing import Pacing
from modules.rag.domain.ports import FileRecord, RagStore
from modules.rag.domain.readable import readable
from modules.rag.domain.reading import Reader
from modules.rag.domain.scan import Scanner

_PUT = (FileState.INDEXED, FileState.WITHOUT_VECTORS)


_MILESTONE_S = 1.0


class Milestones:
    """Tells the job now and then that it gets further: one that is interrupted often is not one that never ends."""

    def __init__(self, run: JobRun) -> None:
        self._run = run
        self._last = time.monotonic()

    async def passed(self, what: str) -> None:
        now = time.monotonic()
        if now - self._last >= _MILESTONE_S:
            self._last = now
            await self._run.checkpoint({"finished": what})


class IndexingHandler(JobHandler):
    """Runs ``index-collection``. Its checkpoint is the records: a job that starts again finds finished files done."""

    def __init__(
        self,
        store: RagStore,
        index: LocalSearchIndexClient,
        scanner: Scanner,
        reader: Reader,
        embedder: Embedder,
        pacing: Pacing,
        events: RagEvents,
        *,
        readers: int,
    ) -> None:
        self._store = store
        self._index = index
        self._scanner = scanner
        self._reader = reader
        self._embedder = embedder
        self._pacing = pacing
        self._events = events
        self._readers = readers

    async def run(self, run: JobRun) -> Mapping[str, Any]:
        collection = await self._store.collection(run.ctx, UUID(run.job.params["collection_id"]))
        if collection is None:
            return {"collection": run.job.params["collection"], "note": "The collection was removed."}
        try:
            return await self._bring_up_to_date(run, collection)
        except IndexRebuilt:
            # Its file was lost under way. An empty one is there now, and once more is enough to fill it.
            return await self._bring_up_to_date(run, collection)
        finally:
            self._events.publish(run.ctx, collection.id, "files")

    async def discard(self, job: Job) -> None:
        """What was read stays: it is true, and finished."""

    async def _bring_up_to_date(self, run: JobRun, collection: Collection) -> Mapping[str, Any]:
        await self._fill_new_index(run.ctx)
        run.report(JobProgress(note="looking for changes"))
        scan = await self._scanner.scan(run.ctx, collection)
        read = await self._read_pending(run, collection)
        embedded, note = await self._embed(run)
        return {
            "collection": collection.name,
            **asdict(scan),
            "read": read,
            "embedded": embedded,
            "note": note,
        }

    async def _fill_new_index(self, ctx: SecurityContext) -> None:
        if (await self._index.state(ctx)).needs_reindexing:
            await self._store.read_again(ctx, None, *_PUT)
            await self._index.confirm_reindexing(ctx)

    async def _read_pending(self, run: JobRun, collection: Collection) -> int:
        """Read what has to be read, several files at once; gives how many were parsed."""
        pending = await self._store.pending(run.ctx, collection.id)
        queue = iter(pending)
        parsed = done = 0
        milestones = Milestones(run)

        def waiting(why: str) -> None:
            run.report(_waiting(done, len(pending), why))

        async def read_some() -> None:
            nonlocal parsed, done
            for record in queue:
                async with self._pacing.file(run.ctx, waiting):
                    run.report(_progress(done, len(pending), record))
                    was_parsed = await self._reader.read(run.ctx, record)
                parsed, done = parsed + was_parsed, done + 1
                self._events.tell_now_and_then(run.ctx, collection.id, "progress", "files")
                await milestones.passed(str(record.id))

        await _together(read_some, min(self._readers, len(pending)))
        return parsed

    async def _embed(self, run: JobRun) -> tuple[int, str]:
        model = await self._embedder.model(run.ctx)
        if model is None:
            return 0, NO_EMBEDDER

        milestones = Milestones(run)

        async def tell(record: FileRecord, made: int) -> None:
            run.report(JobProgress(done=made, unit="passages", note=f"vectors for {_shown(record)}"))
            await milestones.passed(f"{record.id} {made}")

        return await self._embedder.embed_all(run.ctx, model, tell), ""


async def _together(work: Callable[[], Coroutine[Any, Any, None]], times: int) -> None:
    """Run the same work several times at once; the first failure ends all and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(times):
                group.create_task(work())
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None


def _progress(done: int, total: int, record: FileRecord) -> JobProgress:
    return JobProgress(done=done, total=total, unit="files", note=f"reading {_shown(record)}")


def _waiting(done: int, total: int, why: str) -> JobProgress:
    return JobProgress(done=done, total=total, unit="files", note=why)


def _shown(record: FileRecord) -> str:
    return " ".join(readable(Path(record.path).name).split())
