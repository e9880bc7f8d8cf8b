"""A damaged database is put together again, and the report says what of it."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from modkit.db.backup import create_backup
from modkit.db.connect import PAGE_BYTES, raw_connect
from modkit.db.errors import NothingToRepair, NotRepaired
from modkit.db.recovery.pages import DamagedPages, checked_pages
from modkit.db.recovery.repair import repair_database
from modkit.db.recovery.trees import Trees
from modkit.db.verify import verify_backup
from modkit.keys import DataKey
from modkit.security import SecurityContext
from tests.modkit.db.recovery.damage import flip, ruin
from tests.support.notes_db import Note, notes_database

EARLY, LATE = 150, 150


def body(number: int) -> str:
    return f"{number}: " + random.Random(number).randbytes(300).hex()


async def add(path: Path, key: DataKey, ctx: SecurityContext, numbers: Sequence[int]) -> None:
    async with notes_database(path, key) as db, db.write(ctx) as session:
        await session.insert_many([Note(title=f"note {number}", body=body(number)) for number in numbers])


@pytest.fixture
async def backup(db_path: Path, key: DataKey, ctx: SecurityContext) -> Path:
    """The database has 300 notes; this backup of it the first 150, the first with other words."""
    await add(db_path, key, ctx, range(EARLY))
    async with notes_database(db_path, key) as db:
        made = await create_backup(db.file)
    await add(db_path, key, ctx, range(EARLY, EARLY + LATE))
    async with notes_database(db_path, key) as db, db.write(ctx) as session:
        first = await session.first(session.select(Note).where(Note.title == "note 0"))
        assert first is not None
        first.body = "changed later"
        await session.update(first)
    return made.path


async def notes(path: Path, key: DataKey, ctx: SecurityContext) -> dict[str, str]:
    async with notes_database(path, key, create=False) as db, db.read(ctx) as session:
        return {note.title: note.body for note in await session.all(session.select(Note))}


def expected(numbers: Sequence[int] = range(EARLY + LATE)) -> dict[str, str]:
    return {f"note {number}": "changed later" if number == 0 else body(number) for number in numbers}


def root_of(path: Path, key: DataKey, name: str) -> int:
    connection = raw_connect(path, key, "ro", immutable=True)
    try:
        return int(connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])
    finally:
        connection.close()


def leaves_of(path: Path, key: DataKey, name: str) -> list[int]:
    """The pages below the root of a table."""
    pages = DamagedPages(path, key)
    try:
        root = root_of(path, key, name)
        trees = Trees(pages)
        trees.walk(root)
        return sorted(trees.seen - {root})
    finally:
        pages.close()


async def test_a_sound_database_is_left_alone(backup: Path, db_path: Path, key: DataKey) -> None:
    before = db_path.read_bytes()
    assert checked_pages(db_path, key)[1] == ()
    with pytest.raises(NothingToRepair, match="not damaged"):
        repair_database(db_path, key, [backup.parent])
    assert db_path.read_bytes() == before
    assert sorted(path.name for path in db_path.parent.iterdir()) == ["backups", "hyperspot.db"]


FLIPS = int(os.environ.get("HYPERSPOT_TEST_FLIPS", "4"))
"""How many; 200 take some minutes."""
TELLING = (3, 40 * 8, PAGE_BYTES * 8 - 5, (PAGE_BYTES - 70) * 8)
"""In the salt, the header, the MAC and the IV of the first page."""


@pytest.mark.parametrize("trial", range(FLIPS + len(TELLING)))
async def test_a_flipped_bit_is_found_named_and_turned_back(
    backup: Path, db_path: Path, key: DataKey, ctx: SecurityContext, trial: int
) -> None:
    sound = db_path.read_bytes()
    bit = (*TELLING, *(random.Random(trial).randrange(len(sound) * 8) for _ in range(1)))[min(trial, len(TELLING))]
    flip(db_path, bit)
    page = bit // 8 // PAGE_BYTES + 1
    damaged = db_path.read_bytes()

    assert page in checked_pages(db_path, key)[1]
    report = repair_database(db_path, key, [backup.parent])

    assert report.mended_pages == (page,)
    assert report.complete
    assert "1 of" in report.sentence
    assert db_path.read_bytes() == sound
    assert report.kept is not None
    assert report.kept.read_bytes() == damaged
    assert await notes(db_path, key, ctx) == expected()


async def test_what_cannot_be_read_comes_from_the_backup_and_the_rest_is_as_it_was(
    backup: Path, db_path: Path, key: DataKey, ctx: SecurityContext
) -> None:
    leaves = leaves_of(db_path, key, "test_notes")
    ruin(db_path, leaves[3], leaves[-4])
    report = repair_database(db_path, key, [backup.parent])

    found = await notes(db_path, key, ctx)
    assert {f"note {number}": body(number) for number in range(1, EARLY)}.items() <= found.items()
    table = next(one for one in report.tables if one.table == "test_notes")
    assert report.bad_pages == tuple(sorted({leaves[3], leaves[-4]}))
    assert table.known == EARLY + LATE
    assert table.lost == EARLY + LATE - len(found) > 0
    assert table.from_backup > 0
    assert table.read + table.from_backup + table.lost == table.known
    assert not table.uncertain
    assert not report.complete
    assert str(table.lost) in report.sentence
    assert "note 299" in found
    assert any("test_notes" in line for line in report.lines())
    verify_backup(db_path, key)


async def test_the_rows_below_a_ruined_inner_page_are_found_again(
    backup: Path, db_path: Path, key: DataKey, ctx: SecurityContext
) -> None:
    ruin(db_path, root_of(db_path, key, "test_notes"))
    report = repair_database(db_path, key, [])
    assert await notes(db_path, key, ctx) == expected()
    assert report.backup is None
    assert report.lost == 0
    assert report.complete


async def test_rows_that_were_removed_do_not_come_back_from_the_backup(
    backup: Path, db_path: Path, key: DataKey, ctx: SecurityContext
) -> None:
    async with notes_database(db_path, key) as db, db.write(ctx) as session:
        await session.delete_where(Note, Note.title == "note 5")
        await session.delete_where(Note, Note.title == "note 140")
    ruin(db_path, *leaves_of(db_path, key, "test_notes")[:2])
    repair_database(db_path, key, [backup.parent])
    found = await notes(db_path, key, ctx)
    assert "note 5" not in found
    assert "note 140" not in found
    assert "note 6" in found


async def test_a_ruined_first_page_is_repaired_from_the_backup(
    backup: Path, db_path: Path, key: DataKey, ctx: SecurityContext
) -> None:
    ruin(db_path, 1)
    report = repair_database(db_path, key, [backup.parent])
    assert set(expected(range(EARLY))) <= set(await notes(db_path, key, ctx))
    assert report.backup == backup
    assert not report.complete


async def test_a_file_that_is_all_garbage_is_replaced_by_the_newest_sound_backup(
    backup: Path, db_path: Path, key: DataKey, ctx: SecurityContext
) -> None:
    db_path.write_bytes(random.Random(7).randbytes(PAGE_BYTES * 20))
    newer = backup.with_name("hyperspot-29990101T000000000000Z-manual.db")
    newer.write_bytes(b"broken" * 2000)
    report = repair_database(db_path, key, [backup.parent])
    assert report.backup == backup
    assert set(await notes(db_path, key, ctx)) == {f"note {number}" for number in range(EARLY)}
    assert report.kept is not None
    assert report.kept.stat().st_size == PAGE_BYTES * 20


async def test_a_file_that_is_cut_off_gives_what_is_left_of_it(
    backup: Path, db_path: Path, key: DataKey, ctx: SecurityContext
) -> None:
    size = db_path.stat().st_size
    os.truncate(db_path, size // 2 + 100)
    report = repair_database(db_path, key, [backup.parent])
    assert set(expected(range(EARLY))) <= set(await notes(db_path, key, ctx))
    assert len(report.bad_pages) >= size // 2 // PAGE_BYTES - 1


async def test_without_a_backup_and_without_a_readable_page_nothing_is_touched(db_path: Path, key: DataKey) -> None:
    db_path.write_bytes(b"ruined" * 5000)
    with pytest.raises(NotRepaired, match="no usable backup") as caught:
        repair_database(db_path, key, [])
    assert "backups folder" in caught.value.action
    assert db_path.read_bytes() == b"ruined" * 5000
    assert [path.name for path in db_path.parent.iterdir()] == ["hyperspot.db"]


async def test_what_is_only_in_the_log_is_saved_too(
    backup: Path, db_path: Path, key: DataKey, ctx: SecurityContext, tmp_path: Path
) -> None:
    copy = tmp_path / "copy" / "hyperspot.db"
    copy.parent.mkdir()
    async with notes_database(db_path, key) as db:
        async with db.write(ctx) as session:
            await session.insert(Note(title="only in the log", body="here"))
        copy.write_bytes(db_path.read_bytes())
        copy.with_name("hyperspot.db-wal").write_bytes(db_path.with_name("hyperspot.db-wal").read_bytes())
    leaves = leaves_of(copy, key, "test_notes")
    ruin(copy, leaves[2])
    repair_database(copy, key, [backup.parent])
    assert (await notes(copy, key, ctx))["only in the log"] == "here"
