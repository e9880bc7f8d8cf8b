"""The durable job that brings a collection up to date: look, read, embed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from modkit.security import SecurityContext
from modules.jobs_manager.contract import Job, JobHandler, JobProgress, JobRun
from modules.local_search_index.contract import IndexRebuilt, LocalSearchIndexClient
from modules.rag.contract import Collection, FileState
from modules.rag.domain.embedding import Embedder
from modules.rag.domain.events import RagEvents
from modules.rag.domain.indexing.milestones import Milestones
from modules.rag.domain.indexing.pacing import Pacing
from modules.rag.domain.indexing.pipeline import Pipeline, shown
from modules.rag.domain.indexing.scan import Scanner
from modules.rag.domain.ports import FileRecord, RagStore

_PUT = (FileState.INDEXED, FileState.WITHOUT_VECTORS)


class IndexingHandler(JobHandler):
    """Runs ``index-collection``. Its checkpoint is the records: a job that starts again finds finished files done."""

    def __init__(
        self,
        store: RagStore,
        index: LocalSearchIndexClient,
        scanner: Scanner,
        pipeline: Pipeline,
        embedder: Embedder,
        pacing: Pacing,
        events: RagEvents,
    ) -> None:
        self._store = store
        self._index = index
        self._scanner = scanner
        self._pipeline = pipeline
        self._embedder = embedder
        self._pacing = pacing
        self._events = events

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
        self._events.publish(run.ctx, collection.id, "files")
        read = await self._pipeline.read_pending(run, collection)
        embedded, note = await self._embed(run, collection)
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

    async def _embed(self, run: JobRun, collection: Collection) -> tuple[int, str]:
        milestones, made = Milestones(run), 0
        stats = await self._index.stats(run.ctx)
        waiting, begun = stats.passages - stats.vectors, time.monotonic()
        last = begun

        def report(note: str) -> None:
            rate = made / (time.monotonic() - begun) if made else None
            # Of a generation that is being built nothing is counted there.
            total = waiting if waiting >= made else None
            left_s = (total - made) / rate if rate and total is not None else None
            run.report(JobProgress(made, total, "passages", per_second=rate, seconds_left=left_s, note=note))

        async def tell(record: FileRecord | None, more: int) -> None:
            nonlocal last, made
            made += more
            report(f"vectors for {shown(record)}" if record is not None else "vectors")
            self._events.tell_now_and_then(run.ctx, collection.id, "progress", "files")
            await milestones.passed(f"{made} vectors")
            await self._pacing.batch(run.ctx, report, time.monotonic() - last)
            last = time.monotonic()

        return await self._embedder.embed_all(run.ctx, tell)
