"""Paused, gentle, or behind an answer: when files are read, and what is said meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from modules.jobs_manager.contract import JobsClient
from modules.llm_manager.contract import LlmManagerClient
from modules.llm_manager.domain.service import LlmManagerService
from modules.rag.contract import CollectionChanged, FileState, IndexingPace, Pace
from modules.rag.domain.events import RagEvents
from modules.rag.domain.indexing.pacing import Pacing
from modules.rag.domain.ports import Conditions, Content
from modules.rag.infra.computer import LocalComputer
from modules.rag.infra.disk import LocalDisk
from modules.settings.contract import SettingsClient
from tests.modules.rag.conftest import Open
from tests.modules.rag.rag_support import Workplace

FILES = 12


@pytest.fixture
def files(docs: Path) -> list[Path]:
    made = [docs / f"{number:02}.txt" for number in range(FILES)]
    for path in made:
        path.write_text(f"Zebra {path.name} lives in its own house.")
    return made


class Readers:
    """Counts how many files are being read at the same time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = self.most = 0
        real = LocalDisk.read

        async def read(disk: LocalDisk, path: str) -> Content:
            self.now += 1
            self.most = max(self.most, self.now)
            try:
                await asyncio.sleep(0.01)
                return await real(disk, path)
            finally:
                self.now -= 1

        monkeypatch.setattr(LocalDisk, "read", read)


@contextmanager
def answering(work: Workplace) -> Iterator[None]:
    """As if an answer were being written."""
    models = work.hub.get(LlmManagerClient)
    assert isinstance(models, LlmManagerService)
    with models.pool.chat_use.counted():
        yield


async def noted(work: Workplace, job_id: object, note: str) -> None:
    """Return when the job says so."""
    async for change in work.hub.get(JobsClient).watch(work.ctx):
        if change.job.id == job_id and change.job.progress.note == note:
            return


async def test_a_pause_lasts_over_a_restart_and_reads_nothing(open_workplace: Open, files: list[Path]) -> None:
    async with open_workplace() as work:
        assert await work.rag.set_pace(work.ctx, paused=True) == IndexingPace(
            Pace.BALANCED, True, "Indexing is paused."
        )
    async with open_workplace() as work:
        job_id = await work.rag.add(work.ctx, "C", [work.docs])
        await noted(work, job_id, "Indexing is paused.")
        assert await work.counts() == {FileState.QUEUED: FILES}
        [overview] = await work.rag.overview(work.ctx)
        assert (overview.job_id, overview.total, overview.doing) == (job_id, FILES, "Indexing is paused.")
        assert (await work.rag.set_pace(work.ctx, paused=False)).waits_for == ""
        await work.done(job_id)
        assert await work.counts() == {FileState.WITHOUT_VECTORS: FILES}


async def test_a_pace_is_kept_and_told(work: Workplace) -> None:
    changes = work.rag.watch(work.ctx)
    assert (await work.rag.set_pace(work.ctx, pace=Pace.FULL)).pace is Pace.FULL
    assert (await work.rag.pace(work.ctx)).pace is Pace.FULL
    assert await anext(changes) == CollectionChanged(None, "pace")


@pytest.mark.parametrize(("pace", "most"), [(Pace.GENTLE, 1), (Pace.BALANCED, 2), (Pace.FULL, 4)])
async def test_a_pace_is_how_many_files_are_read_at_once(
    work: Workplace, files: list[Path], monkeypatch: pytest.MonkeyPatch, pace: Pace, most: int
) -> None:
    readers = Readers(monkeypatch)
    monkeypatch.setattr(LocalComputer, "conditions", conditions(Conditions()))
    await work.rag.set_pace(work.ctx, pace=pace)
    await work.index()
    assert readers.most == most


@pytest.mark.parametrize("harder", [Conditions(on_battery=True), Conditions(others=0.9)])
async def test_on_battery_and_beside_busy_programs_one_file_is_read_at_a_time(
    work: Workplace, files: list[Path], monkeypatch: pytest.MonkeyPatch, harder: Conditions
) -> None:
    readers = Readers(monkeypatch)
    monkeypatch.setattr(LocalComputer, "conditions", conditions(harder))
    await work.index()
    assert readers.most == 1


async def test_while_an_answer_is_written_one_file_is_read_at_a_time(
    work: Workplace, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = Readers(monkeypatch)
    await work.rag.set_pace(work.ctx, pace=Pace.FULL)
    with answering(work):
        assert "answer" in (await work.rag.pace(work.ctx)).waits_for
        await work.index()
    assert readers.most == 1
    assert await work.rag.pace(work.ctx) == IndexingPace(Pace.FULL)


async def test_what_this_computer_does_is_known(tmp_path: Path) -> None:
    conditions = await LocalComputer().conditions()
    assert 0.0 <= conditions.others <= 1.0


def ignore(note: str) -> None:
    """Nobody listens."""


def conditions(fixed: Conditions) -> object:
    async def look(computer: LocalComputer) -> Conditions:
        return fixed

    return look


async def test_between_two_batches_of_vectors_an_answer_goes_first(work: Workplace) -> None:
    pacing = Pacing(work.hub.get(SettingsClient), work.hub.get(LlmManagerClient), LocalComputer(), RagEvents(), most=4)
    told: list[str] = []
    heard = asyncio.Event()

    def tell(note: str) -> None:
        told.append(note)
        heard.set()

    with answering(work):
        waiting = asyncio.create_task(pacing.batch(work.ctx, tell, 0.0))
        await heard.wait()
        assert not waiting.done()
    await waiting
    assert set(told) == {"An answer is being written, which goes first."}


async def test_what_is_read_beside_an_answer_is_followed_by_a_longer_rest(
    work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests: list[float] = []

    async def rest(self: Pacing, took_s: float) -> None:
        rests.append(took_s)

    monkeypatch.setattr(Pacing, "_rest", rest)
    pacing = Pacing(work.hub.get(SettingsClient), work.hub.get(LlmManagerClient), LocalComputer(), RagEvents(), most=4)
    async with pacing.file(work.ctx, ignore):
        pass
    assert rests == []
    with answering(work):
        async with pacing.file(work.ctx, ignore):
            pass
    assert len(rests) == 1
