"""Collections: made, refused, forgotten, and their jobs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from modkit.security import SecurityContext
from modules.jobs_manager.contract import Job, JobsClient, JobState
from modules.jobs_manager.domain.service import JobsService
from modules.rag.contract import CollectionNotFound, FileState, InvalidName, PathNotFound, Query, SourceNotFound
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


async def two_folders(work: Workplace, docs: Path) -> tuple[Path, Path]:
    """Begins to index both; the second holds three files."""
    first, second = docs / "first", docs / "second"
    for folder in (first, second):
        folder.mkdir()
        for number in range(3):
            (folder / f"{number}.txt").write_text(f"Number {number} of {folder.name} is about apples.")
    await work.rag.add(work.ctx, "C", [first, second])
    return first, second


async def latest_job(work: Workplace) -> Job:
    return (await work.hub.get(JobsClient).list(work.ctx))[0]


async def test_what_other_folders_have_pending_is_read_after_one_is_removed(work: Workplace, docs: Path) -> None:
    first, _ = await two_folders(work, docs)
    await work.rag.remove(work.ctx, "C", first)
    await work.done((await latest_job(work)).id)
    assert await work.states() == {f"second/{number}.txt": FileState.WITHOUT_VECTORS for number in range(3)}


async def test_a_file_in_two_sources_stays_when_one_of_them_is_removed(work: Workplace, docs: Path) -> None:
    (docs / "sub").mkdir()
    (docs / "one.txt").write_text("The first is about apples.")
    (docs / "sub" / "two.txt").write_text("The second is about pears.")
    await work.index(docs, docs / "sub")
    assert await work.rag.remove(work.ctx, "C", docs) == 2
    await work.done((await latest_job(work)).id)
    assert await work.states() == {"sub/two.txt": FileState.WITHOUT_VECTORS}
    assert len((await work.rag.search(work.ctx, Query(text="pears"))).hits) == 1


async def test_an_unknown_source_ends_no_job(work: Workplace, docs: Path) -> None:
    await two_folders(work, docs)
    with pytest.raises(SourceNotFound):
        await work.rag.remove(work.ctx, "C", docs)
    assert (await work.done((await latest_job(work)).id))["read"] == 6


async def test_a_paused_job_stays_paused_when_a_source_is_removed(work: Workplace, docs: Path) -> None:
    first, _ = await two_folders(work, docs)
    jobs, job = work.hub.get(JobsClient), await latest_job(work)
    await jobs.pause(work.ctx, job.id)
    await work.rag.remove(work.ctx, "C", first)
    assert [(one.id, one.state) for one in await jobs.list(work.ctx)] == [(job.id, JobState.PAUSED)]
    await jobs.resume(work.ctx, job.id)
    await work.done(job.id)
    assert await work.states() == {f"second/{number}.txt": FileState.WITHOUT_VECTORS for number in range(3)}


@pytest.mark.parametrize("also_removed", [False, True])
async def test_a_job_that_ends_just_before_it_is_stopped_is_no_obstacle(
    work: Workplace, docs: Path, monkeypatch: pytest.MonkeyPatch, also_removed: bool
) -> None:
    await work.index()
    jobs = work.hub.get(JobsClient)
    [ended] = await jobs.list(work.ctx)
    if also_removed:
        await jobs.remove(work.ctx, ended.id)

    async def as_it_was(self: JobsService, ctx: SecurityContext, *, active_only: bool, limit: int = 200) -> list[Job]:
        return [ended]

    monkeypatch.setattr(JobsService, "list", as_it_was)
    await work.rag.remove(work.ctx, "C", docs)
    assert await work.files() == {}
