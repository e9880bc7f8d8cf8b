"""The built-in plugin: one encrypted file that can be made again from the user's documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from modkit.db import Database
from modkit.security import SecurityContext
from modules.local_search_index.contract import (
    Generation,
    GenerationNotFound,
    IndexDocument,
    IndexState,
    IndexStats,
    Passage,
    PassageText,
    PassageVector,
    PutReport,
    SearchFilter,
)
from modules.local_search_index.domain.fusion import Scored
from modules.local_search_index.domain.ports import AnalysedDocument, AnalysedPassage
from modules.local_search_index.domain.query import Match, Query
from modules.local_search_index.infra.embedded.documents import Documents
from modules.local_search_index.infra.embedded.generations import Generations
from modules.local_search_index.infra.embedded.keyword import Keyword
from modules.local_search_index.infra.embedded.recovery import Recovery
from modules.local_search_index.infra.embedded.tables import CODES, ConfirmationEntity, DocumentEntity
from modules.local_search_index.infra.embedded.vectors import Vectors

_EMPTY = "The search index is empty: it is new, or was deleted or damaged. The documents have to be read again."


class EmbeddedStore:
    """Implements IndexStore. A damaged or deleted file is replaced by an empty one; that call raises IndexRebuilt."""

    def __init__(self, database: Database, *, memory_bytes: int) -> None:
        self._database = database
        self._documents = Documents(database)
        self._keyword = Keyword(database)
        self._vectors = Vectors(database, memory_bytes=memory_bytes)
        self._generations = Generations(database)
        self._guarded = Recovery(database.file, self._start_over).guarded

    async def document(self, ctx: SecurityContext, document_id: UUID) -> IndexDocument | None:
        async with self._guarded():
            return await self._documents.document(ctx, document_id)

    async def revisions(self, ctx: SecurityContext, document_ids: Sequence[UUID]) -> dict[UUID, str]:
        async with self._guarded():
            return await self._documents.revisions(ctx, document_ids)

    async def put(
        self, ctx: SecurityContext, document: IndexDocument, names: str, passages: Sequence[AnalysedPassage]
    ) -> PutReport:
        return (await self.put_many(ctx, [AnalysedDocument(document, names, passages)]))[0]

    async def put_many(self, ctx: SecurityContext, documents: Sequence[AnalysedDocument]) -> list[PutReport]:
        async with self._guarded():
            try:
                reports, gone = await self._documents.put_many(ctx, documents)
            finally:
                self._vectors.documents_changed()
            await self._vectors.forget(gone)
            return reports

    async def delete(self, ctx: SecurityContext, document_ids: Sequence[UUID]) -> int:
        return await self._delete(ctx, col(DocumentEntity.id).in_(document_ids))

    async def delete_collection(self, ctx: SecurityContext, collection_id: UUID) -> int:
        return await self._delete(ctx, col(DocumentEntity.collection_id) == collection_id, erase=True)

    async def erase_deleted(self) -> bool:
        return await self._database.erase_deleted()

    async def finish_erasing(self) -> None:
        """What a run before this one deleted and could not erase any more."""
        if self._database.file.erasing_unfinished:
            await self._database.erase_deleted()

    async def _delete(self, ctx: SecurityContext, condition: object, *, erase: bool = False) -> int:
        async with self._guarded():
            try:
                count, gone = await self._documents.delete(ctx, condition, erase=erase)
            finally:
                self._vectors.documents_changed()
            await self._vectors.forget(gone)
            return count

    async def passages(self, ctx: SecurityContext, document_id: UUID, *, start: int, limit: int) -> list[Passage]:
        async with self._guarded():
            return await self._documents.passages(ctx, document_id, start=start, limit=limit)

    async def passages_by_id(self, ctx: SecurityContext, passage_ids: Sequence[UUID]) -> dict[UUID, Passage]:
        async with self._guarded():
            return await self._documents.passages_by_id(ctx, passage_ids)

    async def keyword(
        self, ctx: SecurityContext, query: Query, match: Match, where: SearchFilter, limit: int
    ) -> list[Scored]:
        async with self._guarded():
            return await self._keyword.search(ctx, query, match, where, limit)

    async def nearest(
        self, ctx: SecurityContext, vector: Sequence[float], where: SearchFilter, limit: int
    ) -> list[Scored]:
        async with self._guarded():
            generation = await self._generations.active(ctx)
            if generation is None:
                return []
            return await self._vectors.nearest(ctx, generation, vector, where, limit)

    async def begin_generation(self, ctx: SecurityContext, embedder: str, dimensions: int) -> Generation:
        async with self._guarded():
            return await self._generations.begin(ctx, embedder, dimensions)

    async def activate_generation(self, ctx: SecurityContext, generation_id: int) -> Generation | None:
        async with self._guarded():
            activated = await self._generations.activate(ctx, generation_id)
            await self._sweep(ctx)
            return activated

    async def drop_generation(self, ctx: SecurityContext, generation_id: int) -> bool:
        async with self._guarded():
            dropped = await self._generations.retire(ctx, generation_id)
            await self._sweep(ctx)
            return dropped

    async def _sweep(self, ctx: SecurityContext) -> None:
        for generation_id in await self._generations.sweep(ctx):
            self._vectors.forget_generation(generation_id)

    async def generations(self, ctx: SecurityContext) -> list[Generation]:
        async with self._guarded():
            return await self._generations.all(ctx)

    async def without_vectors(
        self, ctx: SecurityContext, generation_id: int, *, limit: int, document_id: UUID | None
    ) -> list[PassageText]:
        async with self._guarded():
            return await self._generations.without_vectors(ctx, generation_id, limit, document_id)

    async def set_vectors(self, ctx: SecurityContext, generation_id: int, vectors: Sequence[PassageVector]) -> int:
        async with self._guarded():
            generation = await self._generations.get(ctx, generation_id)
            if generation is None:
                raise GenerationNotFound(generation_id)
            return await self._vectors.set(ctx, generation, vectors)

    async def stats(self, ctx: SecurityContext, collection_id: UUID | None) -> IndexStats:
        async with self._guarded():
            generation = await self._generations.active(ctx)
            document = DocumentEntity
            where = [] if collection_id is None else [col(document.collection_id) == collection_id]
            totals = select(
                func.count(col(document.key)),
                func.coalesce(func.sum(col(document.passages)), 0),
                func.coalesce(func.sum(col(document.characters)), 0),
            ).where(*where)
            coded = (
                select(func.count())
                .select_from(document)
                .join(CODES, CODES.c.doc == col(document.key))
                .where(CODES.c.generation == (generation.id if generation else 0), *where)
            )
            async with self._database.read(ctx) as session:
                documents, passages, characters = (await session.rows(totals, document))[0]
                vectors = (await session.rows(coded, document))[0][0]
        file_bytes = _size_bytes(self._database.path)
        return IndexStats(documents, passages, characters, vectors, file_bytes, self._vectors.memory_bytes)

    async def state(self, ctx: SecurityContext) -> IndexState:
        async with self._guarded(), self._database.read(ctx) as session:
            confirmed = await session.exists(session.select(ConfirmationEntity))
        return IndexState(False) if confirmed else IndexState(True, _EMPTY)

    async def confirm_reindexing(self, ctx: SecurityContext) -> None:
        async with self._guarded(), self._database.write(ctx) as session:
            if not await session.exists(session.select(ConfirmationEntity)):
                await session.insert(ConfirmationEntity(tenant_id=ctx.subject_tenant_id, owner_id=ctx.subject_id))

    async def close(self) -> None:
        self._vectors.clear()

    def _start_over(self) -> None:
        self._vectors.clear()
        self._generations.clear()


def _size_bytes(path: Path) -> int:
    log = path.with_name(path.name + "-wal")
    return sum(part.stat().st_size for part in (path, log) if part.exists())
