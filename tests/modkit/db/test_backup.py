"""Backups: verified before they get their name, and of use when the worst has happened."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db import Database, Migration, migrate
from modkit.db import backup as backup_module
from modkit.db.backup import create_backup, list_backups, prune
from modkit.db.connect import raw_connect
from modkit.db.errors import BackupDamaged, BackupFailed, BackupOfOtherKey
from modkit.db.verify import count_rows, verify_backup
from modkit.keys import DataKey
from modkit.security import SecurityContext
from tests.support.notes_db import MARKER, MIGRATIONS, Note, notes_database

PAGE = 4096


@pytest.fixture
async def filled(db: Database, ctx: SecurityContext) -> Database:
    async with db.write(ctx) as session:
        await session.insert_many([Note(title=f"{MARKER} {number}", body="x" * 500) for number in range(10)])
    return db


async def test_a_backup_has_every_row_and_is_encrypted(filled: Database, key: DataKey, home: Path) -> None:
    backup = await create_backup(filled.file)
    assert backup.path.parent == home / "backups"
    assert backup.size_bytes == backup.path.stat().st_size
    verified = verify_backup(backup.path, key)
    assert verified.rows["test_notes"] == 10
    assert verified.rows["outbox"] == 10
    assert MARKER.encode() not in backup.path.read_bytes()
    assert list_backups(home / "backups") == [backup]
    names = sorted(path.name for path in (home / "backups").iterdir())
    assert names == [backup.path.name, f"{backup.path.name}.check"]
    assert sys.platform == "win32" or backup.path.stat().st_mode & 0o077 == 0


async def test_a_backup_opens_like_the_database(filled: Database, key: DataKey, ctx: SecurityContext) -> None:
    backup = await create_backup(filled.file)
    async with notes_database(backup.path, key, create=False) as copy, copy.read(ctx) as session:
        assert await session.count(session.select(Note)) == 10


async def test_writing_goes_on_while_a_backup_is_made(filled: Database, ctx: SecurityContext, key: DataKey) -> None:
    async def write(number: int) -> None:
        async with filled.write(ctx) as session:
            await session.insert(Note(title=f"meanwhile {number}"))

    writing = asyncio.gather(*(write(number) for number in range(15)))
    backup = await create_backup(filled.file)
    await writing
    assert 10 <= verify_backup(backup.path, key).rows["test_notes"] <= 25
    async with filled.read(ctx) as session:
        assert await session.count(session.select(Note)) == 25


@pytest.fixture
def overtake(filled: Database, key: DataKey, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes another program add a shop while each of the first copies is made."""

    def arrange(copies: int) -> None:
        remaining = iter(range(copies))

        def count_and_change(connection: sqlcipher.Connection) -> dict[str, int]:
            counted = count_rows(connection)
            if next(remaining, None) is not None:
                other = raw_connect(filled.path, key, "rw")
                other.execute("INSERT INTO test_shops (id) VALUES (hex(randomblob(4)))")
                other.close()
            return counted

        monkeypatch.setattr(backup_module, "count_rows", count_and_change)

    return arrange


async def test_a_copy_that_was_overtaken_is_made_again(
    filled: Database, key: DataKey, overtake: Callable[[int], None]
) -> None:
    overtake(1)
    backup = await create_backup(filled.file)
    assert verify_backup(backup.path, key).rows["test_shops"] == 1


async def test_a_copy_that_is_overtaken_again_and_again_is_given_up(
    filled: Database, home: Path, overtake: Callable[[int], None]
) -> None:
    overtake(3)
    with pytest.raises(BackupFailed, match="keeps changing"):
        await create_backup(filled.file)
    assert list((home / "backups").iterdir()) == []


async def test_only_the_newest_of_a_label_are_kept(filled: Database, home: Path) -> None:
    manual = await create_backup(filled.file)
    made = [await create_backup(filled.file, label="daily", keep=2) for _ in range(4)]
    assert list_backups(home / "backups") == [made[3], made[2], manual]
    assert list_backups(home / "backups", "other") == []
    assert prune(home / "backups", "hyperspot", "manual", 0) == [manual.path]


async def test_a_missing_folder_has_no_backups(home: Path) -> None:
    assert list_backups(home / "backups") == []


async def test_foreign_files_in_the_folder_are_not_backups(filled: Database, home: Path) -> None:
    await create_backup(filled.file)
    (home / "backups" / "notes.txt").write_text("mine")
    (home / "backups" / "hyperspot-20260101T000000000000Z-manual.db.partial").write_text("half")
    assert len(list_backups(home / "backups")) == 1


async def test_a_bad_label_is_a_programming_error(filled: Database) -> None:
    with pytest.raises(ValueError, match="label"):
        await create_backup(filled.file, label="../x")


