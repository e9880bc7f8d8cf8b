"""Collections at a glance, and lists of files that are sorted, searched and paged."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from modules.rag.contract import CollectionNotFound, FileOrder, FileQuery, FileState
from tests.modules.rag.rag_support import Workplace

SELECTIONS = [
    (FileQuery(), ["a_b.md", "ab%.md", "B10.txt", "C\u00e9.txt"]),
    (FileQuery(descending=True), ["C\u00e9.txt", "B10.txt", "ab%.md", "a_b.md"]),
    (FileQuery(order=FileOrder.CHANGED), ["a_b.md", "ab%.md", "B10.txt", "C\u00e9.txt"]),
    (FileQuery(order=FileOrder.PASSAGES, descending=True, limit=1), ["B10.txt"]),
    (FileQuery(order=FileOrder.TYPE), ["a_b.md", "ab%.md", "B10.txt", "C\u00e9.txt"]),
    (FileQuery(order=FileOrder.STATE, descending=True, limit=1), ["C\u00e9.txt"]),
    (FileQuery(offset=1, limit=2), ["ab%.md", "B10.txt"]),
    (FileQuery(states=(FileState.REMOVED,)), ["gone.txt"]),
    (FileQuery(states=(FileState.SKIPPED, FileState.REMOVED)), ["C\u00e9.txt", "gone.txt"]),
    (FileQuery(text="b"), ["a_b.md", "ab%.md", "B10.txt"]),
    (FileQuery(text="A_"), ["a_b.md"]),
    (FileQuery(text="%"), ["ab%.md"]),
    (FileQuery(text="ce\u0301.T"), ["C\u00e9.txt"]),
    (FileQuery(text="\\"), []),
]


@pytest.fixture
async def shelf(work: Workplace, docs: Path) -> Workplace:
    (docs / "B10.txt").write_text("pears\n\n" * 900)
    (docs / "a_b.md").write_text("# Apples\n\nRed.")
    (docs / "ab%.md").write_text("# Plums\n\nBlue.")
    (docs / "C\u00e9.txt").write_text("")
    (docs / "gone.txt").write_text("Quinces.")
    for name, moment in (("B10.txt", 300), ("a_b.md", 100), ("ab%.md", 200), ("C\u00e9.txt", 400)):
        os.utime(docs / name, (moment, moment))
    await work.index()
    (docs / "gone.txt").unlink()
    await work.index()
    return work


async def names(work: Workplace, query: FileQuery) -> list[str]:
    return [one.path.name for one in (await work.rag.files(work.ctx, "C", query)).files]


async def test_a_collection_at_a_glance_counts_its_states(shelf: Workplace, docs: Path) -> None:
    [overview] = await shelf.rag.overview(shelf.ctx)
    assert overview.collection.name == "C"
    assert [one.path for one in overview.sources] == [docs]
    assert overview.counts == {FileState.WITHOUT_VECTORS: 3, FileState.SKIPPED: 1, FileState.REMOVED: 1}
    assert overview.files == 4
    assert overview.passages == (await shelf.rag.report(shelf.ctx, "C")).passages > 3
    assert (overview.job_id, overview.doing, overview.deleted_at) == (None, "", None)


async def test_an_empty_collection_has_a_glance_too(work: Workplace, docs: Path) -> None:
    await work.index()
    [overview] = await work.rag.overview(work.ctx)
    assert (overview.files, overview.passages) == (0, 0)


async def test_files_are_sorted_searched_and_paged(shelf: Workplace) -> None:
    assert [(query, await names(shelf, query)) for query, _ in SELECTIONS] == SELECTIONS
    page = await shelf.rag.files(shelf.ctx, "C", FileQuery(text=".md", limit=1))
    assert (len(page.files), page.total) == (1, 2)


async def test_what_is_away_is_listed_as_away(shelf: Workplace, docs: Path) -> None:
    docs.rename(docs.with_name("elsewhere"))
    await shelf.done(await shelf.rag.refresh(shelf.ctx, "C"))
    assert len(await names(shelf, FileQuery(states=(FileState.AWAY,)))) == 4
    assert await names(shelf, FileQuery(states=(FileState.SKIPPED,))) == []
    [overview] = await shelf.rag.overview(shelf.ctx)
    assert overview.counts == {FileState.AWAY: 4, FileState.REMOVED: 1}


async def test_a_list_of_nothing_known_is_refused(work: Workplace) -> None:
    with pytest.raises(CollectionNotFound):
        await work.rag.files(work.ctx, "nobody", FileQuery())
