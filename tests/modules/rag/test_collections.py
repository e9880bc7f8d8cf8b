"""Collections: made, refused, forgotten, and their jobs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from modules.jobs_manager.contract import JobsClient
from modules.rag.contract import CollectionNotFound, InvalidName, PathNotFound, Query, SourceNotFound
from tests.modules.rag.rag_support import Workplace


async def test_a_single_file_can_be_added(work: Workplace, docs: Path) -> None:
    (docs / "one.txt").write_text("The first is about apples.")
    (docs / "two.txt").write_text("The second is about pears.")
    await work.index(docs / "one.txt")
    assert list(await work.files()) == ["one.txt"]
    assert [one.name for one in await work.rag.collections(work.ctx)] == ["C"]


async def test_what_is_not_there_is_refused_and_makes_no_collection(work: Workplace, docs: Path) -> None:
    with pytest.raises(PathNotFound, match="nothing at"):
        await work.rag.add(work.ctx, "C", [docs, docs / "nothing"])
    assert await work.rag.collections(work.ctx) == []


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 101])
async def test_a_name_is_one_short_line(work: Workplace, docs: Path, name: str) -> None:
    with pytest.raises(InvalidName):
        await work.rag.add(work.ctx, name, [docs])


async def test_an_unknown_collection_is_named(work: Workplace) -> None:
    with pytest.raises(CollectionNotFound, match="'nobody'"):
        await work.rag.report(work.ctx, "nobody")
    with pytest.raises(CollectionNotFound, match="'nobody'"):
        await work.rag.search(work.ctx, Query(text="x", collections=("nobody",)))


async def test_a_source_is_forgotten_and_its_files_stay(work: Workplace, docs: Path) -> None:
    (docs / "one.txt").write_text("The first is about apples.")
    await work.index()
    with pytest.raises(SourceNotFound):
        await work.rag.remove(work.ctx, "C", docs / "one.txt")
    assert await work.rag.remove(work.ctx, "C", docs) == 1
    assert await work.files() == {}
    assert (await work.rag.search(work.ctx, Query(text="apples"))).hits == ()
    assert (docs / "one.txt").exists()


async def test_a_collection_is_forgotten_with_everything_in_it(work: Workplace, docs: Path) -> None:
    (docs / "one.txt").write_text("The first is about apples.")
    await work.index()
    await work.index(collection="D")
    assert await work.rag.remove(work.ctx, "C") == 1
    assert [one.name for one in await work.rag.collections(work.ctx)] == ["D"]
    assert len((await work.rag.search(work.ctx, Query(text="apples"))).hits) == 1


async def test_adding_at_the_same_moment_waits_for_one_job(work: Workplace, docs: Path) -> None:
    (docs / "one.txt").write_text("The first is about apples.")
    ids = await asyncio.gather(*(work.rag.add(work.ctx, "C", [docs]) for _ in range(5)))
    await asyncio.gather(*map(work.done, ids))
    assert len(await work.hub.get(JobsClient).list(work.ctx)) <= 2
    assert list(await work.files()) == ["one.txt"]


async def test_removing_ends_the_jobs_of_the_collection(work: Workplace, docs: Path) -> None:
    for number in range(30):
        (docs / f"{number}.txt").write_text(f"Number {number} is about apples.")
    await work.rag.add(work.ctx, "C", [docs])
    await work.rag.remove(work.ctx, "C")
    assert await work.hub.get(JobsClient).list(work.ctx, active_only=True) == []
    assert (await work.rag.search(work.ctx, Query(text="apples"))).hits == ()
