"""What the last check of a backup found is known without opening it, and never believed of another file."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from modkit.db import Database
from modkit.db.backup import check_backup, copy_backup, create_backup, describe_backup, list_backups, prune, rotate
from modkit.db.checks import check_file, failed, passed, read_check, write_check
from modkit.db.errors import BackupFailed
from modkit.db.rotation import RotationPolicy
from modkit.keys import DataKey, KeyStore
from modkit.keys.elsewhere import key_beside
from modkit.security import SecurityContext
from tests.support.notes_db import Note


@pytest.fixture
async def filled(db: Database, ctx: SecurityContext) -> Database:
    async with db.write(ctx) as session:
        await session.insert_many([Note(title=f"note {number}") for number in range(3)])
    return db


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[5 * 4096 + 100] ^= 1
    path.write_bytes(data)


async def test_a_new_backup_is_known_to_be_good_and_how_many_rows_it_has(filled: Database) -> None:
    made = await create_backup(filled.file)
    [listed] = list_backups(made.path.parent)
    assert listed.good
    assert listed.check is not None
    assert listed.check.rows["test_notes"] == 3


async def test_damage_is_remembered_once_it_was_found(filled: Database, key: DataKey) -> None:
    made = await create_backup(filled.file)
    damage(made.path)
    assert check_backup(made, key).check == read_check(made.path)
    [listed] = list_backups(made.path.parent)
    assert listed.check is not None
    assert not listed.good
    assert listed.check.problem


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"\xff\xfe", b'{"size_bytes": 7, "checked_at": 1, "ok": true, "problem": "", "rows": {}}'],
)
def test_a_result_that_cannot_be_read_counts_as_none(tmp_path: Path, content: bytes) -> None:
    backup = tmp_path / "x.db"
    backup.write_bytes(b"content")
    check_file(backup).write_bytes(content)
    assert read_check(backup) is None


def test_a_result_is_not_believed_of_a_file_of_another_size(tmp_path: Path) -> None:
    backup = tmp_path / "x.db"
    backup.write_bytes(b"content")
    write_check(backup, passed({"notes": 1}))
    assert read_check(backup) is not None
    backup.write_bytes(b"other content")
    assert read_check(backup) is None


def test_a_result_that_cannot_be_kept_is_no_error(tmp_path: Path) -> None:
    write_check(tmp_path / "gone" / "x.db", failed("why"))
    assert not (tmp_path / "gone").exists()


async def test_the_last_good_one_survives_the_limit_of_its_label(filled: Database, key: DataKey) -> None:
    good, *bad = [await create_backup(filled.file, keep=None) for _ in range(3)]
    for one in bad:
        damage(one.path)
        check_backup(one, key)
    folder = good.path.parent
    assert set(prune(folder, "hyperspot", "manual", 0)) == {one.path for one in bad}
    assert [one.path for one in list_backups(folder)] == [good.path]
    assert sorted(path.name for path in folder.iterdir()) == [good.path.name, f"{good.path.name}.check"]


async def test_rotating_a_folder_touches_neither_other_databases_nor_foreign_files(filled: Database) -> None:
    made = [await create_backup(filled.file, keep=None) for _ in range(3)]
    folder = made[0].path.parent
    other = folder / made[0].path.name.replace("hyperspot", "other")
    other.write_bytes(b"another database")
    (folder / "mine.txt").write_text("mine")
    assert rotate(folder, "hyperspot", RotationPolicy(others=1)) == [made[0].path, made[1].path]
    assert {other.name, "mine.txt", made[2].path.name} <= {path.name for path in folder.iterdir()}


async def test_a_second_copy_is_checked_where_it_lies(filled: Database, key: DataKey, tmp_path: Path) -> None:
    made = await create_backup(filled.file)
    keys = tmp_path / "keyring.json"
    keys.write_text("{}")
    second = copy_backup(made, tmp_path / "usb", key, (keys,))
    assert second.path == tmp_path / "usb" / made.path.name
    assert second.good
    assert second.path.read_bytes() == made.path.read_bytes()
    assert (tmp_path / "usb" / "keyring.json").exists()


async def test_keys_of_other_backups_in_the_folder_are_kept(
    filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    mine, theirs = KeyStore(tmp_path / "mine"), KeyStore(tmp_path / "theirs")
    filled.file.companions = (tmp_path / "mine" / "keys" / "keyring.json",)
    await mine.create()
    their_key = await theirs.create()
    folder = tmp_path / "backups"
    folder.mkdir()
    shutil.copy(tmp_path / "theirs" / "keys" / "keyring.json", folder)
    backup = await create_backup(filled.file, folder)
    assert key_beside(backup.path, theirs.fresh_recovery_code or "") == their_key


async def test_a_second_copy_of_a_damaged_backup_is_not_made(filled: Database, key: DataKey, tmp_path: Path) -> None:
    made = await create_backup(filled.file)
    damage(made.path)
    with pytest.raises(BackupFailed, match="integrity"):
        copy_backup(made, tmp_path / "usb", key)
    assert list((tmp_path / "usb").iterdir()) == []


async def test_a_second_copy_needs_room_and_a_folder(filled: Database, key: DataKey, tmp_path: Path) -> None:
    made = await create_backup(filled.file)
    with pytest.raises(BackupFailed, match="free space"):
        copy_backup(replace(made, size_bytes=1 << 60), tmp_path / "usb", key)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BackupFailed):
        copy_backup(made, tmp_path / "file", key)


async def test_a_file_of_another_name_is_described_too(filled: Database) -> None:
    made = await create_backup(filled.file)
    renamed = made.path.rename(made.path.with_name("hyperspot.db.replaced-x"))
    described = describe_backup(renamed)
    assert (described.stem, described.label, described.good) == ("hyperspot", "", False)
