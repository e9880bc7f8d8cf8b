"""A restore that is decided while the database is open, and one of a backup that another profile made."""

from __future__ import annotations

from pathlib import Path

import pytest

from modkit.db import Database
from modkit.db.backup import create_backup
from modkit.db.errors import BackupDamaged
from modkit.db.repair_notes import repair_notes
from modkit.db.restore import decide_restore, decided_restore, restore_backup, undo_decision
from modkit.db.verify import verify_backup
from modkit.keys import DataKey
from modkit.security import SecurityContext
from tests.support.notes_db import Note, notes_database

OTHER = DataKey(bytes(range(100, 132)))


async def add(database: Database, ctx: SecurityContext, title: str) -> None:
    async with database.write(ctx) as session:
        await session.insert(Note(title=title))


async def titles(database: Database, ctx: SecurityContext) -> set[str]:
    async with database.read(ctx) as session:
        return {note.title for note in await session.all(session.select(Note))}


async def test_what_is_decided_happens_at_the_next_opening(db_path: Path, key: DataKey, ctx: SecurityContext) -> None:
    async with notes_database(db_path, key) as db:
        await add(db, ctx, "before")
        backup = await create_backup(db.file)
        await add(db, ctx, "after")
        decided = decide_restore(backup.path, db_path, key)
        assert decided_restore(db_path) == decided
        await add(db, ctx, "meanwhile")
        assert await titles(db, ctx) == {"before", "after", "meanwhile"}
    async with notes_database(db_path, key, create=False) as db:
        assert await titles(db, ctx) == {"before"}
    assert decided_restore(db_path) is None
    [kept] = db_path.parent.glob("hyperspot.db.replaced-*")
    assert [note.kept for note in repair_notes(db_path)] == [str(kept)]
    async with notes_database(kept, key, create=False) as db:
        assert await titles(db, ctx) == {"before", "after", "meanwhile"}


async def test_the_last_decision_counts_and_can_be_taken_back(
    db: Database, db_path: Path, key: DataKey, ctx: SecurityContext
) -> None:
    first = await create_backup(db.file)
    await add(db, ctx, "later")
    second = await create_backup(db.file)
    decided = decide_restore(first.path, db_path, key)
    assert decide_restore(second.path, db_path, key) == decided
    assert verify_backup(decided, key).rows["test_notes"] == 1
    assert undo_decision(db_path)
    assert not undo_decision(db_path)
    assert decided_restore(db_path) is None


async def test_a_decision_that_is_half_done_is_not_taken_back(db: Database, db_path: Path, key: DataKey) -> None:
    backup = await create_backup(db.file)
    decided = decide_restore(backup.path, db_path, key)
    time = decided.name.removeprefix(f"{db_path.name}.restoring-")
    db_path.with_name(f"{db_path.name}.replaced-{time}").hardlink_to(db_path)
    assert not undo_decision(db_path)
    assert decided.exists()


async def test_a_damaged_backup_decides_nothing(db: Database, db_path: Path, key: DataKey) -> None:
    backup = await create_backup(db.file)
    backup.path.write_bytes(backup.path.read_bytes()[:-4096])
    with pytest.raises(BackupDamaged):
        decide_restore(backup.path, db_path, key)
    assert decided_restore(db_path) is None


async def test_a_backup_of_another_profile_gets_the_key_of_this_one(
    tmp_path: Path, db_path: Path, key: DataKey, ctx: SecurityContext
) -> None:
    async with notes_database(tmp_path / "theirs" / "hyperspot.db", OTHER) as theirs:
        await add(theirs, ctx, "theirs")
        backup = await create_backup(theirs.file)
    before = backup.path.read_bytes()
    restore_backup(backup.path, db_path, key, backup_key=OTHER)
    async with notes_database(db_path, key, create=False) as db:
        assert await titles(db, ctx) == {"theirs"}
    assert backup.path.read_bytes() == before
    assert [path.name for path in db_path.parent.iterdir()] == ["hyperspot.db"]


async def test_the_wrong_key_of_another_profile_restores_nothing(
    tmp_path: Path, db: Database, db_path: Path, key: DataKey
) -> None:
    async with notes_database(tmp_path / "theirs" / "hyperspot.db", OTHER) as theirs:
        backup = await create_backup(theirs.file)
    for backup_key in (None, DataKey.generate()):
        with pytest.raises(BackupDamaged):
            decide_restore(backup.path, db_path, key, backup_key=backup_key)
    assert decided_restore(db_path) is None
