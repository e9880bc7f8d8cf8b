"""Work that stops in the middle goes on where it was: what was read is not read again."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from modules.jobs_manager.contract import JobsClient, JobState
from modules.local_search_index.contract import IndexRebuilt
from modules.rag.contract import FileState, Query
from modules.rag.domain.indexing.scan import Scanner
from modules.rag.domain.ports import Content
from modules.rag.infra.disk import LocalDisk
from tests.modules.rag.conftest import Open
from tests.modules.rag.rag_support import Workplace

FILES = 12


class SlowDisk:
    """Counts what is read, and after some files reads no further."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, stop_after: int) -> None:
        self.finished: Counter[str] = Counter()
        self.stuck = asyncio.Event()
        self.stop_after = stop_after
        real = LocalDisk.read

        async def read(disk: LocalDisk, path: str) -> Content:
            if sum(self.finished.values()) >= self.stop_after:
                self.stuck.set()
                await asyncio.Event().wait()
            content = await real(disk, path)
            self.finished[path] += 1
            return content

        monkeypatch.setattr(LocalDisk, "read", read)

    def go_on(self) -> None:
        self.stop_after = 1000


@pytest.fixture
def slow(docs: Path, monkeypatch: pytest.MonkeyPatch) -> SlowDisk:
    for number in range(FILES):
        (docs / f"{number:02}.txt").write_text(f"Zebra number {number} lives in house {number}.")
    return SlowDisk(monkeypatch, stop_after=5)


async def all_found_once(work: Workplace) -> bool:
    hits = (await work.rag.search(work.ctx, Query(text="zebra", k=100))).hits
    return len(hits) == FILES and await work.counts() == {FileState.WITHOUT_VECTORS: FILES}


async def test_a_paused_job_goes_on_and_reads_no_finished_file_again(work: Workplace, slow: SlowDisk) -> None:
    jobs = work.hub.get(JobsClient)
    job_id = await work.rag.add(work.ctx, "C", [work.docs])
    await slow.stuck.wait()
    paused = await jobs.pause(work.ctx, job_id)
    done = {one.path for one in (await work.files()).values() if one.state is FileState.WITHOUT_VECTORS}
    slow.go_on()
    assert paused.state is JobState.PAUSED
    assert await work.rag.refresh(work.ctx, "C") == job_id
    await work.done(job_id)
    assert await all_found_once(work)
    assert all(slow.finished[str(path)] == 1 for path in done)
    assert done


async def test_a_restart_in_the_middle_goes_on_by_itself(open_workplace: Open, slow: SlowDisk) -> None:
    async with open_workplace() as work:
        job_id = await work.rag.add(work.ctx, "C", [work.docs])
        await slow.stuck.wait()
    slow.go_on()
    async with open_workplace() as work:
        await work.done(job_id)
        assert await all_found_once(work)


async def test_a_cancelled_job_keeps_what_was_read(work: Workplace, slow: SlowDisk) -> None:
    job_id = await work.rag.add(work.ctx, "C", [work.docs])
    await slow.stuck.wait()
    await work.hub.get(JobsClient).cancel(work.ctx, job_id)
    counts = await work.counts()
    assert counts[FileState.WITHOUT_VECTORS] > 0
    assert counts[FileState.QUEUED] > 0


async def test_an_index_that_is_lost_under_way_is_filled_in_the_same_job(
    work: Workplace, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (docs / "one.txt").write_text("The first is about apples.")
    real, lost = Scanner.scan, [IndexRebuilt("index.db")]

    async def scan(*args: object) -> object:
        if lost:
            raise lost.pop()
        return await real(*args)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(Scanner, "scan", scan)
    assert (await work.index())["read"] == 1
