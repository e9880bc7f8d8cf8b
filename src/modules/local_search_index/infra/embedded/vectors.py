"""Vectors in the file: storing them, reading codes into memory, rescoring candidates."""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, bindparam, select, text
from sqlmodel import col

from modkit.db import Database, Prepared, ReadSession, Snapshot
from modkit.security import SecurityContext
from modules.local_search_index.contract import PassageVector, SearchFilter
from modules.local_search_index.domain.fusion import Scored
from modules.local_search_index.infra.embedded.filters import Shapes, conditions
from modules.local_search_index.infra.embedded.tables import CODES, PASSAGES, VECTORS, DocumentEntity, GenerationEntity

_CODES = "modules.local_search_index.infra.embedded.codes"

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from modules.local_search_index.infra.embedded.codes import CodeShelf
    from modules.local_search_index.infra.unit_vectors import Floats

_SLICE = 4_000
_RESCORED = 300
_KNOWN_FILTERS = 64
_RESCORED_PER_HIT = 4
_INSERT_CODE = "INSERT INTO lsi_codes (generation, passage, doc, code) VALUES (:generation, :passage, :doc, :code)"
_INSERT_VECTOR = (
    "INSERT INTO lsi_vectors (slot, passage_id, vector)"
    " SELECT slot, :passage_id, :vector FROM lsi_codes WHERE passage = :passage AND generation = :generation"
)


@dataclass
class _Shelf:
    """The codes of a generation. ``lock`` is held by whoever reads or changes them.

    ``stored`` counts how often the file got new ones, ``read`` up to which of these times they are here.
    """

    codes: CodeShelf
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    stored: int = 1
    read: int = 0


class Vectors:
    """Stores and ranks vectors. Codes in memory follow the file: what is new is read from it, what went is told."""

    def __init__(self, database: Database, *, memory_bytes: int) -> None:
        self._database = database
        self._memory_bytes = memory_bytes
        self._shelves: dict[int, _Shelf] = {}
        # Filter of an owner → the documents that pass it, until documents change.
        self._filtered: dict[tuple[UUID, UUID, SearchFilter], list[int]] = {}
        self._changes = 0
        self._keys = Shapes(lambda parts: Prepared(select(col(DocumentEntity.key)).where(*parts), DocumentEntity))

    @property
    def memory_bytes(self) -> int:
        """What the codes in memory take."""
        return sum(shelf.codes.memory_bytes for shelf in self._shelves.values())

    async def set(self, ctx: SecurityContext, generation: GenerationEntity, vectors: Sequence[PassageVector]) -> int:
        """Store those whose passage is there and has none yet; gives their number.

        Raises:
            WrongDimensions, InvalidVector: nothing was stored.
        """
        await _numpy_loaded()
        from modules.local_search_index.infra.embedded.codes import codes_of
        from modules.local_search_index.infra.unit_vectors import unit_vectors

        by_id = {one.passage_id: one.vector for one in vectors}
        unit = await asyncio.to_thread(unit_vectors, list(by_id.values()), generation.dimensions)
        rows = dict(zip(by_id, zip(codes_of(unit), unit.astype("<f2"), strict=True), strict=True))
        async with self._database.write(ctx) as session:
            missing = await self._without_code(session, generation, PASSAGES.c.id.in_([one.bytes for one in rows]))
            values = [
                {
                    "generation": generation.id,
                    "passage": key,
                    "passage_id": passage_id,
                    "doc": doc,
                    "code": rows[UUID(bytes=passage_id)][0].tobytes(),
                    "vector": rows[UUID(bytes=passage_id)][1].tobytes(),
                }
                for key, doc, passage_id in missing
            ]
            if values:
                await session.execute(_INSERT_CODE, values)
                await session.execute(_INSERT_VECTOR, values)
        if (shelf := self._shelves.get(_id(generation))) is not None and values:
            shelf.stored += 1
        return len(values)

    def documents_changed(self) -> None:
        """Which documents pass a filter has to be found out again."""
        self._changes += 1
        self._filtered.clear()

    async def forget(self, slots: Iterable[int]) -> None:
        """The vectors are gone from the file; their codes leave the memory."""
        gone = list(slots)
        for shelf in list(self._shelves.values()) if gone else ():
            async with shelf.lock:
                await asyncio.to_thread(shelf.codes.forget, gone)

    def forget_generation(self, generation_id: int) -> None:
        self._shelves.pop(generation_id, None)

    def clear(self) -> None:
        self.documents_changed()
        self._shelves.clear()

    async def nearest(
        self,
        ctx: SecurityContext,
        generation: GenerationEntity,
        vector: Sequence[float],
        where: SearchFilter,
        limit: int,
    ) -> list[Scored]:
        await _numpy_loaded()
        from modules.local_search_index.infra.unit_vectors import unit_vectors

        query = unit_vectors([vector], generation.dimensions)[0]
        documents = None if where.empty else await self._documents(ctx, where)
        shelf = self._shelf(generation)
        async with shelf.lock:
            await self._complete(ctx, generation, shelf)
            wanted = max(_RESCORED, _RESCORED_PER_HIT * limit)
            candidates = await asyncio.to_thread(shelf.codes.candidates, query, wanted, documents)
        return await self._rescored(ctx, generation, query, candidates, limit)

    def _shelf(self, generation: GenerationEntity) -> _Shelf:
        from modules.local_search_index.infra.embedded.codes import CodeShelf

        generation_id = _id(generation)
        # Taken out and put back: the order of the dictionary is the order of last use.
        shelf = self._shelves.pop(generation_id, None) or _Shelf(CodeShelf(generation.dimensions))
        self._shelves[generation_id] = shelf
        for other in list(self._shelves):
            if self.memory_bytes > self._memory_bytes and other != generation_id:
                del self._shelves[other]
        return shelf

    async def _complete(self, ctx: SecurityContext, generation: GenerationEntity, shelf: _Shelf) -> None:
        """Read codes that the shelf does not have yet, in slices, so that nothing else has to wait for all of them."""
        while shelf.read < shelf.stored:
            # Looked at before reading: what is stored meanwhile is read next time.
            stored, after = shelf.stored, shelf.codes.last_slot

            def slice_of(snapshot: Snapshot, after: int = after) -> Sequence[Any]:
                return snapshot.rows(CODES_AFTER, generation=generation.id, after=after)

            rows = await self._database.snapshot(ctx, slice_of)
            await asyncio.to_thread(shelf.codes.append, rows)
            if len(rows) < _SLICE:
                shelf.read = stored

    async def _documents(self, ctx: SecurityContext, where: SearchFilter) -> list[int]:
        whose = (ctx.subject_tenant_id, ctx.subject_id, where)
        if (known := self._filtered.get(whose)) is not None:
            return known
        changes, wanted = self._changes, conditions(where)
        statement = self._keys.statement(wanted)
        found = await self._database.snapshot(
            ctx, lambda snapshot: [row[0] for row in snapshot.rows(statement, **wanted.values)]
        )
        if changes == self._changes and len(self._filtered) < _KNOWN_FILTERS:
            self._filtered[whose] = found
        return found

    async def _rescored(
        self,
        ctx: SecurityContext,
        generation: GenerationEntity,
        query: Floats,
        candidates: npt.NDArray[np.int64],
        limit: int,
    ) -> list[Scored]:
        """The candidates by their full vectors; those deleted meanwhile are left out."""
        listed = "[" + ",".join(map(str, candidates.tolist())) + "]"

        def rescored(snapshot: Snapshot) -> list[Scored]:
            return _ranked(query, snapshot.rows(_CANDIDATES, slots=listed, generation=generation.id), limit)

        return await self._database.snapshot(ctx, rescored)

    async def _without_code(
        self, session: ReadSession, generation: GenerationEntity, condition: ColumnElement[bool]
    ) -> Sequence[tuple[int, int, bytes]]:
        there = select(CODES.c.slot).where(CODES.c.passage == PASSAGES.c.key, CODES.c.generation == generation.id)
        statement = (
            select(PASSAGES.c.key, PASSAGES.c.doc, PASSAGES.c.id)
            .select_from(DocumentEntity)
            .join(PASSAGES, PASSAGES.c.doc == col(DocumentEntity.key))
            .where(condition, ~there.exists())
        )
        return [tuple(row) for row in await session.rows(statement, DocumentEntity)]