@pytest.mark.parametrize("at", [0, 5 * PAGE + 100, -PAGE])
async def test_a_flipped_bit_is_found(filled: Database, key: DataKey, at: int) -> None:
    backup = await create_backup(filled.file)
    data = bytearray(backup.path.read_bytes())
    data[at] ^= 1
    backup.path.write_bytes(data)
    with pytest.raises(BackupDamaged, match="not usable") as caught:
        verify_backup(backup.path, key)
    assert "backup list" in caught.value.action


async def test_a_truncated_missing_or_foreign_backup_is_damaged(filled: Database, key: DataKey, home: Path) -> None:
    backup = await create_backup(filled.file)
    with pytest.raises(BackupOfOtherKey) as caught:
        verify_backup(backup.path, DataKey.generate())
    assert "--recovery-code" in caught.value.action
    backup.path.write_bytes(backup.path.read_bytes()[:-PAGE])
    with pytest.raises(BackupDamaged, match="shorter"):
        verify_backup(backup.path, key)
    with pytest.raises(BackupDamaged, match="does not exist"):
        verify_backup(home / "nothing.db", key)


async def test_a_folder_that_cannot_be_made_fails_the_backup(filled: Database, home: Path) -> None:
    (home / "backups").write_text("a file in the way")
    with pytest.raises(BackupFailed) as caught:
        await create_backup(filled.file)
    assert caught.value.action
    assert filled.file.changed_since_backup


async def test_a_full_disk_fails_the_backup_before_it_starts(
    filled: Database, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10))
    with pytest.raises(BackupFailed, match="free space"):
        await create_backup(filled.file)
    assert list((home / "backups").iterdir()) == []


async def test_a_change_of_the_schema_is_preceded_by_a_verified_backup(
    filled: Database, key: DataKey, home: Path
) -> None:
    more = (*MIGRATIONS, Migration("0002_more", ("DELETE FROM test_notes",)))
    report = await migrate(filled.file, "notes", more)
    assert (report.applied, report.skipped) == (1, 1)
    [backup] = list_backups(home / "backups")
    assert backup.label == "before-migration"
    assert verify_backup(backup.path, key).rows["test_notes"] == 10


async def test_two_modules_migrating_at_one_start_share_a_backup(filled: Database, home: Path) -> None:
    await migrate(filled.file, "notes", (*MIGRATIONS, Migration("0002_more", ("CREATE TABLE more (x)",))))
    await migrate(filled.file, "other", (Migration("0001_initial", ("CREATE TABLE other (x)",)),))
    assert len(list_backups(home / "backups")) == 1


async def test_the_first_start_makes_no_backup_of_empty_tables(db: Database, home: Path) -> None:
    await migrate(db.file, "other", (Migration("0001_initial", ("CREATE TABLE other (x)",)),))
    assert list_backups(home / "backups") == []


async def test_a_change_after_the_backup_asks_for_another_one(
    filled: Database, home: Path, ctx: SecurityContext
) -> None:
    await create_backup(filled.file, label="before-migration")
    async with filled.write(ctx) as session:
        await session.insert(Note(title="later"))
    await migrate(filled.file, "other", (Migration("0001_initial", ("CREATE TABLE other (x)",)),))
    assert len(list_backups(home / "backups")) == 2


async def test_without_a_backup_nothing_is_migrated(filled: Database, home: Path) -> None:
    (home / "backups").write_text("a file in the way")
    with pytest.raises(BackupFailed):
        await migrate(filled.file, "other", (Migration("0001_initial", ("CREATE TABLE other (x)",)),))
    (home / "backups").unlink()
    report = await migrate(filled.file, "other", (Migration("0001_initial", ("CREATE TABLE other (x)",)),))
    assert report.applied == 1


async def test_a_file_that_can_be_rebuilt_is_not_backed_up(filled: Database, home: Path) -> None:
    filled.file.rebuildable = True
    await migrate(filled.file, "other", (Migration("0001_initial", ("CREATE TABLE other (x)",)),))
    assert list_backups(home / "backups") == []


async def test_a_backup_made_after_the_clock_was_set_back_is_the_newest_and_stays(
    filled: Database, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [await create_backup(filled.file, keep=2) for _ in range(2)]
    monkeypatch.setattr(backup_module, "utc_now", lambda: datetime(2020, 1, 1, tzinfo=UTC))
    after = await create_backup(filled.file, keep=2)
    assert list_backups(home / "backups") == [after, before[1]]
    assert after.path.exists()


async def test_an_old_backup_that_cannot_be_removed_does_not_make_the_new_one_fail(
    filled: Database, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = await create_backup(filled.file, keep=1)

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        new = await create_backup(filled.file, keep=1)
    assert list_backups(home / "backups") == [new, old]
