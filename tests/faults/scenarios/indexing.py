"""Documents and vectors put into the index."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db import Database, migrate, open_database_file
from modkit.security import SecurityContext
from modules.local_search_index.contract import PassageVector
from modules.local_search_index.domain.service import LocalSearchIndexService
from modules.local_search_index.infra.embedded.migrations import MIGRATIONS
from modules.local_search_index.infra.embedded.recovery import MODULE
from modules.local_search_index.infra.embedded.store import EmbeddedStore
from tests.faults.harness.scenario import KEY, Acknowledge, Fact, Scenario
from tests.modules.local_search_index.index_support import document, found, passages


@asynccontextmanager
async def index_on(place: Path) -> AsyncIterator[LocalSearchIndexService]:
    """The index of one home, as a start brings it up."""
    file = await open_database_file(place / "index.db", KEY)
    try:
        await migrate(file, MODULE, MIGRATIONS)
        store = EmbeddedStore(Database(MODULE, file), memory_bytes=2**20)
        yield LocalSearchIndexService(lambda: store)
    finally:
        await file.close()


class IndexingScenario(Scenario):
    """A document that was put is found by its words, and passages that were given a vector have it."""

    name = "indexing"
    database = "index.db"
    rebuildable = True

    async def prepare(self, place: Path) -> None:
        await self.act(place, random.Random(0), lambda _: None, 2)

    async def act(self, place: Path, chance: random.Random, acknowledge: Acknowledge, steps: int) -> None:
        ctx = SecurityContext.local_user()
        async with index_on(place) as index:
            generation = await index.begin_generation(ctx, "tested", 8)
            for _ in range(steps):
                word = f"w{chance.randrange(10**12)}"
                texts = [f"{word} stands in part {part} " * chance.choice((1, 20)) for part in range(4)]
                await index.put(ctx, document(f"{word}.md"), passages(*texts))
                acknowledge({"word": word})
                waiting = await index.without_vectors(ctx, generation.id)
                vectors = [PassageVector(one.id, [chance.uniform(-1, 1) for _ in range(8)]) for one in waiting]
                await index.set_vectors(ctx, generation.id, vectors)
                acknowledge({"vectors": [one.id.hex for one in waiting]})

    async def check(self, place: Path, facts: Sequence[Fact]) -> list[str]:
        ctx = SecurityContext.local_user()
        async with index_on(place) as index:
            generation = await index.begin_generation(ctx, "tested", 8)
            lost = [
                f"{fact['word']} is not found"
                for fact in facts
                if "word" in fact and len(await found(index, ctx, fact["word"])) != 4
            ]
            without = {one.id.hex for one in await index.without_vectors(ctx, generation.id, limit=1000)}
        given = {one for fact in facts for one in fact.get("vectors", ())}
        return [*lost, *(f"passage {one} lost its vector" for one in given & without)]

    def missing(self, connection: sqlcipher.Connection, facts: Sequence[Fact]) -> list[str]:
        names = {name for (name,) in connection.execute("SELECT file_name FROM lsi_documents WHERE passages = 4")}
        kept = {bytes(one).hex() for (one,) in connection.execute("SELECT passage_id FROM lsi_vectors")}
        connection.execute("INSERT INTO lsi_text (lsi_text, rank) VALUES ('integrity-check', 0)")
        lost = [f"{fact['word']} is lost" for fact in facts if "word" in fact and f"{fact['word']}.md" not in names]
        return [
            *lost,
            *(f"vector {one} is lost" for fact in facts for one in fact.get("vectors", ()) if one not in kept),
        ]
