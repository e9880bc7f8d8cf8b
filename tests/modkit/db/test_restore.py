"""A backup takes the place of a database, and whatever happens meanwhile, nothing that was committed is lost."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from modkit.db import open_database_file
from modkit.db.backup import create_backup
from modkit.db.errors import BackupDamaged, LostDatabase, MissingDatabase, RestoreFailed, RestoreUnfinished
from modkit.db.restore import restore_backup
from modkit.keys import DataKey
from modkit.security import SecurityContext
from tests.support.notes_db import Note, notes_database


@pytest.fixture
async def backup(key: DataKey, tmp_path: Path, ctx: SecurityContext) -> Path:
    """A backup with one note, ``saved``, made elsewhere."""
    async with notes_database(tmp_path / "elsewhere" / "hyperspot.db", key) as db:
        async with db.write(ctx) as session:
            await session.insert(Note(title="saved"))
        return (await create_backup(db.file)).path


@pytest.fixture
async def old(key: DataKey, db_path: Path, tmp_path: Path, ctx: SecurityContext) -> Path:
    """A database as a kill leaves it: one note, ``only in the log``, that is not in the file itself."""
    live = tmp_path / "live" / "hyperspot.db"
    async with notes_database(live, key):
        pass
    async with notes_database(live, key) as db:
        async with db.write(ctx) as session:
            await session.insert(Note(title="only in the log"))
        db_path.write_bytes(live.read_bytes())
        log_of(db_path).write_bytes(log_of(live).read_bytes())
    return db_path


def log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


async def titles(path: Path, key: DataKey, ctx: SecurityContext) -> list[str]:
    async with notes_database(path, key, create=False) as db, db.read(ctx) as session:
        return [note.title for note in await session.all(session.select(Note))]


async def test_a_backup_replaces_a_damaged_database_which_is_kept(
    backup: Path, key: DataKey, db_path: Path, ctx: SecurityContext
) -> None:
    db_path.write_bytes(b"ruined" * 1000)
    log_of(db_path).write_bytes(b"old log")
    kept = restore_backup(backup, db_path, key)
    assert kept is not None
    assert kept.read_bytes() == b"ruined" * 1000
    assert log_of(kept).read_bytes() == b"old log"
    assert not log_of(db_path).exists()
    assert await titles(db_path, key, ctx) == ["saved"]
    assert sys.platform == "win32" or db_path.stat().st_mode & 0o077 == 0


async def test_the_replaced_file_has_what_was_only_in_its_log_and_can_be_restored_itself(
    backup: Path, old: Path, key: DataKey, ctx: SecurityContext
) -> None:
    kept = restore_backup(backup, old, key)
    assert kept is not None
    assert await titles(old, key, ctx) == ["saved"]
    again = restore_backup(kept, old, key)
    assert await titles(old, key, ctx) == ["only in the log"]
    assert again is not None
    assert await titles(again, key, ctx) == ["saved"]
    assert await titles(kept, key, ctx) == ["only in the log"]


async def test_a_backup_that_is_not_usable_replaces_nothing(backup: Path, key: DataKey, home: Path) -> None:
    target = home / "target.db"
    target.write_text("precious")
    with pytest.raises(BackupDamaged):
        restore_backup(backup, target, DataKey.generate())
    with pytest.raises(RestoreFailed, match="could not be restored"):
        restore_backup(backup, home / "no such folder" / "target.db", key)
    with pytest.raises(RestoreFailed, match="itself"):
        restore_backup(backup, backup, key)
    log_of(backup).write_bytes(b"not its log" * 1000)
    with pytest.raises(BackupDamaged) as caught:
        restore_backup(backup, target, DataKey.generate())
    assert backup.name in caught.value.sentence
    assert target.read_text() == "precious"
    assert [path.name for path in home.iterdir()] == ["target.db"]


async def test_where_nothing_was_nothing_is_kept(backup: Path, key: DataKey, db_path: Path) -> None:
    assert restore_backup(backup, db_path, key) is None


KILLED = """
import os, sys
from pathlib import Path
from modkit.db.restore import restore_backup
from modkit.keys import DataKey
backup, target, links, steps = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "links", int(sys.argv[4])
def hook(event, args):
    global steps
    if event not in ("os.rename", "os.link") or target.name not in str(args[0]):
        return
    if event == "os.link" and not links:
        raise PermissionError("no hard links here")
    steps -= 1
    if steps < 0:
        os._exit(9)
