"""Opening files that are ours, and files that are not: the latter stay as they are, byte by byte."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db import Database, open_database_file
from modkit.db.connect import OpenOptions, open_connection, probe, raw_connect
from modkit.db.errors import (
    DamagedDatabase,
    DatabaseError,
    DatabaseLocked,
    ForeignDatabase,
    MissingDatabase,
    OpenError,
    ReadOnlyDatabase,
    ReadOnlyHome,
    TruncatedDatabase,
    UnreadableDatabase,
    WrongKey,
)
from modkit.keys import DataKey
from modkit.security import SecurityContext
from tests.support.notes_db import MARKER, Note, notes_database

PAGE = 4096


def digests(folder: Path) -> dict[str, str]:
    """The content of every file below a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
async def filled(db_path: Path, key: DataKey, ctx: SecurityContext) -> Path:
    """A closed database with a note in it."""
    async with notes_database(db_path, key) as db, db.write(ctx) as session:
        await session.insert_many([Note(title=f"{MARKER} {number}", body=MARKER * 200) for number in range(20)])
    return db_path


async def test_a_new_file_is_private_and_complete(db: Database, db_path: Path) -> None:
    assert sys.platform == "win32" or db_path.stat().st_mode & 0o077 == 0
    assert {path.name for path in db_path.parent.iterdir()} == {
        "hyperspot.db",
        "hyperspot.db-shm",
        "hyperspot.db-wal",
    }
    assert db.path == db_path
    assert db.read_only_reason is None


async def test_nothing_readable_reaches_the_disk(db: Database, ctx: SecurityContext, home: Path) -> None:
    async with db.write(ctx) as session:
        await session.insert(Note(title=MARKER, body=MARKER * 5000))
    files = [path for path in home.rglob("*") if path.is_file()]
    assert len(files) == 3
    assert [path for path in files if MARKER.encode() in path.read_bytes()] == []


async def test_plain_sqlite_cannot_read_it(filled: Path) -> None:
    connection = sqlite3.connect(filled)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        connection.execute("SELECT count(*) FROM sqlite_master")
    connection.close()


