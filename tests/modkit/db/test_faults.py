"""Kills and full disks: what was committed stays, what was not is gone, the database goes on."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from modkit.db import Database
from modkit.db.backup import create_backup, list_backups
from modkit.db.errors import BackupFailed, DatabaseIoError, NoSpace
from modkit.db.verify import verify_backup
from modkit.keys import DataKey
from modkit.security import SecurityContext
from tests.faults.plugin import MakeDisk
from tests.support.notes_db import Note, notes_database

WRITER = """
import asyncio, sys
from pathlib import Path
from modkit.keys import DataKey
from modkit.security import SecurityContext
from tests.faults.plugin import MakeDisk
from tests.support.notes_db import Note, notes_database

async def main():
    ctx = SecurityContext.local_user()
    async with notes_database(Path(sys.argv[1]), DataKey(bytes(range(32)))) as db:
        for number in range(100_000):
            async with db.write(ctx) as session:
                await session.insert(Note(title=f"first half {number}"))
                await session.insert(Note(title=f"second half {number}", body="x" * 2000))
            print(number, flush=True)

asyncio.run(main())
"""


async def write_and_kill(path: Path, after_lines: int) -> int:
    """Run a writer, kill it some time after it acknowledged ``after_lines`` transactions; gives the last one it did."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        WRITER,
        str(path),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    lines = [await process.stdout.readline() for _ in range(after_lines)]
    process.kill()
    rest, _ = await process.communicate()
    return int((lines + rest.splitlines())[-1])


async def test_kill_9_of_a_writer_loses_nothing_it_acknowledged(
    db_path: Path, key: DataKey, ctx: SecurityContext
) -> None:
    acknowledged = await write_and_kill(db_path, after_lines=7)
    async with notes_database(db_path, key) as db:
        async with db.read(ctx) as session:
            titles = [note.title for note in await session.all(session.select(Note))]
        backup = await create_backup(db.file)
    halves = [title.split()[-1] for title in titles]
    assert {str(number) for number in range(acknowledged + 1)} <= set(halves)
    # No transaction is there by half.
    assert len(halves) == 2 * len(set(halves))
    assert verify_backup(backup.path, key).rows["outbox"] == len(titles)


@pytest.fixture
def small_disk(make_disk: MakeDisk) -> Path:
    return make_disk(3)


async def fill(db: Database, ctx: SecurityContext) -> int:
    """Write notes until the disk is full; gives how many were stored."""
    stored = 0
    while True:
        async with db.write(ctx) as session:
            await session.insert(Note(title=f"note {stored}", body=os.urandom(60_000).hex()))
        stored += 1


async def test_a_full_disk_is_said_and_the_database_goes_on_when_there_is_space(
    small_disk: Path, key: DataKey, ctx: SecurityContext
) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 1_000_000)
    async with notes_database(small_disk / "hyperspot.db", key) as db:
        with pytest.raises(NoSpace, match="is full") as caught:
            await fill(db, ctx)
        assert "Free some space" in caught.value.action
        async with db.read(ctx) as session:
            stored = await session.count(session.select(Note))
        assert stored > 0
        ballast.unlink()
        async with db.write(ctx) as session:
            await session.insert(Note(title="after"))
        async with db.read(ctx) as session:
            assert await session.count(session.select(Note)) == stored + 1


async def test_a_backup_that_does_not_fit_leaves_nothing_behind(
    small_disk: Path, key: DataKey, ctx: SecurityContext, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with db.write(ctx) as session:
        await session.insert_many([Note(title=f"{number}", body=os.urandom(50_000).hex()) for number in range(50)])
    with pytest.raises(BackupFailed, match="free space"):
        await create_backup(db.file, small_disk)
    # The check before may be wrong when others write too: then the copy itself fails.
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1 << 40))
    with pytest.raises(BackupFailed):
        await create_backup(db.file, small_disk)
    assert list(small_disk.iterdir()) == []
    assert list_backups(small_disk) == []


async def test_no_room_for_a_new_database_is_said(small_disk: Path, key: DataKey) -> None:
    (small_disk / "ballast").write_bytes(b"x" * (3 * 1024 * 1024 - 8192))
    with pytest.raises(NoSpace):
        async with notes_database(small_disk / "hyperspot.db", key):
            pass
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
import asyncio, os
from pathlib import Path
from modkit.db.errors import DatabaseError
from modkit.keys import DataKey
from modkit.security import SecurityContext
from tests.faults.plugin import MakeDisk
from tests.support.notes_db import Note, notes_database

async def main():
    ctx = SecurityContext.local_user()
    async with notes_database(Path(sys.argv[1]), DataKey(bytes(range(32)))) as db:
        async with db.write(ctx) as session:
            await session.insert(Note(title="fits"))
        try:
            async with db.write(ctx) as session:
                await session.insert(Note(title="too large", body=os.urandom(400_000).hex()))
        except DatabaseError as err:
            print(type(err).__name__)
        async with db.read(ctx) as session:
            print([note.title for note in await session.all(session.select(Note))])

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is POSIX")
async def test_a_disk_that_refuses_to_write_is_said_and_nothing_is_stored_by_half(db_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        LIMITED,
        str(db_path),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    out, _ = await process.communicate()
    assert out.decode().split("\n") == [DatabaseIoError.__name__, "['fits']", ""]