sys.addaudithook(hook)
restore_backup(backup, target, DataKey(bytes(range(32))))
"""


async def killed_after(steps: int, backup: Path, target: Path, *, links: bool) -> int:
    """Restore in a process that ends before it links or renames once more than ``steps`` times; gives its code."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", KILLED, str(backup), str(target), "links" if links else "none", str(steps)),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return await process.wait()


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize(
    ("steps", "code", "now"),
    [
        (0, 9, "only in the log"),
        (1, 9, "saved"),
        (2, 9, "saved"),
        (3, 9, "saved"),
        (4, 0, "saved"),
    ],
)
async def test_a_kill_at_any_step_leaves_the_old_or_the_new_database_and_never_loses_the_old(
    backup: Path, old: Path, key: DataKey, ctx: SecurityContext, links: bool, steps: int, code: int, now: str
) -> None:
    assert await killed_after(steps, backup, old, links=links) == code
    assert await titles(old, key, ctx) == [now]
    everywhere = [old, *old.parent.glob("hyperspot.db.replaced-*Z")]
    assert "only in the log" in [title for path in everywhere for title in await titles(path, key, ctx)]
    assert list(old.parent.glob("*.restoring-*")) == []


@pytest.mark.parametrize("links", [True, False])
async def test_an_interrupted_restore_can_be_followed_by_another(
    backup: Path, old: Path, key: DataKey, ctx: SecurityContext, links: bool
) -> None:
    assert await killed_after(3, backup, old, links=links) == 9
    kept = restore_backup(backup, old, key)
    assert kept is not None
    assert await titles(kept, key, ctx) == ["only in the log"]
    assert await titles(old, key, ctx) == ["saved"]


async def test_a_restore_that_cannot_be_finished_is_named_and_nothing_new_is_made(
    backup: Path, old: Path, key: DataKey
) -> None:
    assert await killed_after(3, backup, old, links=False) == 9
    [decided] = old.parent.glob("*.restoring-*")
    decided.write_bytes(decided.read_bytes()[:-100])
    with pytest.raises(RestoreUnfinished, match="shorter") as caught:
        await open_database_file(old, key)
    assert "hyperspot backup restore" in caught.value.action
    assert not old.exists()


@pytest.mark.parametrize(
    "remain", ["-wal", ".replaced-20260101T000000Z", ".restoring", ".restoring.partial", ".ballast"]
)
async def test_no_new_database_is_made_where_something_is_left_of_an_old_one(
    db_path: Path, key: DataKey, remain: str
) -> None:
    left = db_path.with_name(db_path.name + remain)
    left.write_bytes(b"something")
    with pytest.raises(LostDatabase, match=left.name) as caught:
        await open_database_file(db_path, key)
    assert "hyperspot backup restore" in caught.value.action
    assert [path.name for path in db_path.parent.iterdir()] == [left.name]


async def test_no_new_database_is_made_where_backups_of_it_are(db_path: Path, key: DataKey) -> None:
    folder = db_path.parent / "backups"
    folder.mkdir()
    names = [f"{db_path.stem}-2026010{day}T000000000000Z-automatic.db" for day in range(1, 6)]
    for name in names:
        (folder / name).write_bytes(b"something")
    with pytest.raises(LostDatabase, match="and 2 more") as caught:
        await open_database_file(db_path, key)
    # then: the newest are named
    assert [path.name for path in caught.value.remains] == names[::-1]
    assert names[-1] in caught.value.sentence
    assert not db_path.exists()


async def test_backups_of_another_file_do_not_hinder_a_new_database(db_path: Path, key: DataKey) -> None:
    folder = db_path.parent / "backups"
    folder.mkdir()
    (folder / "other-20260101T000000000000Z-automatic.db").write_bytes(b"something")
    file = await open_database_file(db_path, key)
    await file.close()
    assert db_path.exists()


async def test_an_empty_log_is_nothing_that_is_left(db_path: Path, key: DataKey) -> None:
    log_of(db_path).touch()
    with pytest.raises(MissingDatabase):
        await open_database_file(db_path, key, create=False)
    file = await open_database_file(db_path, key)
    await file.close()
