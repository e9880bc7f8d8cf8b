"""Every night the pages of the open databases are checked, while they are used."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from modkit.db import Database, DatabaseFile
from modkit.db.connect import PAGE_BYTES
from modkit.db.recovery.record_of_checks import CheckResult, last_check, remember_check
from modkit.db.recovery.watch import CHECK_HOUR, IntegrityWatch, next_check
from modkit.keys import DataKey
from modkit.security import SecurityContext
from tests.modkit.db.recovery.damage import flip
from tests.support.notes_db import Note, notes_database

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Clock:
    """A clock that stands, until somebody sleeps."""

    def __init__(self) -> None:
        self.time = NOON
        self.slept: list[float] = []
        self.done = asyncio.Event()

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        if len(self.slept) == 30:
            self.done.set()
            await asyncio.Event().wait()
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)


@pytest.fixture
async def filled(db_path: Path, key: DataKey, ctx: SecurityContext) -> AsyncIterator[Database]:
    async with notes_database(db_path, key) as db, db.write(ctx) as session:
        await session.insert_many([Note(title=str(number), body="x" * 500) for number in range(60)])
    async with notes_database(db_path, key) as db:
        yield db


def watch(file: DatabaseFile, clock: Clock, found: list[CheckResult]) -> IntegrityWatch:
    return IntegrityWatch(lambda: (file,), lambda _, result: found.append(result), now=clock.now, sleep=clock.sleep)


async def test_a_sound_file_passes_and_the_check_is_remembered(filled: Database) -> None:
    found: list[CheckResult] = []
    result = await watch(filled.file, Clock(), found).check(filled.file)
    assert result.sound
    assert found == []
    assert last_check(filled.path) == result
    assert result.pages == filled.path.stat().st_size // PAGE_BYTES


async def test_a_flipped_bit_in_an_open_file_is_named(filled: Database, ctx: SecurityContext) -> None:
    found: list[CheckResult] = []
    flip(filled.path, (PAGE_BYTES * 4 + 100) * 8)
    result = await watch(filled.file, Clock(), found).check(filled.file)
    assert result.bad_pages == (5,)
    assert found == [result]
    remembered = last_check(filled.path)
    assert remembered is not None
    assert not remembered.sound


async def test_what_is_written_while_it_is_checked_is_no_damage(filled: Database, ctx: SecurityContext) -> None:
    checking = asyncio.create_task(watch(filled.file, Clock(), []).check(filled.file))
    for number in range(20):
        async with filled.write(ctx) as session:
            await session.insert(Note(title=f"meanwhile {number}", body="y" * 3000))
    assert (await checking).sound


async def test_a_check_runs_once_a_night(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, times = Clock(), []
    watching = watch(filled.file, clock, [])
    check = watching.check

    async def noted(file: DatabaseFile) -> CheckResult:
        times.append(clock.time)
        return await check(file)

    monkeypatch.setattr(watching, "check", noted)
    task = asyncio.create_task(watching.run())
    await clock.done.wait()
    task.cancel()
    await asyncio.wait({task})
    # The first soon after the start, for last night was missed.
    assert times[0] - NOON == timedelta(minutes=2)
    assert len(times) >= 2
    assert all(CHECK_HOUR <= time.astimezone().hour <= CHECK_HOUR + 1 for time in times[1:])
    assert len({time.astimezone().date() for time in times[1:]}) == len(times) - 1


async def test_a_file_that_can_be_made_again_is_not_checked(filled: Database) -> None:
    filled.file.rebuildable = True
    clock = Clock()
    task = asyncio.create_task(watch(filled.file, clock, []).run())
    await clock.done.wait()
    task.cancel()
    await asyncio.wait({task})
    assert last_check(filled.path) is None


def test_the_next_check_is_the_first_night_hour_after_the_last() -> None:
    due = next_check(NOON)
    assert due.astimezone().hour == CHECK_HOUR
    assert timedelta(0) < due - NOON <= timedelta(hours=25)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"checked_at": "x", "pages": 1, "bad_pages": [], "fault": ""}'])
def test_a_note_that_cannot_be_read_is_no_check(db_path: Path, text: str) -> None:
    remember_check(db_path, CheckResult(NOON.isoformat(), 3))
    [note] = db_path.parent.glob("*.checked.json")
    note.write_text(text)
    assert last_check(db_path) is None
