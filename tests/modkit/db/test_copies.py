"""A backup as one module sees it: read through the module's own handle, never changed."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from modkit.db import Database, Migration
from modkit.db.backup import create_backup
from modkit.db.copies import opened_copy
from modkit.db.errors import BackupDamaged, NoSpace, ReadOnlyHome
from modkit.keys import DataKey
from modkit.security import SecurityContext
from tests.support.notes_db import MIGRATIONS, Note, notes_database


@pytest.fixture
async def backup(db: Database, ctx: SecurityContext) -> Path:
    async with db.write(ctx) as session:
        await session.insert(Note(title="kept"))
    return (await create_backup(db.file)).path


async def test_an_opened_copy_reads_the_backup_and_leaves_no_trace(
    db: Database, backup: Path, ctx: SecurityContext
) -> None:
    before, names = backup.read_bytes(), sorted(db.path.parent.iterdir())
    async with opened_copy(db.file, backup, "notes", MIGRATIONS) as copy:
        async with copy.read(ctx) as session:
            assert [note.title for note in await session.all(session.select(Note))] == ["kept"]
        async with copy.write(ctx) as session:
            await session.insert(Note(title="lost"))
    assert backup.read_bytes() == before
    assert sorted(db.path.parent.iterdir()) == names


async def test_an_older_backup_is_brought_up_to_date_in_the_copy_alone(
    db: Database, backup: Path, ctx: SecurityContext
) -> None:
    before = backup.read_bytes()
    newer = (*MIGRATIONS, Migration("0002_renamed", ("UPDATE test_notes SET title = title || ' and renamed'",)))
    async with opened_copy(db.file, backup, "notes", newer) as copy, copy.read(ctx) as session:
        assert [note.title for note in await session.all(session.select(Note))] == ["kept and renamed"]
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.glob("*.db")] == [backup.name]


async def test_a_backup_of_a_newer_version_can_be_read(db: Database, ctx: SecurityContext) -> None:
    backup = (await create_backup(db.file)).path
    async with opened_copy(db.file, backup, "notes", ()) as copy, copy.read(ctx) as session:
        assert copy.read_only_reason is not None
        assert await session.count(session.select(Note)) == 0


async def test_a_backup_made_with_another_key_opens_with_it(db: Database, tmp_path: Path, ctx: SecurityContext) -> None:
    other = DataKey.generate()
    async with notes_database(tmp_path / "other" / "hyperspot.db", other) as theirs:
        backup = (await create_backup(theirs.file)).path
    with pytest.raises(BackupDamaged):
        async with opened_copy(db.file, backup, "notes", MIGRATIONS):
            pass
    async with opened_copy(db.file, backup, "notes", MIGRATIONS, key=other) as copy, copy.read(ctx) as session:
        assert await session.count(session.select(Note)) == 0


async def test_a_damaged_backup_does_not_open(db: Database, backup: Path) -> None:
    data = bytearray(backup.read_bytes())
    data[3 * 4096 + 7] ^= 1
    backup.write_bytes(data)
    with pytest.raises(BackupDamaged):
        async with opened_copy(db.file, backup, "notes", MIGRATIONS):
            pass


async def test_without_room_or_rights_for_the_copy_nothing_is_left(
    db: Database, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = sorted(db.path.parent.iterdir())

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "not yours")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10))
        with pytest.raises(NoSpace):
            async with opened_copy(db.file, backup, "notes", MIGRATIONS):
                pass
    with monkeypatch.context() as patch:
        patch.setattr("modkit.db.copies.tempfile.mkdtemp", refuse)
        with pytest.raises(ReadOnlyHome):
            async with opened_copy(db.file, backup, "notes", MIGRATIONS):
                pass
    with monkeypatch.context() as patch:
        patch.setattr("modkit.db.copies.shutil.copyfile", refuse)
        with pytest.raises(BackupDamaged, match="not yours"):
            async with opened_copy(db.file, backup, "notes", MIGRATIONS):
                pass
    assert sorted(db.path.parent.iterdir()) == names
