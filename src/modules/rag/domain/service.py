"""Implements the verbs of rag by those who know how."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from pathlib import Path
from uuid import UUID

from modkit.security import SecurityContext
from modules.rag.contract import (
    AskEvent,
    Collection,
    CollectionChanged,
    CollectionOverview,
    CoverageReport,
    FilePage,
    FileQuery,
    Findings,
    IndexingPace,
    Pace,
    Query,
    Question,
)
from modules.rag.domain.asking import Asking
from modules.rag.domain.collections import Collections
from modules.rag.domain.events import RagEvents
from modules.rag.domain.ingestion import Ingestion
from modules.rag.domain.pacing import Pacing
from modules.rag.domain.retrieval import Retrieval


class RagService:
    """Implements RagClient."""

    def __init__(
        self,
        collections: Collections,
        ingestion: Ingestion,
        pacing: Pacing,
        events: RagEvents,
        retrieval: Retrieval,
        asking: Asking,
    ) -> None:
        self._collections = collections
        self._ingestion = ingestion
        self._pacing = pacing
        self._events = events
        self._retrieval = retrieval
        self._asking = asking

    async def collections(self, ctx: SecurityContext) -> list[Collection]:
        return await self._collections.all(ctx)

    async def overview(self, ctx: SecurityContext, *, trashed: bool = False) -> list[CollectionOverview]:
        return await self._collections.overview(ctx, trashed=trashed)

    async def files(self, ctx: SecurityContext, collection: str, query: FileQuery) -> FilePage:
        return await self._collections.files(ctx, collection, query)

    async def report(self, ctx: SecurityContext, collection: str) -> CoverageReport:
        return await self._collections.report(ctx, collection)

    async def rename(self, ctx: SecurityContext, collection: str, name: str) -> Collection:
        return await self._collections.rename(ctx, collection, name)

    async def remove(self, ctx: SecurityContext, collection: str, path: Path | None = None) -> int:
        return await self._collections.remove(ctx, collection, path)

    async def restore(self, ctx: SecurityContext, collection_id: UUID) -> Collection:
        return await self._collections.restore(ctx, collection_id)

    async def delete_for_ever(self, ctx: SecurityContext, collection_id: UUID) -> None:
        await self._collections.delete_for_ever(ctx, collection_id)

    async def add(self, ctx: SecurityContext, collection: str, paths: Sequence[Path], *, watch: bool = False) -> UUID:
        return await self._ingestion.add(ctx, collection, paths, watch=watch)

    async def refresh(self, ctx: SecurityContext, collection: str) -> UUID:
        return await self._ingestion.refresh(ctx, collection)

    async def retry(self, ctx: SecurityContext, collection: str, file_ids: Sequence[UUID] = ()) -> UUID:
        return await self._ingestion.retry(ctx, collection, file_ids)

    async def rebuild(self, ctx: SecurityContext, collection: str) -> UUID:
        return await self._ingestion.rebuild(ctx, collection)

    async def pace(self, ctx: SecurityContext) -> IndexingPace:
        return await self._pacing.pace(ctx)

    async def set_pace(
        self, ctx: SecurityContext, *, pace: Pace | None = None, paused: bool | None = None
    ) -> IndexingPace:
        return await self._pacing.set_pace(ctx, pace=pace, paused=paused)

    def watch(self, ctx: SecurityContext) -> AsyncIterator[CollectionChanged]:
        return self._events.watch(ctx)

    async def search(self, ctx: SecurityContext, query: Query) -> Findings:
        return await self._retrieval.search(ctx, query)

    def ask(self, ctx: SecurityContext, question: Question) -> AsyncGenerator[AskEvent, None]:
        return self._asking.ask(ctx, question)
