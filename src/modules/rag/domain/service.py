"""Implements the verbs of rag by those who know how."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from modkit.security import SecurityContext
from modules.rag.contract import (
    AskEvent,
    Collection,
    CollectionChanged,
    CollectionOverview,
    CoverageReport,
    EvalRun,
    FilePage,
    FileQuery,
    Findings,
    IndexingPace,
    Pace,
    PageImage,
    Query,
    Question,
    QuestionSet,
    RetrievalTrace,
    Surroundings,
)
from modules.rag.domain.asking import Asking
from modules.rag.domain.collections import Collections
from modules.rag.domain.events import RagEvents
from modules.rag.domain.indexing.ingestion import Ingestion
from modules.rag.domain.indexing.pacing import Pacing
from modules.rag.domain.question_sets import QuestionSets
from modules.rag.domain.retrieval.search import Retrieval
from modules.rag.domain.viewing import Viewing


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
        viewing: Viewing,
        question_sets: QuestionSets,
    ) -> None:
        self._collections = collections
        self._ingestion = ingestion
        self._pacing = pacing
        self._events = events
        self._retrieval = retrieval
        self._asking = asking
        self._viewing = viewing
        self._question_sets = question_sets

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

    async def set_watched(self, ctx: SecurityContext, collection: str, path: Path, watched: bool) -> None:
        await self._collections.set_watched(ctx, collection, path, watched)

    async def restore(self, ctx: SecurityContext, collection_id: UUID) -> Collection:
        return await self._collections.restore(ctx, collection_id)

    async def adopt(
        self, ctx: SecurityContext, collection: Collection, sources: Mapping[Path, bool]
    ) -> Collection | None:
        return await self._collections.adopt(ctx, collection, sources)

    async def delete_for_ever(self, ctx: SecurityContext, collection_id: UUID) -> bool:
        return await self._collections.delete_for_ever(ctx, collection_id)

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

    async def inspect(self, ctx: SecurityContext, question: Question) -> RetrievalTrace:
        return await self._asking.inspect(ctx, question)

    async def surroundings(self, ctx: SecurityContext, file_id: UUID, char_start: int, char_end: int) -> Surroundings:
        return await self._viewing.surroundings(ctx, file_id, char_start, char_end)

    async def page_image(
        self, ctx: SecurityContext, file_id: UUID, page: int, *, width: int, mark: str = ""
    ) -> PageImage:
        return await self._viewing.page_image(ctx, file_id, page, width=width, mark=mark)

    async def question_sets(self, ctx: SecurityContext, collection: str) -> list[QuestionSet]:
        return await self._question_sets.all(ctx, collection)

    async def save_question_set(self, ctx: SecurityContext, question_set: QuestionSet) -> None:
        await self._question_sets.save(ctx, question_set)

    async def delete_question_set(self, ctx: SecurityContext, collection: str, name: str) -> None:
        await self._question_sets.delete(ctx, collection, name)

    async def evaluate(self, ctx: SecurityContext, collection: str, name: str) -> EvalRun:
        return await self._question_sets.evaluate(ctx, collection, name)

    async def eval_runs(self, ctx: SecurityContext, collection: str, name: str) -> list[EvalRun]:
        return await self._question_sets.runs(ctx, collection, name)
