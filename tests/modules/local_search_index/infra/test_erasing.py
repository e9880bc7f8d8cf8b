"""A collection deleted for ever leaves neither words nor vectors in the index's file."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from modkit.db import Database, DatabaseFile, migrate, open_database_file
from modkit.keys import DataKey
from modkit.security import SecurityContext
from modules.local_search_index.contract import LocalSearchIndexClient
from modules.local_search_index.infra.embedded.migrations import MIGRATIONS
from modules.local_search_index.infra.embedded.recovery import MODULE
from modules.local_search_index.infra.embedded.store import EmbeddedStore
from tests.modules.local_search_index.index_support import document, embed, found, near, put
from tests.support.raw_search import files_with

SECRET = "quicksilver"


async def _vectors(file: DatabaseFile) -> list[bytes]:
    async with file.reading() as connection:
        rows = await connection.exec_driver_sql("SELECT vector FROM lsi_vectors ORDER BY slot")
        return [bytes(row[0]) for row in rows.all()]


async def test_words_names_and_vectors_are_gone(
    embedded: LocalSearchIndexClient, index_file: DatabaseFile, ctx: SecurityContext, home: Path, key: DataKey
) -> None:
    other = document("kept.md").collection_id
    gone = type(other)(int=other.int + 1)
    for number in range(8):
        await put(embedded, ctx, f"{SECRET} {number}.md", f"{SECRET} number {number}", collection_id=gone)
    generation = await embedded.begin_generation(ctx, "tiny", 64)
    await embedded.activate_generation(ctx, generation.id)
    vectors: dict[str, Sequence[float]] = {
        f"{SECRET} number {number}": [0.5 + number / 64] * 63 + [1.0] for number in range(8)
    }
    await embed(embedded, ctx, generation.id, vectors)
    secret_vectors = await _vectors(index_file)
    await put(embedded, ctx, "kept.md", "an apple")
    await embed(embedded, ctx, generation.id, {"an apple": [1.0] + [0.0] * 63})
    assert files_with(secret_vectors[3], home, key)
    await embedded.delete_collection(ctx, gone)
    assert files_with(SECRET, home, key), "or the search below proves nothing"

    assert await embedded.erase_deleted(ctx)

    assert files_with(SECRET, home, key) == []
    assert [files_with(vector, home, key) for vector in secret_vectors] == [[]] * 8
    assert await found(embedded, ctx, "apple") == ["an [apple]"]
    assert await near(embedded, ctx, [1.0] + [0.0] * 63) == ["an apple"]


async def test_a_start_finishes_what_a_kill_left(
    embedded: LocalSearchIndexClient, index_file: DatabaseFile, ctx: SecurityContext, home: Path, key: DataKey
) -> None:
    await put(embedded, ctx, f"{SECRET}.md", f"{SECRET} runs")
    await embedded.delete_collection(ctx, document("kept.md").collection_id)
    assert files_with(SECRET, home, key)
    await index_file.close()

    again = await open_database_file(index_file.path, key)
    try:
        await migrate(again, MODULE, MIGRATIONS)
        assert again.erasing_unfinished
        await asyncio.wait_for(EmbeddedStore(Database(MODULE, again), memory_bytes=2**20).finish_erasing(), 30)
        assert files_with(SECRET, home, key) == []
    finally:
        await again.close()
