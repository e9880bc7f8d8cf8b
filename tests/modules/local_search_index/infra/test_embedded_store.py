"""What only the built-in plugin promises."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from modkit.db import Database, DatabaseFile
from modkit.db.errors import NoSpace
from modkit.security import AccessScope, SecurityContext
from modules.local_search_index.contract import LocalSearchIndexClient, SearchFilter, SearchMode, SearchRequest
from modules.local_search_index.domain.service import LocalSearchIndexService
from modules.local_search_index.infra.embedded import keyword
from modules.local_search_index.infra.embedded.generations import Generations
from modules.local_search_index.infra.embedded.recovery import MODULE
from modules.local_search_index.infra.embedded.store import EmbeddedStore
from modules.local_search_index.infra.embedded.vectors import CODES_AFTER, Vectors
from tests.modules.local_search_index.index_support import WORK, document, embed, found, near, put


async def _rows(file: DatabaseFile, sql: str) -> list[Any]:
    async with file.reading() as connection:
        return list((await connection.exec_driver_sql(sql)).all())


async def test_nothing_is_left_of_what_was_deleted(
    embedded: LocalSearchIndexClient, index_file: DatabaseFile, ctx: SecurityContext
) -> None:
    await put(embedded, ctx, "a.md", "a fish", "a bear")
    generation = await embedded.begin_generation(ctx, "tiny", 2)
    await embed(embedded, ctx, generation.id, {"a fish": (1, 0), "a bear": (0, 1)})
    await put(embedded, ctx, "a.md", "a bear", revision="2")
    await embedded.delete(ctx, [document("a.md").id])
    counts = "SELECT (SELECT count(*) FROM lsi_{})"
    tables = ("passages", "codes", "vectors", "documents", "text")
    assert [await _rows(index_file, counts.format(table)) for table in tables] == [[(0,)]] * len(tables)


async def test_the_full_text_is_consistent_after_every_kind_of_change(
    embedded: LocalSearchIndexClient, index_file: DatabaseFile, ctx: SecurityContext
) -> None:
    await put(embedded, ctx, "a.md", "one fish", "two fish")
    await put(embedded, ctx, "a.md", "two fish", "red fish", revision="2")
    await embedded.update(ctx, replace(document("a.md", revision="2"), file_name="b.md"))
    async with index_file.writing() as connection:
        await connection.exec_driver_sql("INSERT INTO lsi_text (lsi_text, rank) VALUES ('integrity-check', 0)")
    assert sorted(await found(embedded, ctx, "fish b")) == ["red [fish]", "two [fish]"]


async def test_what_is_in_the_file_is_encrypted(
    embedded: LocalSearchIndexClient, index_file: DatabaseFile, ctx: SecurityContext
) -> None:
    await put(embedded, ctx, "a.md", "unmistakable")
    await index_file.close()
    assert b"unmistakable" not in index_file.path.read_bytes()
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(index_file.path).execute("SELECT 1 FROM sqlite_master")


async def test_vectors_are_found_after_a_restart_and_those_that_came_since(
    embedded: LocalSearchIndexClient, index_file: DatabaseFile, ctx: SecurityContext
) -> None:
    # given
    await put(embedded, ctx, "a.md", "a fish", "a bear", "a wolf")
    generation = await embedded.begin_generation(ctx, "tiny", 2)
    await embed(embedded, ctx, generation.id, {"a fish": (1, 0)})
    # when: another process, as it were
    store = EmbeddedStore(Database(MODULE, index_file), memory_bytes=2**20)
    index = LocalSearchIndexService(lambda: store)
    assert await near(index, ctx, (1, 0)) == ["a fish"]
    await embed(index, ctx, generation.id, {"a bear": (0, 1)})
    # then
    assert await near(index, ctx, (0, 1)) == ["a bear", "a fish"]
    assert (await index.stats(ctx)).memory_bytes > 0
    await store.close()
    assert (await index.stats(ctx)).memory_bytes == 0


async def test_codes_are_read_in_the_order_of_the_file(
    embedded: LocalSearchIndexClient, index_file: DatabaseFile
) -> None:
    sql = CODES_AFTER.sql(AccessScope.for_owner(SecurityContext.local_user()))
    async with index_file.reading() as connection:
        bound = tuple(0 for _ in range(sql.count("?")))
        plan = [
            row._mapping["detail"]
            for row in (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", bound)).all()
        ]
    # By the index of generations, each slice would read and sort all codes: a minute for a million.
    assert "SEARCH lsi_codes USING INTEGER PRIMARY KEY (rowid>?)" in plan
    assert not any("TEMP B-TREE" in step for step in plan)


async def test_codes_of_another_user_leave_the_memory_first(
    index_file: DatabaseFile, ctx: SecurityContext, stranger: SecurityContext
) -> None:
    # given: no room for two
    database = Database(MODULE, index_file)
    store = EmbeddedStore(database, memory_bytes=1)
    index = LocalSearchIndexService(lambda: store)
    for whose in (ctx, stranger):
        await put(index, whose, "a.md", "a fish")
        await embed(index, whose, (await index.begin_generation(whose, "tiny", 2)).id, {"a fish": (1, 0)})
    # when
    assert await near(index, ctx, (1, 0)) == ["a fish"]
    alone = (await index.stats(ctx)).memory_bytes
    assert await near(index, stranger, (1, 0)) == ["a fish"]
    # then
    assert (await index.stats(ctx)).memory_bytes == alone


async def test_a_retired_generation_is_swept_in_slices_and_after_a_crash(
    embedded: LocalSearchIndexClient,
    index_file: DatabaseFile,
    ctx: SecurityContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given: retired, but the program ended before the sweep
    texts = [f"fish {number}" for number in range(10)]
    await put(embedded, ctx, "a.md", *texts)
    old = await embedded.begin_generation(ctx, "old", 2)
    await embed(embedded, ctx, old.id, dict.fromkeys(texts, (1, 0)))
    generations = Generations(Database(MODULE, index_file))
    assert await generations.retire(ctx, old.id)
    assert await embedded.generations(ctx) == []
    # when
    monkeypatch.setattr("modules.local_search_index.infra.embedded.generations._SLICE", 4)
    new = await embedded.begin_generation(ctx, "new", 2)
    await embedded.activate_generation(ctx, new.id)
    # then
    assert await _rows(index_file, "SELECT count(*) FROM lsi_vectors") == [(0,)]
    assert await _rows(index_file, "SELECT embedder FROM lsi_generations") == [("new",)]


async def test_common_words_do_not_decide(
    embedded: LocalSearchIndexClient, ctx: SecurityContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyword, "COMMON_AT_LEAST", 2)
    await put(embedded, ctx, "a.md", "the fish", "the bear", "the wolf", "a whale")
    assert await found(embedded, ctx, "the whale") == ["a [whale]"]
    assert len(await found(embedded, ctx, "the")) == 3
    assert len(await found(embedded, ctx, "the the")) == 3


async def test_of_a_beginning_that_very_many_have_the_newest_are_ranked(
    embedded: LocalSearchIndexClient, ctx: SecurityContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyword, "COMMON_AT_LEAST", 4)
    monkeypatch.setattr(keyword, "_NEWEST", 3)
    await put(embedded, ctx, "a.md", *(f"fish {number}" for number in range(5)), collection_id=WORK)
    await put(embedded, ctx, "b.md", *(f"fist {number}" for number in range(3)))
    everything = await found(embedded, ctx, "fi", typing=True, k=3)
    assert sorted(everything) == ["[fist] 0", "[fist] 1", "[fist] 2"]
    # and: where the newest are not among those that are wanted, all are
    older = await found(embedded, ctx, "fi", typing=True, filter=SearchFilter(collection_ids=(WORK,)))
    assert len(older) == 5


async def test_of_words_that_very_many_have_together_the_newest_are_ranked(
    embedded: LocalSearchIndexClient, ctx: SecurityContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyword, "COMMON_AT_MOST", 4)
    monkeypatch.setattr(keyword, "_NEWEST", 3)
    monkeypatch.setattr(keyword, "COMMON_AT_LEAST", 1)
    await put(embedded, ctx, "a.md", *(f"red fish {number}" for number in range(5)), "one whale")
    # then
    assert sorted(await found(embedded, ctx, "red fish", k=3)) == [f"[red] [fish] {number}" for number in (2, 3, 4)]
    assert sorted(await found(embedded, ctx, "fish", k=3)) == [f"red [fish] {number}" for number in (2, 3, 4)]


async def test_the_first_letter_of_a_word_is_no_beginning_yet(
    embedded: LocalSearchIndexClient, ctx: SecurityContext
) -> None:
    await put(embedded, ctx, "a.md", "a fish", "f major")
    assert await found(embedded, ctx, "f", typing=True) == ["[f] major"]
    assert len(await found(embedded, ctx, "f*")) == 2


async def test_what_passes_a_filter_is_found_out_again_when_documents_change(
    embedded: LocalSearchIndexClient, ctx: SecurityContext
) -> None:
    generation = await embedded.begin_generation(ctx, "model", 2)
    only = SearchFilter(collection_ids=(WORK,))

    async def nearest() -> list[str]:
        request = SearchRequest(vector=(1, 0), mode=SearchMode.VECTOR, filter=only)
        return [hit.passage.text for hit in (await embedded.search(ctx, request)).hits]

    await put(embedded, ctx, "a.md", "a fish", collection_id=WORK)
    await embed(embedded, ctx, generation.id, {"a fish": (1, 0)})
    assert await nearest() == ["a fish"]
    await put(embedded, ctx, "b.md", "a bear", collection_id=WORK)
    await embed(embedded, ctx, generation.id, {"a bear": (1, 0.1)})
    assert await nearest() == ["a fish", "a bear"]
    await embedded.delete(ctx, [document("a.md").id])
    assert await nearest() == ["a bear"]


async def test_known_counts_are_kept_for_a_while_and_bounded(
    embedded: LocalSearchIndexClient, ctx: SecurityContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyword, "_KNOWN_COUNTS", 1)
    await put(embedded, ctx, "a.md", "red fish", "blue fish")
    assert await found(embedded, ctx, "red fish") == ["[red] [fish]", "blue [fish]"]
    assert await found(embedded, ctx, "blue fish") == ["[blue] [fish]", "red [fish]"]


async def test_a_full_disk_changes_nothing(
    embedded: LocalSearchIndexClient, index_file: DatabaseFile, ctx: SecurityContext
) -> None:
    await put(embedded, ctx, "a.md", "a fish")
    async with index_file.writing() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(NoSpace):
        await put(embedded, ctx, "a.md", *(f"bear {number} " * 50 for number in range(500)), revision="2")
    assert await embedded.revisions(ctx, [document("a.md").id]) == {document("a.md").id: "1"}
    assert await found(embedded, ctx, "fish") == ["a [fish]"]


def test_nothing_is_in_memory_before_the_first_search(index_file: DatabaseFile) -> None:
    assert Vectors(Database(MODULE, index_file), memory_bytes=1).memory_bytes == 0
