"""Implements the index's client on whichever plugin keeps the passages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from uuid import UUID

from modkit.security import SecurityContext
from modules.local_search_index.contract import (
    Generation,
    GenerationNotFound,
    IndexDocument,
    IndexState,
    IndexStats,
    InvalidDocument,
    NewPassage,
    Passage,
    PassageText,
    PassageVector,
    PutReport,
    SearchAnswer,
    SearchRequest,
)
from modules.local_search_index.domain.analysis import analyse, cleaned, names_of
from modules.local_search_index.domain.ports import AnalysedDocument, IndexStore
from modules.local_search_index.domain.search import search

_MAX_DIMENSIONS = 8_192
_PAGE = 1_000


class LocalSearchIndexService:
    """Implements LocalSearchIndexClient. ``store`` is asked for at every call: plugins come after this module."""

    def __init__(self, store: Callable[[], IndexStore]) -> None:
        self._store = store

    async def put(self, ctx: SecurityContext, document: IndexDocument, passages: Sequence[NewPassage]) -> PutReport:
        document = cleaned(document)
        store = self._store()
        if await store.document(ctx, document.id) == document:
            return PutReport(0, len(passages), 0)
        analysed = await asyncio.to_thread(analyse, ctx, document, passages)
        return await store.put(ctx, document, names_of(document), analysed)

    async def put_many(
        self, ctx: SecurityContext, documents: Sequence[tuple[IndexDocument, Sequence[NewPassage]]]
    ) -> list[PutReport]:
        store = self._store()
        wanted = [(cleaned(document), passages) for document, passages in documents]
        there = await store.revisions(ctx, [document.id for document, _ in wanted])
        # A document that is there may be the same one; which of them are is asked one by one, for they are few.
        same = {
            document.id
            for document, _ in wanted
            if there.get(document.id) == document.revision and await store.document(ctx, document.id) == document
        }
        changed = [(document, passages) for document, passages in wanted if document.id not in same]
        analysed = await asyncio.to_thread(_analysed, ctx, changed)
        reports = iter(await store.put_many(ctx, analysed) if analysed else [])
        return [
            PutReport(0, len(passages), 0) if document.id in same else next(reports) for document, passages in wanted
        ]

    async def update(self, ctx: SecurityContext, document: IndexDocument) -> bool:
        store, document = self._store(), cleaned(document)
        if await store.document(ctx, document.id) is None:
            return False
        passages = await self._all_passages(ctx, document.id)
        analysed = await asyncio.to_thread(analyse, ctx, document, passages)
        await store.put(ctx, document, names_of(document), analysed)
        return True

    async def _all_passages(self, ctx: SecurityContext, document_id: UUID) -> list[NewPassage]:
        found: list[NewPassage] = []
        while page := await self._store().passages(ctx, document_id, start=len(found), limit=_PAGE):
            found += [NewPassage(one.text, one.place, one.heading_path, one.kind) for one in page]
        return found

    async def revisions(self, ctx: SecurityContext, document_ids: Sequence[UUID]) -> dict[UUID, str]:
        found: dict[UUID, str] = {}
        for at in range(0, len(document_ids), _PAGE):
            found |= await self._store().revisions(ctx, document_ids[at : at + _PAGE])
        return found

    async def delete(self, ctx: SecurityContext, document_ids: Sequence[UUID]) -> int:
        store = self._store()
        return sum([await store.delete(ctx, document_ids[at : at + 100]) for at in range(0, len(document_ids), 100)])

    async def delete_collection(self, ctx: SecurityContext, collection_id: UUID) -> int:
        return await self._store().delete_collection(ctx, collection_id)

    async def erase_deleted(self, ctx: SecurityContext) -> bool:
        return await self._store().erase_deleted()

    async def passages(
        self, ctx: SecurityContext, document_id: UUID, *, start: int = 0, limit: int = 50
    ) -> list[Passage]:
        return await self._store().passages(ctx, document_id, start=max(0, start), limit=limit) if limit > 0 else []

    async def search(self, ctx: SecurityContext, request: SearchRequest) -> SearchAnswer:
        return await search(self._store(), ctx, request)

    async def begin_generation(self, ctx: SecurityContext, embedder: str, dimensions: int) -> Generation:
        if not embedder or not 1 <= dimensions <= _MAX_DIMENSIONS:
            raise InvalidDocument(f"An embedder needs a name and 1 to {_MAX_DIMENSIONS:,} dimensions.")
        return await self._store().begin_generation(ctx, embedder, dimensions)

    async def activate_generation(self, ctx: SecurityContext, generation_id: int) -> Generation:
        activated = await self._store().activate_generation(ctx, generation_id)
        if activated is None:
            raise GenerationNotFound(generation_id)
        return activated

    async def drop_generation(self, ctx: SecurityContext, generation_id: int) -> bool:
        return await self._store().drop_generation(ctx, generation_id)

    async def generations(self, ctx: SecurityContext) -> list[Generation]:
        return await self._store().generations(ctx)

    async def without_vectors(
        self, ctx: SecurityContext, generation_id: int, *, limit: int = 64, document_id: UUID | None = None
    ) -> list[PassageText]:
        return await self._store().without_vectors(ctx, generation_id, limit=limit, document_id=document_id)

    async def set_vectors(self, ctx: SecurityContext, generation_id: int, vectors: Sequence[PassageVector]) -> int:
        return await self._store().set_vectors(ctx, generation_id, vectors)

    async def stats(self, ctx: SecurityContext, collection_id: UUID | None = None) -> IndexStats:
        return await self._store().stats(ctx, collection_id)

    async def state(self, ctx: SecurityContext) -> IndexState:
        return await self._store().state(ctx)

    async def confirm_reindexing(self, ctx: SecurityContext) -> None:
        await self._store().confirm_reindexing(ctx)


def _analysed(
    ctx: SecurityContext, documents: Sequence[tuple[IndexDocument, Sequence[NewPassage]]]
) -> list[AnalysedDocument]:
    return [
        AnalysedDocument(document, names_of(document), analyse(ctx, document, passages))
        for document, passages in documents
    ]
