"""Implements the verbs of rag."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from uuid import UUID

from modkit.security import SecurityContext
from modules.jobs_manager.contract import ACTIVE_STATES, Job, JobsClient, JobState
from modules.local_search_index.contract import LocalSearchIndexClient
from modules.rag.contract import (
    INDEXING,
    AskEvent,
    Collection,
    CollectionNotFound,
    CoverageReport,
    FileState,
    Findings,
    IndexedFile,
    InvalidName,
    PathNotFound,
    Query,
    Question,
    SourceNotFound,
)
from modules.rag.domain.asking import Asking
from modules.rag.domain.documents import modified_at
from modules.rag.domain.ports import FileRecord, RagStore
from modules.rag.domain.retrieval import Retrieval

_LONGEST_NAME = 100


class RagService:
    """Implements RagClient."""

    def __init__(
        self,
        store: RagStore,
        index: LocalSearchIndexClient,
        jobs: JobsClient,
        retrieval: Retrieval,
        asking: Asking,
    ) -> None:
        self._store = store
        self._index = index
        self._jobs = jobs
        self._retrieval = retrieval
        self._asking = asking
        self._starting = asyncio.Lock()

    async def collections(self, ctx: SecurityContext) -> list[Collection]:
        return await self._store.collections(ctx)

    async def add(self, ctx: SecurityContext, collection: str, paths: Sequence[Path]) -> UUID:
        if not collection.strip() or len(collection) > _LONGEST_NAME or not collection.isprintable():
            raise InvalidName
        found = [await asyncio.to_thread(_existing, path) for path in paths]
        made = await self._store.make_collection(ctx, collection)
        await self._store.add_sources(ctx, made.id, found)
        return await self._start(ctx, made)

    async def refresh(self, ctx: SecurityContext, collection: str) -> UUID:
        return await self._start(ctx, await self._named(ctx, collection))

    async def retry(self, ctx: SecurityContext, collection: str) -> UUID:
        named = await self._named(ctx, collection)
        await self._store.read_again(ctx, named.id, FileState.UNREADABLE)
        return await self._start(ctx, named)

    async def report(self, ctx: SecurityContext, collection: str) -> CoverageReport:
        named = await self._named(ctx, collection)
        records = await self._store.files(ctx, named.id)
        return CoverageReport(
            collection=named,
            sources=tuple(await self._store.sources(ctx, named.id)),
            files=tuple(map(_shown, records)),
            counts=Counter(record.shown_state for record in records),
            passages=sum(record.passages for record in records),
        )

    async def remove(self, ctx: SecurityContext, collection: str, path: Path | None = None) -> int:
        named = await self._named(ctx, collection)
        await self._stop(ctx, named)
        records = await self._store.files(ctx, named.id)
        if path is None:
            await self._index.delete_collection(ctx, named.id)
            await self._store.delete_collection(ctx, named.id)
            return len(records)
        wanted = _plain(path)
        source = next((one for one in await self._store.sources(ctx, named.id) if one.path == wanted), None)
        if source is None:
            raise SourceNotFound(path, collection)
        forgotten = [record.id for record in records if record.source_id == source.id]
        await self._index.delete(ctx, forgotten)
        await self._store.delete_source(ctx, source.id)
        return len(forgotten)

    async def search(self, ctx: SecurityContext, query: Query) -> Findings:
        return await self._retrieval.search(ctx, query)

    def ask(self, ctx: SecurityContext, question: Question) -> AsyncGenerator[AskEvent, None]:
        return self._asking.ask(ctx, question)

    async def _named(self, ctx: SecurityContext, name: str) -> Collection:
        found = await self._store.collection(ctx, name)
        if found is None:
            raise CollectionNotFound(name)
        return found

    async def _start(self, ctx: SecurityContext, collection: Collection) -> UUID:
        """A job that will look at everything as it is now: one that runs already may have looked before."""
        async with self._starting:
            for job in await self._jobs_of(ctx, collection):
                if job.state is JobState.QUEUED:
                    return job.id
                if job.state is JobState.PAUSED:
                    return (await self._jobs.resume(ctx, job.id)).id
            job = await self._jobs.enqueue(ctx, INDEXING, f"Index {collection.name}", {"collection": collection.name})
        return job.id

    async def _stop(self, ctx: SecurityContext, collection: Collection) -> None:
        for job in await self._jobs_of(ctx, collection):
            await self._jobs.cancel(ctx, job.id)

    async def _jobs_of(self, ctx: SecurityContext, collection: Collection) -> list[Job]:
        jobs = await self._jobs.list(ctx, active_only=True)
        return [
            job
            for job in jobs
            if job.kind == INDEXING and job.params["collection"] == collection.name and job.state in ACTIVE_STATES
        ]


def _existing(path: Path) -> Path:
    """
    Raises:
        PathNotFound
    """
    plain = _plain(path)
    if not plain.exists():
        raise PathNotFound(path)
    return plain


def _plain(path: Path) -> Path:
    """The path without detours; links on the way to it are the user's own and stay."""
    return Path(os.path.normpath(path.absolute()))


def _shown(record: FileRecord) -> IndexedFile:
    state = record.shown_state
    return IndexedFile(
        id=record.id,
        source_id=record.source_id,
        path=Path(record.path),
        state=state,
        reason=_REASONS.get(state, record.reason),
        size=record.size,
        modified_at=modified_at(record),
        content_hash=record.content_hash,
        parser=record.parser,
        passages=record.passages,
    )


_REASONS = {
    FileState.QUEUED: "It waits to be read.",
    FileState.AWAY: "Its folder is not there now; what was read is kept.",
    FileState.REMOVED: "It is no longer in its folder.",
}
"""States whose reason is always the same; the others remember theirs."""
