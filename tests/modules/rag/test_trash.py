"""What is thrown away is not found, comes back when asked for, and is forgotten in the end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from loguru import logger

from modkit.db.backup import create_backup
from modkit.db.provider import SqlCipherProvider
from modkit.security import SecurityContext
from modules.local_search_index.contract import IndexRebuilt, IndexUnavailable, LocalSearchIndexClient, SearchIndexError
from modules.local_search_index.domain.service import LocalSearchIndexService
from modules.rag.contract import CollectionNotFound, InvalidName, NameTaken, Query
from modules.rag.domain import collections
from tests.modules.rag.conftest import Open
from tests.modules.rag.rag_support import Workplace
from tests.support.raw_search import files_with


async def found(work: Workplace) -> list[str]:
    return [hit.passage.document.file_name for hit in (await work.rag.search(work.ctx, Query(text="apples"))).hits]


async def threw_away(work: Workplace, docs: Path) -> UUID:
    (docs / "one.txt").write_text("The first is about apples.")
    await work.index()
    [collection] = await work.rag.collections(work.ctx)
    assert await work.rag.remove(work.ctx, "C") == 1
    return collection.id


async def test_what_is_in_the_trash_is_not_found(work: Workplace, docs: Path) -> None:
    collection_id = await threw_away(work, docs)
    assert await found(work) == []
    assert await work.rag.overview(work.ctx) == []
    [thrown] = await work.rag.overview(work.ctx, trashed=True)
    assert (thrown.collection.id, thrown.files) == (collection_id, 1)
    assert thrown.deleted_at is not None
    await work.index(docs, collection="D")
    assert await found(work) == ["one.txt"]
    with pytest.raises(CollectionNotFound):
        await work.rag.search(work.ctx, Query(text="apples", collections=("C",)))


async def test_it_comes_back_without_being_read_again(work: Workplace, docs: Path) -> None:
    collection_id = await threw_away(work, docs)
    restored = await work.rag.restore(work.ctx, collection_id)
    assert restored.name == "C"
    assert await found(work) == ["one.txt"]
    assert (await work.done(await work.rag.refresh(work.ctx, "C")))["read"] == 0


async def test_when_its_name_is_taken_it_gets_another(work: Workplace, docs: Path) -> None:
    collection_id = await threw_away(work, docs)
    await work.index()
    assert (await work.rag.restore(work.ctx, collection_id)).name == "C (2)"
    assert [one.name for one in await work.rag.collections(work.ctx)] == ["C", "C (2)"]


async def test_it_can_be_forgotten_for_ever(work: Workplace, docs: Path) -> None:
    collection_id = await threw_away(work, docs)
    await work.rag.delete_for_ever(work.ctx, collection_id)
    assert await work.rag.overview(work.ctx, trashed=True) == []
    assert (await work.hub.get(LocalSearchIndexClient).stats(work.ctx)).documents == 0
    assert (docs / "one.txt").exists()


async def test_nothing_of_it_is_left_in_any_file_and_in_no_later_backup(
    work: Workplace, docs: Path, home: Path
) -> None:
    (docs / "quicksilver.txt").write_text("A quicksilver passage about mercury. " * 200)
    (docs / "kept.txt").write_text("Apples are kept.")
    await work.index(docs / "quicksilver.txt")
    await work.index(docs / "kept.txt", collection="D")
    [collection] = [one for one in await work.rag.collections(work.ctx) if one.name == "C"]
    await work.rag.remove(work.ctx, "C")
    [file] = [one for one in work.hub.get(SqlCipherProvider).files if one.path.name == "hyperspot.db"]
    key = file.key
    assert files_with("quicksilver", home, key), "or the search below proves nothing"

    assert await work.rag.delete_for_ever(work.ctx, collection.id)
    await create_backup(file)

    for word in ("quicksilver", "mercury"):
        assert files_with(word, home, key) == []
    assert await found(work) == ["kept.txt"]


async def test_only_what_is_in_the_trash_can_be_restored_or_forgotten(work: Workplace, docs: Path) -> None:
    await work.index()
    [live] = await work.rag.collections(work.ctx)
    for nothing in (live.id, uuid4()):
        with pytest.raises(CollectionNotFound):
            await work.rag.restore(work.ctx, nothing)
        with pytest.raises(CollectionNotFound):
            await work.rag.delete_for_ever(work.ctx, nothing)


async def test_a_start_forgets_what_was_thrown_away_long_ago(
    open_workplace: Open, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_workplace() as work:
        await threw_away(work, docs)
    async with open_workplace() as work:
        assert len(await work.rag.overview(work.ctx, trashed=True)) == 1
    monkeypatch.setattr(collections, "KEPT_IN_TRASH", timedelta(0))
    async with open_workplace() as work:
        assert await work.rag.overview(work.ctx, trashed=True) == []


@pytest.mark.parametrize("error", [IndexUnavailable("No search server answers."), IndexRebuilt("index.db")])
async def test_what_cannot_be_forgotten_yet_does_not_keep_the_program_from_starting(
    open_workplace: Open, docs: Path, monkeypatch: pytest.MonkeyPatch, error: SearchIndexError
) -> None:
    async with open_workplace() as work:
        kept = await threw_away(work, docs)
        await work.index(collection="D")
        await work.rag.remove(work.ctx, "D")
    lines: list[str] = []
    sink = logger.add(lines.append, format="{message} {extra}", level="WARNING")
    delete = LocalSearchIndexService.delete_collection

    async def fails_for_one(self: LocalSearchIndexService, ctx: SecurityContext, collection_id: UUID) -> int:
        if collection_id == kept:
            raise error
        return await delete(self, ctx, collection_id)

    monkeypatch.setattr(collections, "KEPT_IN_TRASH", timedelta(0))
    with monkeypatch.context() as patch:
        patch.setattr(LocalSearchIndexService, "delete_collection", fails_for_one)
        async with open_workplace() as work:
            assert [one.collection.id for one in await work.rag.overview(work.ctx, trashed=True)] == [kept]
    logger.remove(sink)
    [line] = [line for line in lines if str(kept) in line]
    assert error.code in line
    async with open_workplace() as work:
        assert await work.rag.overview(work.ctx, trashed=True) == []


async def test_a_collection_gets_a_new_name(work: Workplace, docs: Path) -> None:
    (docs / "one.txt").write_text("The first is about apples.")
    await work.index()
    await work.index(collection="D")
    assert (await work.rag.rename(work.ctx, "C", "Fruit")).name == "Fruit"
    assert [one.name for one in await work.rag.collections(work.ctx)] == ["D", "Fruit"]
    assert (await work.rag.rename(work.ctx, "Fruit", "Fruit")).name == "Fruit"
    with pytest.raises(NameTaken, match="'D'"):
        await work.rag.rename(work.ctx, "Fruit", "D")
    with pytest.raises(InvalidName):
        await work.rag.rename(work.ctx, "Fruit", "\n")


async def test_a_renamed_collection_is_indexed_by_the_job_of_its_old_name(work: Workplace, docs: Path) -> None:
    (docs / "one.txt").write_text("The first is about apples.")
    job_id = await work.rag.add(work.ctx, "C", [docs])
    await work.rag.rename(work.ctx, "C", "Fruit")
    await work.done(job_id)
    assert await found(work) == ["one.txt"]
