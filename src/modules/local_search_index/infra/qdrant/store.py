"""The Qdrant plugin.

A server knows no transactions, so the steps of a change are ordered: one that was cut off is healed by repeating it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from qdrant_client import AsyncQdrantClient, models

from modkit.security import SecurityContext
from modules.local_search_index.contract import (
    Generation,
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
from modules.local_search_index.infra.qdrant import conditions, words
from modules.local_search_index.infra.qdrant.collections import WORDS, Collections
from modules.local_search_index.infra.qdrant.conditions import field, of_owner, of_search
from modules.local_search_index.infra.qdrant.generations import Generations
from modules.local_search_index.infra.qdrant.payloads import (
    BODY_FIELDS,
    belongs_to,
    document_of,
    document_payload,
    filter_payload,
    moving_payload,
    owner_fields,
    passage_of,
    passage_payload,
    point_id,
)

_EMPTY = "The search server holds nothing of yours. The documents have to be read again."
_CONFIRMATION = "confirmation"
_BATCH = 128
_LOOKED_AT_PER_HIT = 4


class QdrantStore:
    """Implements IndexStore on a server, or in memory for tests (``indexed=False``)."""

    def __init__(self, client: AsyncQdrantClient, prefix: str, *, indexed: bool = True) -> None:
        self._client = client
        self._collections = Collections(client, prefix, indexed=indexed)
        self._generations = Generations(self._collections)
        self._ready = self._collections.ready

    async def document(self, ctx: SecurityContext, document_id: UUID) -> IndexDocument | None:
        async with self._ready():
            return (await self._documents(ctx, [document_id])).get(document_id)

    async def revisions(self, ctx: SecurityContext, document_ids: Sequence[UUID]) -> dict[UUID, str]:
        async with self._ready():
            return {one: found.revision for one, found in (await self._documents(ctx, document_ids)).items()}

    async def _documents(self, ctx: SecurityContext, document_ids: Sequence[UUID]) -> dict[UUID, IndexDocument]:
        places = [_document_point(ctx, one) for one in document_ids]
        found = await self._client.retrieve(self._collections.documents, places)
        documents = [document_of(one.payload) for one in found if one.payload and belongs_to(ctx, one.payload)]
        return {document.id: document for document in documents}

    async def put_many(self, ctx: SecurityContext, documents: Sequence[AnalysedDocument]) -> list[PutReport]:
        return [await self.put(ctx, one.document, one.names, one.passages) for one in documents]

    async def put(
        self, ctx: SecurityContext, document: IndexDocument, names: str, passages: Sequence[AnalysedPassage]
    ) -> PutReport:
        async with self._ready():
            mine = of_owner(ctx, field("document_id", str(document.id)))
            before = {UUID(str(one.id)) for one in await self._collections.all(self._collections.passages, mine, False)}
            added = [one for one in passages if one.id not in before]
            kept = [one for one in passages if one.id in before]
            gone = before - {one.id for one in passages}
            for at in range(0, len(added), _BATCH):
                points = [_passage_point(ctx, document, names, one) for one in added[at : at + _BATCH]]
                await self._client.upsert(self._collections.passages, points)
            for one in kept:
                await self._client.set_payload(
                    self._collections.passages, moving_payload(document, names, one), points=[str(one.id)]
                )
            for name in await self._vector_collections(ctx) if kept else ():
                await self._client.set_payload(name, filter_payload(document), points=mine)
            await self._forget(ctx, models.HasIdCondition(has_id=[str(one) for one in gone])) if gone else None
            # The document last: while it is missing or old, the same put is done again.
            characters = sum(len(one.passage.text) for one in passages)
            payload = document_payload(ctx, document, len(passages), characters)
            point = models.PointStruct(id=_document_point(ctx, document.id), vector={}, payload=payload)
            await self._client.upsert(self._collections.documents, [point])
            return PutReport(len(added), len(kept), len(gone))

    async def delete(self, ctx: SecurityContext, document_ids: Sequence[UUID]) -> int:
        listed = models.MatchAny(any=[str(one) for one in document_ids])
        return await self._delete(ctx, models.FieldCondition(key="document_id", match=listed))

    async def erase_deleted(self) -> bool:
        """A server keeps its own files: what it still has on its disk is not ours to say."""
        return True

    async def delete_collection(self, ctx: SecurityContext, collection_id: UUID) -> int:
        return await self._delete(ctx, field("collection_id", str(collection_id)))

    async def _delete(self, ctx: SecurityContext, condition: models.FieldCondition) -> int:
        async with self._ready():
            where = of_owner(ctx, condition)
            count = (await self._client.count(self._collections.documents, where)).count
            await self._forget(ctx, condition)
            await self._client.delete(self._collections.documents, models.FilterSelector(filter=where))
            return count

    async def _forget(self, ctx: SecurityContext, condition: conditions.Condition) -> None:
        gone = models.FilterSelector(filter=of_owner(ctx, condition))
        for name in (*await self._vector_collections(ctx), self._collections.passages):
            await self._client.delete(name, gone)

    async def _vector_collections(self, ctx: SecurityContext) -> list[str]:
        return [self._collections.vectors(mark["id"]) for mark in await self._generations.marks(ctx)]

    async def passages(self, ctx: SecurityContext, document_id: UUID, *, start: int, limit: int) -> list[Passage]:
        ordinals = models.FieldCondition(key="ordinal", range=models.Range(gte=start, lt=start + limit))
        where = of_owner(ctx, field("document_id", str(document_id)), ordinals)
        async with self._ready():
            found = await self._collections.all(self._collections.passages, where)
            return sorted(await self._passages(ctx, found), key=lambda passage: passage.ordinal)

    async def passages_by_id(self, ctx: SecurityContext, passage_ids: Sequence[UUID]) -> dict[UUID, Passage]:
        async with self._ready():
            found = await self._client.retrieve(self._collections.passages, [str(one) for one in passage_ids])
            return {passage.id: passage for passage in await self._passages(ctx, found)}

    async def _passages(self, ctx: SecurityContext, records: Sequence[models.Record]) -> list[Passage]:
        mine = [(UUID(str(one.id)), one.payload) for one in records if one.payload and belongs_to(ctx, one.payload)]
        wanted = {UUID(payload["document_id"]) for _, payload in mine}
        documents = await self._documents(ctx, list(wanted))
        # A passage whose document is not there yet belongs to a put that was cut off.
        return [
            passage_of(passage_id, payload, document)
            for passage_id, payload in mine
            if (document := documents.get(UUID(payload["document_id"]))) is not None
        ]

    async def keyword(
        self, ctx: SecurityContext, query: Query, match: Match, where: SearchFilter, limit: int
    ) -> list[Scored]:
        if match is Match.BEGINNINGS:
            query = query.loosened()
        candidates = of_owner(ctx, *of_search(where), *conditions.of_query(query, match))
        async with self._ready():
            ranked = await self._client.query_points(
                self._collections.passages,
                query=words.of_query(query),
                using=WORDS,
                query_filter=candidates,
                limit=limit * _LOOKED_AT_PER_HIT,
                with_payload=list(BODY_FIELDS),
            )
            rows: list[tuple[Any, float, Any]] = [(one.id, one.score, one.payload) for one in ranked.points]
            if len(rows) < limit and any(clause.prefix for clause in query.clauses):
                rows += await self._unranked(candidates, limit, {one[0] for one in rows})
        found = [Scored(UUID(str(one)), score) for one, score, payload in rows if words.has(payload, query, match)]
        return found[:limit]

    async def _unranked(self, candidates: models.Filter, limit: int, known: set[Any]) -> list[tuple[Any, float, Any]]:
        """Passages with a word that goes on: no whole word in common, so the ranking does not know them."""
        found, _ = await self._client.scroll(
            self._collections.passages, candidates, limit=limit, with_payload=list(BODY_FIELDS)
        )
        return [(one.id, 0.0, one.payload) for one in found if one.id not in known]

    async def nearest(
        self, ctx: SecurityContext, vector: Sequence[float], where: SearchFilter, limit: int
    ) -> list[Scored]:
        async with self._ready():
            return await self._generations.nearest(ctx, vector, where, limit)

    async def begin_generation(self, ctx: SecurityContext, embedder: str, dimensions: int) -> Generation:
        async with self._ready():
            return await self._generations.begin(ctx, embedder, dimensions)

    async def activate_generation(self, ctx: SecurityContext, generation_id: int) -> Generation | None:
        async with self._ready():
            return await self._generations.activate(ctx, generation_id)

    async def drop_generation(self, ctx: SecurityContext, generation_id: int) -> bool:
        async with self._ready():
            return await self._generations.drop(ctx, generation_id)

    async def generations(self, ctx: SecurityContext) -> list[Generation]:
        async with self._ready():
            return await self._generations.all(ctx)

    async def without_vectors(
        self, ctx: SecurityContext, generation_id: int, *, limit: int, document_id: UUID | None
    ) -> list[PassageText]:
        async with self._ready():
            return await self._generations.without_vectors(ctx, generation_id, limit, document_id)

    async def set_vectors(self, ctx: SecurityContext, generation_id: int, vectors: Sequence[PassageVector]) -> int:
        async with self._ready():
            return await self._generations.set_vectors(ctx, generation_id, vectors)

    async def stats(self, ctx: SecurityContext, collection_id: UUID | None) -> IndexStats:
        where = of_owner(ctx, *([] if collection_id is None else [field("collection_id", str(collection_id))]))
        async with self._ready():
            fields = ["passages", "characters"]
            documents = [
                one.payload or {} for one in await self._collections.all(self._collections.documents, where, fields)
            ]
            mark = await self._generations.active(ctx)
            vectors = 0
            if mark is not None:
                vectors = (await self._client.count(self._collections.vectors(mark["id"]), where)).count
        passages, characters = (sum(one[name] for one in documents) for name in fields)
        return IndexStats(len(documents), passages, characters, vectors, file_bytes=0, memory_bytes=0)

    async def state(self, ctx: SecurityContext) -> IndexState:
        async with self._ready():
            found = await self._client.retrieve(self._collections.marks, [point_id(ctx, _CONFIRMATION)])
        return IndexState(False) if found else IndexState(True, _EMPTY)

    async def confirm_reindexing(self, ctx: SecurityContext) -> None:
        payload = {**owner_fields(ctx), "kind": _CONFIRMATION}
        async with self._ready():
            point = models.PointStruct(id=point_id(ctx, _CONFIRMATION), vector={}, payload=payload)
            await self._client.upsert(self._collections.marks, [point])

    async def close(self) -> None:
        await self._client.close()


def _document_point(ctx: SecurityContext, document_id: UUID) -> str:
    return point_id(ctx, "document", document_id)


def _passage_point(
    ctx: SecurityContext, document: IndexDocument, names: str, analysed: AnalysedPassage
) -> models.PointStruct:
    sparse = words.of_passage(analysed.body, analysed.headings, analysed.wholes)
    payload = passage_payload(ctx, document, names, analysed)
    return models.PointStruct(id=str(analysed.id), vector={WORDS: sparse}, payload=payload)
