"""Generations of vectors on a server: a collection each, listed among the marks."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from qdrant_client import models

from modkit.db import utc_now
from modkit.security import SecurityContext
from modules.local_search_index.contract import (
    Generation,
    GenerationNotFound,
    PassageText,
    PassageVector,
    SearchFilter,
)
from modules.local_search_index.domain.fusion import Scored
from modules.local_search_index.infra.qdrant.collections import Collections
from modules.local_search_index.infra.qdrant.conditions import field, of_owner, of_search
from modules.local_search_index.infra.qdrant.payloads import belongs_to, generation_of, owner_fields, point_id

_GENERATION = "generation"
_FILTER_FIELDS = ("document_id", "collection_id", "file_name", "path", "type", "language", "modified_at")


class Generations:
    """All that has to do with vectors."""

    def __init__(self, collections: Collections) -> None:
        self._collections = collections
        self._client = collections.client
        self._beginning = asyncio.Lock()

    async def marks(self, ctx: SecurityContext) -> list[dict[str, Any]]:
        """The payloads of the user's generations, oldest first."""
        found = await self._collections.all(self._collections.marks, of_owner(ctx, field("kind", _GENERATION)))
        return sorted((one.payload or {} for one in found), key=lambda mark: str(mark["created_at"]))

    async def all(self, ctx: SecurityContext) -> list[Generation]:
        return [generation_of(mark, await self._count(mark)) for mark in await self.marks(ctx)]

    async def active(self, ctx: SecurityContext) -> dict[str, Any] | None:
        return next((mark for mark in await self.marks(ctx) if mark["active"]), None)

    async def begin(self, ctx: SecurityContext, embedder: str, dimensions: int) -> Generation:
        async with self._beginning:
            marks = await self.marks(ctx)
            same = [one for one in marks if (one["embedder"], one["dimensions"]) == (embedder, dimensions)]
            mark = same[0] if same else self._new(ctx, embedder, dimensions, active=not any(m["active"] for m in marks))
            await self._collections.make_vectors(mark["id"], dimensions)
            await self._store(ctx, mark)
            return generation_of(mark, await self._count(mark))

    async def activate(self, ctx: SecurityContext, generation_id: int) -> Generation | None:
        marks = {mark["id"]: mark for mark in await self.marks(ctx)}
        mark = marks.pop(generation_id, None)
        if mark is None:
            return None
        # First the new one: after a crash in between there are two, and the older one is dropped the next time.
        mark["active"] = True
        await self._store(ctx, mark)
        for other in marks:
            await self.drop(ctx, other)
        return generation_of(mark, await self._count(mark))

    async def drop(self, ctx: SecurityContext, generation_id: int) -> bool:
        if not any(mark["id"] == generation_id for mark in await self.marks(ctx)):
            return False
        await self._collections.drop_vectors(generation_id)
        gone = of_owner(ctx, field("kind", _GENERATION), field("id", generation_id))
        await self._client.delete(self._collections.marks, models.FilterSelector(filter=gone))
        return True

    async def without_vectors(
        self, ctx: SecurityContext, generation_id: int, limit: int, document_id: UUID | None
    ) -> list[PassageText]:
        conditions = [] if document_id is None else [field("document_id", str(document_id))]
        missing = of_owner(ctx, *conditions, without=(field(_has_vector(generation_id), True),))
        fields = ["document_id", "text", "heading_path"]
        found, _ = await self._client.scroll(self._collections.passages, missing, limit=limit, with_payload=fields)
        return [
            PassageText(
                UUID(str(one.id)), UUID(payload["document_id"]), payload["text"], tuple(payload["heading_path"])
            )
            for one in found
            if (payload := one.payload) is not None
        ]

    async def set_vectors(self, ctx: SecurityContext, generation_id: int, vectors: Sequence[PassageVector]) -> int:
        from modules.local_search_index.infra.unit_vectors import unit_vectors

        mark = next((one for one in await self.marks(ctx) if one["id"] == generation_id), None)
        if mark is None:
            raise GenerationNotFound(generation_id)
        by_id = {str(one.passage_id): one.vector for one in vectors}
        unit = await asyncio.to_thread(unit_vectors, list(by_id.values()), mark["dimensions"])
        rows = dict(zip(by_id, unit.tolist(), strict=True))
        fields = [*owner_fields(ctx), *_FILTER_FIELDS, _has_vector(generation_id)]
        stored = await self._client.retrieve(self._collections.passages, list(rows), with_payload=fields)
        missing = {str(one.id): one.payload or {} for one in stored if belongs_to(ctx, one.payload)}
        missing = {
            one: payload for one, payload in missing.items() if not payload.pop(_has_vector(generation_id), False)
        }
        if missing:
            points = [models.PointStruct(id=one, vector=rows[one], payload=payload) for one, payload in missing.items()]
            await self._client.upsert(self._collections.vectors(generation_id), points)
            # Said after they are there: a crash in between stores them once more, over themselves.
            await self._client.set_payload(
                self._collections.passages, {_has_vector(generation_id): True}, points=list(missing)
            )
        return len(missing)

    async def nearest(
        self, ctx: SecurityContext, vector: Sequence[float], where: SearchFilter, limit: int
    ) -> list[Scored]:
        from modules.local_search_index.infra.unit_vectors import unit_vectors

        mark = await self.active(ctx)
        if mark is None:
            return []
        found = await self._client.query_points(
            self._collections.vectors(mark["id"]),
            query=unit_vectors([vector], mark["dimensions"])[0].tolist(),
            query_filter=of_owner(ctx, *of_search(where)),
            limit=limit,
            with_payload=False,
        )
        return [Scored(UUID(str(one.id)), max(-1.0, min(1.0, one.score))) for one in found.points]

    def _new(self, ctx: SecurityContext, embedder: str, dimensions: int, *, active: bool) -> dict[str, Any]:
        return {
            **owner_fields(ctx),
            "kind": _GENERATION,
            "id": secrets.randbits(48),
            "embedder": embedder,
            "dimensions": dimensions,
            "active": active,
            "created_at": utc_now().isoformat(),
        }

    async def _store(self, ctx: SecurityContext, mark: dict[str, Any]) -> None:
        place = point_id(ctx, _GENERATION, mark["id"])
        await self._client.upsert(self._collections.marks, [models.PointStruct(id=place, vector={}, payload=mark)])

    async def _count(self, mark: dict[str, Any]) -> int:
        return (await self._client.count(self._collections.vectors(mark["id"]))).count


def _has_vector(generation_id: int) -> str:
    """The field of a passage that says that it has a vector in the generation."""
    return f"in_{generation_id}"
