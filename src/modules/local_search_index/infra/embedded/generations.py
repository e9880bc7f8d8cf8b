"""Generations of vectors: one embedder's each, built beside the one in use and then put in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from modkit.db import Database, ReadSession
from modkit.security import SecurityContext
from modules.local_search_index.contract import Generation, PassageText
from modules.local_search_index.infra.embedded.rows import generation_of, headings_of
from modules.local_search_index.infra.embedded.tables import CODES, PASSAGES, DocumentEntity, GenerationEntity

_SLICE = 5_000
BUILDING, ACTIVE, RETIRED = "building", "active", "retired"
# Vectors follow their codes (ON DELETE CASCADE).
_DELETE_SLICE = (
    "DELETE FROM lsi_codes WHERE slot IN (SELECT slot FROM lsi_codes WHERE generation = :generation LIMIT :slice)"
)


class Generations:
    """All queries over generations."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Generation → all passages up to this key have a vector: keys grow, so none can appear below it.
        self._complete_up_to: dict[int, int] = {}
        # Owner → the generation in use: asked for by every search, changed by very few calls.
        self._active: dict[tuple[UUID, UUID], GenerationEntity] = {}

    async def get(self, ctx: SecurityContext, generation_id: int) -> GenerationEntity | None:
        async with self._database.read(ctx) as session:
            return await _get(session, generation_id)

    async def active(self, ctx: SecurityContext) -> GenerationEntity | None:
        owner = (ctx.subject_tenant_id, ctx.subject_id)
        if owner not in self._active:
            async with self._database.read(ctx) as session:
                in_use = session.select(GenerationEntity).where(col(GenerationEntity.state) == ACTIVE)
                found = await session.first(in_use)
            if found is None:
                return None
            self._active[owner] = found
        return self._active[owner]

    async def begin(self, ctx: SecurityContext, embedder: str, dimensions: int) -> Generation:
        generation = GenerationEntity
        alive = col(generation.state) != RETIRED
        async with self._database.write(ctx) as session:
            same = (col(generation.embedder) == embedder, col(generation.dimensions) == dimensions)
            entity = await session.first(session.select(generation).where(alive, *same))
            if entity is None:
                in_use = session.select(generation).where(col(generation.state) == ACTIVE)
                entity = await session.insert(
                    GenerationEntity(
                        tenant_id=ctx.subject_tenant_id,
                        owner_id=ctx.subject_id,
                        embedder=embedder,
                        dimensions=dimensions,
                        state=BUILDING if await session.exists(in_use) else ACTIVE,
                    )
                )
            return generation_of(entity, await _count(session, entity))

    async def activate(self, ctx: SecurityContext, generation_id: int) -> Generation | None:
        """Swap in one transaction; the others are retired, for ``sweep`` to delete."""
        async with self._database.write(ctx) as session:
            entity = await _get(session, generation_id)
            if entity is None:
                return None
            others = col(GenerationEntity.id) != generation_id
            await session.update_where(GenerationEntity, {"state": RETIRED}, others)
            await session.update_where(GenerationEntity, {"state": ACTIVE}, col(GenerationEntity.id) == generation_id)
            entity.state = ACTIVE
            activated = generation_of(entity, await _count(session, entity))
        self._active.clear()
        return activated

    async def retire(self, ctx: SecurityContext, generation_id: int) -> bool:
        async with self._database.write(ctx) as session:
            alive = (col(GenerationEntity.id) == generation_id, col(GenerationEntity.state) != RETIRED)
            retired = await session.update_where(GenerationEntity, {"state": RETIRED}, *alive) > 0
        self._active.clear()
        return retired

    async def sweep(self, ctx: SecurityContext) -> list[int]:
        """Delete retired generations, in slices, so that others can write in between; gives their ids.

        After a crash the next sweep goes on where this one ended.
        """
        async with self._database.read(ctx) as session:
            retired = await session.all(session.select(GenerationEntity).where(col(GenerationEntity.state) == RETIRED))
        for entity in retired:
            while not await self._delete_slice(ctx, entity):
                pass
        return [entity.id for entity in retired if entity.id is not None]

    async def all(self, ctx: SecurityContext) -> list[Generation]:
        async with self._database.read(ctx) as session:
            alive = session.select(GenerationEntity).where(col(GenerationEntity.state) != RETIRED)
            entities = await session.all(alive.order_by(col(GenerationEntity.id)))
            return [generation_of(entity, await _count(session, entity)) for entity in entities]

    async def without_vectors(
        self, ctx: SecurityContext, generation_id: int, limit: int, document_id: UUID | None
    ) -> list[PassageText]:
        there = select(CODES.c.slot).where(CODES.c.passage == PASSAGES.c.key, CODES.c.generation == generation_id)
        statement = (
            select(PASSAGES.c.key, PASSAGES.c.id, col(DocumentEntity.id), PASSAGES.c.text, PASSAGES.c.headings)
            .select_from(PASSAGES)
            .join(DocumentEntity, col(DocumentEntity.key) == PASSAGES.c.doc)
            .where(~there.exists())
            .order_by(PASSAGES.c.key)
            .limit(limit)
        )
        if document_id is not None:
            statement = statement.where(col(DocumentEntity.id) == document_id)
        else:
            statement = statement.where(PASSAGES.c.key > self._complete_up_to.get(generation_id, 0))
        async with self._database.read(ctx) as session:
            rows: Sequence[Any] = await session.rows(statement, DocumentEntity)
        if rows and document_id is None:
            self._complete_up_to[generation_id] = rows[0][0] - 1
        return [PassageText(UUID(bytes=row[1]), row[2], row[3], headings_of(row[4])) for row in rows]

    def clear(self) -> None:
        """Forget what was learnt about the file: another one took its place."""
        self._complete_up_to.clear()
        self._active.clear()

    async def _delete_slice(self, ctx: SecurityContext, entity: GenerationEntity) -> bool:
        """Whether it was the last one."""
        async with self._database.write(ctx) as session:
            await session.execute(_DELETE_SLICE, {"generation": entity.id, "slice": _SLICE})
            if await _count(session, entity) > 0:
                return False
            await session.delete_where(GenerationEntity, col(GenerationEntity.id) == entity.id)
        return True


async def _get(session: ReadSession, generation_id: int) -> GenerationEntity | None:
    mine = (col(GenerationEntity.id) == generation_id, col(GenerationEntity.state) != RETIRED)
    return await session.first(session.select(GenerationEntity).where(*mine))


async def _count(session: ReadSession, entity: GenerationEntity) -> int:
    statement = (
        select(func.count())
        .select_from(GenerationEntity)
        .join(CODES, CODES.c.generation == col(GenerationEntity.id))
        .where(col(GenerationEntity.id) == entity.id)
    )
    return int((await session.rows(statement, GenerationEntity))[0][0])
