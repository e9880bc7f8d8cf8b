"""What the user must know about the files: a full disk, a file that is only read, and what was repaired."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import aclosing
from pathlib import Path
from types import SimpleNamespace

import pytest

from modkit.db.ballast import LOW_BYTES
from modkit.db.errors import ROOM_BYTES, NoSpace
from modkit.db.health import StorageHealth, StorageWatch
from modkit.db.repair_notes import note_repair
from modkit.keys import DataKey
from modkit.security import SecurityContext
from tests.support.notes_db import Note, notes_database
from tests.support.small_disk import fill, mounted


def free(monkeypatch: pytest.MonkeyPatch, size_bytes: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=size_bytes))


async def test_all_is_well_with_a_sound_file_on_a_roomy_disk(
    db_path: Path, key: DataKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    free(monkeypatch, ROOM_BYTES)
    async with notes_database(db_path, key) as db:
        assert await StorageWatch(lambda: [db.file]).look() == StorageHealth()


async def test_a_nearly_full_disk_is_said_with_what_is_missing(
    db_path: Path, key: DataKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with notes_database(db_path, key) as db:
        watch = StorageWatch(lambda: [db.file])
        free(monkeypatch, LOW_BYTES)
        assert (await watch.look()).missing_bytes == 0
        free(monkeypatch, LOW_BYTES - 1)
        full = await watch.look()
        assert (full.needed_bytes, full.missing_bytes) == (ROOM_BYTES, ROOM_BYTES - LOW_BYTES + 1)


async def test_after_a_refused_write_the_disk_counts_as_full_until_there_is_room_or_one_is_stored(
    db_path: Path, key: DataKey, ctx: SecurityContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with notes_database(db_path, key) as db:
        watch = StorageWatch(lambda: [db.file])
        await db.file.make_room()
        free(monkeypatch, ROOM_BYTES - 1)
        assert (await watch.look()).missing_bytes == 1
        free(monkeypatch, ROOM_BYTES)
        assert (await watch.look()).missing_bytes == 0
        free(monkeypatch, ROOM_BYTES - 1)
        async with db.write(ctx) as session:
            await session.insert(Note(title="stored"))
        assert (await watch.look()).missing_bytes == 0


async def test_a_disk_that_really_is_full_is_said_and_that_it_no_longer_is(
    tmp_path: Path, key: DataKey, ctx: SecurityContext
) -> None:
    with mounted(tmp_path / "small disk", "4m") as disk:
        async with notes_database(disk / "hyperspot.db", key) as db:
            watch = StorageWatch(lambda: [db.file])
            filler = fill(disk)
            with pytest.raises(NoSpace):
                async with db.write(ctx) as session:
                    await session.insert(Note(title="refused", body="x" * 50_000))
            assert (await watch.look()).missing_bytes == ROOM_BYTES
            filler.unlink()
            async with db.write(ctx) as session:
                await session.insert(Note(title="stored"))
            assert await watch.look() == StorageHealth()


async def test_a_file_that_is_only_read_says_why(db_path: Path, key: DataKey, monkeypatch: pytest.MonkeyPatch) -> None:
    async with notes_database(db_path, key) as db:
        db.file.mark_newer("It is newer.")
        # Nothing is written to it, so a full disk is no news.
        free(monkeypatch, 0)
        assert await StorageWatch(lambda: [db.file]).look() == StorageHealth(read_only="It is newer.")


async def test_a_drive_that_is_gone_is_not_called_full(
    db_path: Path, key: DataKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: object) -> None:
        raise FileNotFoundError

    async with notes_database(db_path, key) as db:
        monkeypatch.setattr(shutil, "disk_usage", gone)
        assert await StorageWatch(lambda: [db.file]).look() == StorageHealth()


async def test_only_changes_are_told_and_repairs_go_when_they_were_read(db_path: Path, key: DataKey) -> None:
    asleep = asyncio.Semaphore(0)
    looks = 0

    async def sleep(seconds: float) -> None:
        nonlocal looks
        looks += 1
        await asleep.acquire()

    async with notes_database(db_path, key) as db:
        note_repair(db_path, "It is repaired.", lines=("notes: 3 rows read",), kept=db_path)
        watch = StorageWatch(lambda: [db.file], sleep=sleep)
        async with asyncio.timeout(60), aclosing(watch.watch()) as healths:  # type: ignore[type-var]  # a generator
            first = await anext(healths)
            assert [(one.sentence, one.lines, one.kept) for one in first.repairs] == [
                ("It is repaired.", ("notes: 3 rows read",), str(db_path))
            ]
            # The second look finds nothing new and is silent.
            asleep.release()
            second = asyncio.ensure_future(anext(healths))
            while looks < 2:
                await asyncio.sleep(0)
            assert not second.done()
            await watch.put_away()
            asleep.release()
            assert (await second).repairs == ()