CODES_AFTER = Prepared(
    select(CODES.c.slot, CODES.c.doc, CODES.c.code)
    .select_from(GenerationEntity)
    # The plus keeps SQLite from the index of generations: by that, every slice would read and sort all of them.
    .join(CODES, text("+lsi_codes.generation = lsi_generations.id"))
    .where(
        col(GenerationEntity.id) == bindparam("generation", type_=Integer),
        CODES.c.slot > bindparam("after", type_=Integer),
    )
    .order_by(CODES.c.slot)
    .limit(_SLICE),
    GenerationEntity,
)
_CANDIDATES = Prepared(
    select(VECTORS.c.passage_id, VECTORS.c.vector)
    .select_from(GenerationEntity)
    .join(VECTORS, text("lsi_vectors.slot IN (SELECT value FROM json_each(:slots))"))
    .where(col(GenerationEntity.id) == bindparam("generation", type_=Integer)),
    GenerationEntity,
)


def _ranked(query: Floats, rows: Sequence[Any], limit: int) -> list[Scored]:
    import numpy as np

    if not rows:
        return []
    vectors = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f2").reshape(len(rows), -1)
    # Half precision may put the length of a vector a little above one.
    scores = np.clip(np.einsum("ij,j->i", vectors.astype(np.float32), query), -1.0, 1.0)
    best = np.argsort(-scores, kind="stable")[:limit]
    return [Scored(UUID(bytes=rows[one][0]), float(scores[one])) for one in best.tolist()]


def _id(generation: GenerationEntity) -> int:
    assert generation.id is not None  # read from the database
    return generation.id


async def _numpy_loaded() -> None:
    """Import what needs NumPy on a thread: a tenth of a second and more that nobody should wait for."""
    if _CODES not in sys.modules:
        await asyncio.to_thread(importlib.import_module, _CODES)