async def test_it_opens_again_with_its_key(filled: Path, key: DataKey, ctx: SecurityContext) -> None:
    async with notes_database(filled, key, create=False) as db, db.read(ctx) as session:
        assert await session.count(session.select(Note)) == 20


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], type[OpenError]]] = {
    "empty": (lambda data: b"", TruncatedDatabase),
    "half a page": (lambda data: data[: PAGE // 2], TruncatedDatabase),
    "one page": (lambda data: data[:PAGE], TruncatedDatabase),
    "half of it": (lambda data: data[: len(data) // 2 // PAGE * PAGE], TruncatedDatabase),
    "a few bytes short": (lambda data: data[:-100], TruncatedDatabase),
    "one page short": (lambda data: data[:-PAGE], TruncatedDatabase),
    "random pages": (lambda data: os.urandom(4 * PAGE), WrongKey),
    "random bytes": (lambda data: os.urandom(4 * PAGE + 17), ForeignDatabase),
    "a text": (lambda data: b"Dear diary, " * 1000, ForeignDatabase),
    "first page destroyed": (lambda data: os.urandom(PAGE) + data[PAGE:], WrongKey),
}


@pytest.mark.parametrize("name", DAMAGES)
async def test_a_damaged_file_is_named_and_left_alone(filled: Path, key: DataKey, home: Path, name: str) -> None:
    damage, expected = DAMAGES[name]
    filled.write_bytes(damage(filled.read_bytes()))
    before = digests(home)
    with pytest.raises(expected) as caught:
        await open_database_file(filled, key)
    assert caught.value.path == filled
    assert caught.value.sentence
    assert caught.value.action
    assert digests(home) == before


async def test_the_wrong_key_is_named_and_the_file_left_alone(filled: Path, home: Path) -> None:
    before = digests(home)
    with pytest.raises(WrongKey, match="another key"):
        await open_database_file(filled, DataKey.generate())
    assert digests(home) == before


async def test_an_unencrypted_database_is_foreign(db_path: Path, key: DataKey, home: Path) -> None:
    plain = sqlite3.connect(db_path)
    plain.execute("CREATE TABLE t (x)")
    plain.close()
    before = digests(home)
    with pytest.raises(ForeignDatabase, match="unencrypted SQLite"):
        await open_database_file(db_path, key)
    assert digests(home) == before


async def test_a_folder_in_place_of_the_file_is_foreign(db_path: Path, key: DataKey) -> None:
    db_path.mkdir()
    with pytest.raises(ForeignDatabase, match="not a file"):
        await open_database_file(db_path, key)


async def test_a_missing_file_is_not_made_when_it_must_exist(db_path: Path, key: DataKey, home: Path) -> None:
    with pytest.raises(MissingDatabase, match="does not exist"):
        await open_database_file(db_path, key, create=False)
    assert digests(home) == {}


async def test_a_page_damaged_inside_is_found_when_it_is_read(filled: Path, key: DataKey, ctx: SecurityContext) -> None:
    data = bytearray(filled.read_bytes())
    data[5 * PAGE :] = bytes(byte ^ 1 for byte in data[5 * PAGE :])
    filled.write_bytes(data)
    file = await open_database_file(filled, key)
    db = Database("notes", file)
    with pytest.raises(DamagedDatabase) as caught:
        async with db.read(ctx) as session:
            await session.all(session.select(Note))
    assert "backup" in caught.value.action
    await file.close()


async def test_a_database_of_a_newer_version_is_only_read(
    filled: Path, key: DataKey, ctx: SecurityContext, home: Path
) -> None:
    connection = raw_connect(filled, key, "rw")
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    before = digests(home)
    async with notes_database(filled, key) as db:
        assert db.read_only_reason is not None
        async with db.read(ctx) as session:
            assert await session.count(session.select(Note)) == 20
        with pytest.raises(ReadOnlyDatabase, match="newer version") as caught:
            async with db.write(ctx):
                pass
        assert "Update" in caught.value.action
    assert digests(home) == before


async def test_a_file_held_by_another_program_is_locked(filled: Path, key: DataKey, home: Path) -> None:
    other = raw_connect(filled, key, "rw")
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    before = digests(home)
    with pytest.raises(DatabaseLocked, match="in use"):
        await open_database_file(filled, key, OpenOptions(busy_timeout_ms=50))
    assert digests(home) == before
    other.close()


async def test_a_writer_waits_for_another_program_and_then_says_so(
    filled: Path, key: DataKey, ctx: SecurityContext
) -> None:
    file = await open_database_file(filled, key, OpenOptions(busy_timeout_ms=50))
    db = Database("notes", file)
    other = raw_connect(filled, key, "rw")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseLocked):
        async with db.write(ctx):
            pass
    other.execute("ROLLBACK")
    other.close()
    async with db.write(ctx) as session:
        await session.insert(Note(title="afterwards"))
    await file.close()


def test_every_pragma_that_durability_rests_on_is_set(filled: Path, key: DataKey) -> None:
    connection = open_connection(filled, key, OpenOptions(), read_only=False)
    pragmas = ("journal_mode", "synchronous", "fullfsync", "foreign_keys", "busy_timeout", "temp_store", "query_only")
    values = [connection.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in pragmas]
    connection.close()
    assert values == ["wal", 2, 1, 1, 5000, 2, 0]


def test_a_pragma_that_does_not_take_is_an_error(filled: Path, key: DataKey) -> None:
    with pytest.raises(DatabaseError, match="refused cache_size"):
        open_connection(filled, key, OpenOptions(cache_kib=2**40), read_only=False)


def test_a_file_that_vanished_before_it_was_opened_is_a_typed_error(db_path: Path, key: DataKey) -> None:
    with pytest.raises(ReadOnlyHome):
        open_connection(db_path, key, OpenOptions(), read_only=False)


def test_the_wrong_key_is_noticed_by_a_single_connection_too(filled: Path) -> None:
    with pytest.raises(WrongKey):
        open_connection(filled, DataKey.generate(), OpenOptions(), read_only=False)


@pytest.fixture
def shared_home(filled: Path) -> Iterator[Path]:
    """A home with a database in a place that other users can reach, which pytest's own folders are not."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)
        shutil.copy(filled, home / "hyperspot.db")
        yield home
        home.chmod(0o700)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
async def test_a_home_that_cannot_be_written_is_named(shared_home: Path) -> None:
    before = digests(shared_home)
    shared_home.chmod(0o555)
    (shared_home / "hyperspot.db").chmod(0o444)
    errors = await errors_as_nobody(shared_home / "hyperspot.db", shared_home / "new.db")
    assert errors == ["ReadOnlyHome", "ReadOnlyHome"]
    assert digests(shared_home) == before


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
async def test_a_file_that_cannot_be_read_is_named(shared_home: Path) -> None:
    shared_home.chmod(0o777)
    (shared_home / "hyperspot.db").chmod(0o000)
    assert await errors_as_nobody(shared_home / "hyperspot.db") == ["UnreadableDatabase"]


AS_NOBODY = """
import asyncio, os, sys, tempfile
from pathlib import Path
from modkit.db import open_database_file
from modkit.keys import DataKey
key = DataKey(bytes(range(32)))
async def warm_up(folder):
    # Whatever is imported late may lie where nobody may read.
    await (await open_database_file(Path(folder) / "warm.db", key)).close()
with tempfile.TemporaryDirectory() as folder:
    asyncio.run(warm_up(folder))
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
for path in sys.argv[1:]:
    try:
        asyncio.run(open_database_file(Path(path), key))
    except Exception as err:
        print(type(err).__name__)
"""


async def errors_as_nobody(*paths: Path) -> list[str]:
    """The errors of opening ``paths`` in a process without root's powers; root may write anywhere."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        AS_NOBODY,
        *map(str, paths),
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    return out.decode().split()


async def test_a_crash_in_the_middle_of_folding_the_log_in_heals(
    filled: Path, key: DataKey, ctx: SecurityContext, home: Path
) -> None:
    # given: the state on disk that a crash leaves: changes in the log, the file itself cut short
    async with notes_database(filled, key) as db:
        async with db.write(ctx) as session:
            await session.insert_many([Note(title=f"more {number}", body="x" * 3000) for number in range(30)])
        crashed = home / "crashed.db"
        crashed.write_bytes(filled.read_bytes())
        crashed.with_name("crashed.db-wal").write_bytes(filled.with_name("hyperspot.db-wal").read_bytes())
    # when
    async with notes_database(crashed, key) as healed, healed.read(ctx) as session:
        # then
        assert await session.count(session.select(Note)) == 50


@pytest.fixture
async def torn(filled: Path, key: DataKey, ctx: SecurityContext, home: Path) -> Path:
    """What a crash leaves that came in the middle of writing the first page back: half of it new, the log whole."""
    async with notes_database(filled, key) as db:
        async with db.write(ctx) as session:
            await session.insert_many([Note(title=f"more {number}", body="x" * 3000) for number in range(30)])
        old, log = filled.read_bytes(), filled.with_name("hyperspot.db-wal").read_bytes()
    path = home / "torn.db"
    path.write_bytes(filled.read_bytes()[: PAGE // 2] + old[PAGE // 2 :])
    path.with_name("torn.db-wal").write_bytes(log)
    return path


async def test_a_first_page_that_was_written_by_half_is_healed_by_the_log(
    torn: Path, key: DataKey, ctx: SecurityContext, home: Path
) -> None:
    before = digests(home)
    probe(torn, key)
    assert digests(home) == before
    async with notes_database(torn, key) as healed, healed.read(ctx) as session:
        assert await session.count(session.select(Note)) == 50


async def test_the_wrong_key_stays_the_wrong_key_beside_a_log(torn: Path, home: Path) -> None:
    before = digests(home)
    with pytest.raises(WrongKey):
        await open_database_file(torn, DataKey.generate())
    assert digests(home) == before
    assert not [path for path in home.iterdir() if path.is_dir()]


def test_the_key_shows_itself_nowhere(key: DataKey) -> None:
    import pickle

    assert key.raw.hex() not in f"{key!r} {key} {hash(key)}"
    with pytest.raises(TypeError, match="does not leave"):
        pickle.dumps(key)
    with pytest.raises(ValueError, match="32 bytes"):
        DataKey(b"short")
    assert key == DataKey(key.raw)
    assert key != DataKey.generate()
    assert len({key, DataKey(key.raw)}) == 1


def test_the_driver_is_the_encrypting_one() -> None:
    connection = sqlcipher.connect(":memory:")
    assert connection.execute("PRAGMA cipher_version").fetchone()[0].startswith("4.")
    connection.close()


async def test_a_file_that_the_engine_cannot_open_is_said(
    db_path: Path, key: DataKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with notes_database(db_path, key):
        pass

    def too_many_files(*_: object, **__: object) -> None:
        raise sqlcipher.OperationalError("unable to open database file")

    monkeypatch.setattr("modkit.db.connect.raw_connect", too_many_files)
    with pytest.raises(UnreadableDatabase, match="unable to open"):
        await open_database_file(db_path, key)
