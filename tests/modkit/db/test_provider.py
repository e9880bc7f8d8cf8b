"""The provider as the host uses it."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from modkit.config.database import DatabaseSettings
from modkit.db import Migration
from modkit.db.backup import create_backup, list_backups
from modkit.db.errors import MissingDatabase, WrongKey
from modkit.db.provider import SqlCipherProvider, UnsupportedEngine
from modkit.db.recovery.record_of_checks import CheckResult, last_check, remember_check
from modkit.db.repair_notes import repair_notes
from modkit.db.restore import restore_backup
from modkit.keys import DataKey, KeyStore
from modkit.keys.errors import KeysMissing
from modkit.security import SecurityContext
from tests.modkit.db.recovery.damage import flip
from tests.support.notes_db import MIGRATIONS, Note


class CountingKey:
    """A source that says how often it was asked."""

    def __init__(self, key: DataKey) -> None:
        self.key = key
        self.asked = 0

    async def open_or_create(self) -> DataKey:
        self.asked += 1
        return self.key


@pytest.fixture
def settings(db_path: Path) -> DatabaseSettings:
    return DatabaseSettings("sqlite", path=db_path)


async def test_modules_share_a_file_but_not_a_handle(
    home: Path, key: DataKey, settings: DatabaseSettings, ctx: SecurityContext
) -> None:
    source = CountingKey(key)
    provider = SqlCipherProvider(source, home)
    notes, other = await provider.open("notes", settings), await provider.open("other", settings)
    assert notes is not other
    assert notes is await provider.open("notes", settings)
    assert notes.file is other.file
    assert source.asked == 1
    report = await provider.migrate("notes", MIGRATIONS)
    assert report.applied == 1
    async with notes.write(ctx) as session:
        await session.insert(Note(title="hello"))
    assert [file.path.name for file in provider.files] == ["hyperspot.db"]
    await provider.close()
    await provider.close()
    assert provider.files == ()


async def test_files_that_can_be_rebuilt_have_no_backups(home: Path, key: DataKey, settings: DatabaseSettings) -> None:
    provider = SqlCipherProvider(CountingKey(key), home)
    await provider.open("index", replace(settings, path=home / "index.db"))
    await provider.migrate("index", MIGRATIONS)
    await provider.migrate("index", (*MIGRATIONS, Migration("0002_more", ("CREATE TABLE more (n)",))))
    await provider.close()
    assert list_backups(home / "backups") == []


async def test_the_key_is_made_at_the_first_start_and_found_at_the_next(
    home: Path, settings: DatabaseSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    for expected in (1, 0):
        provider = SqlCipherProvider(KeyStore(home), home)
        await provider.open("notes", settings)
        assert (await provider.migrate("notes", MIGRATIONS)).applied == expected
        await provider.close()


async def test_a_lost_key_never_makes_a_new_empty_profile(
    home: Path, settings: DatabaseSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    provider = SqlCipherProvider(KeyStore(home), home)
    await provider.open("notes", settings)
    await provider.close()
    (home / "keys").rename(home / "lost")
    with pytest.raises(KeysMissing):
        await SqlCipherProvider(KeyStore(home), home).open("notes", settings)
    assert not (home / "keys").exists()


async def test_what_this_provider_cannot_open_is_said(home: Path, key: DataKey, settings: DatabaseSettings) -> None:
    provider = SqlCipherProvider(CountingKey(key), home)
    with pytest.raises(UnsupportedEngine, match="postgres"):
        await provider.open("notes", DatabaseSettings("postgres", host="db"))
    with pytest.raises(UnsupportedEngine, match="in-memory"):
        await provider.open("notes", DatabaseSettings("sqlite"))
    missing = replace(settings, path=home / "no" / "x.db", auto_provision=False)
    with pytest.raises(MissingDatabase):
        await provider.open("notes", missing)
    await provider.close()


async def test_durability_can_be_raised_but_not_lowered(home: Path, key: DataKey, settings: DatabaseSettings) -> None:
    lowered = replace(settings, params={"synchronous": "OFF", "wal": "false", "busy_timeout": "50"})
    raised = replace(settings, path=home / "other.db", params={"synchronous": "extra"})
    provider = SqlCipherProvider(CountingKey(key), home)
    values = []
    for name, one in (("lowered", lowered), ("raised", raised)):
        db = await provider.open(name, one)
        async with db.file.reading() as connection:
            pragmas = ("synchronous", "journal_mode", "busy_timeout")
            values.append([(await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar_one() for pragma in pragmas])
    await provider.close()
    assert values == [[2, "wal", 50], [3, "wal", 5000]]


async def test_what_a_kill_left_half_made_is_swept_away(home: Path, key: DataKey, settings: DatabaseSettings) -> None:
    before = SqlCipherProvider(CountingKey(key), home)
    await before.open("notes", settings)
    await before.close()
    (home / "backups").mkdir()
    leftovers = [home / "hyperspot.db.new-99", home / "backups" / "hyperspot-1-manual.db.partial"]
    probed = home / "hyperspot.db.probe-x1" / "hyperspot.db"
    probed.parent.mkdir()
    leftovers.append(probed)
    kept = home / "backups" / "hyperspot-20260101T000000000000Z-manual.db"
    for path in (*leftovers, kept):
        path.write_bytes(b"x")
    provider = SqlCipherProvider(CountingKey(key), home)
    await provider.open("notes", settings)
    await provider.close()
    assert [path.exists() for path in (*leftovers, probed.parent, kept)] == [False, False, False, False, True]


async def test_the_backups_folder_and_the_recovery_code_are_enough_on_another_computer(
    home: Path, tmp_path: Path, settings: DatabaseSettings, ctx: SecurityContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    keys = KeyStore(home)
    provider = SqlCipherProvider(keys, home)
    db = await provider.open("notes", settings)
    await provider.migrate("notes", MIGRATIONS)
    async with db.write(ctx) as session:
        await session.insert(Note(title="hello"))
    backup = await create_backup(db.file)
    await provider.close()
    names = sorted(path.name for path in (home / "backups").iterdir())
    assert names == [backup.path.name, f"{backup.path.name}.check", "keyring.json"]
    # when: only the backups folder is left of the home
    saved = tmp_path / "usb stick"
    (home / "backups").rename(saved)
    shutil.rmtree(home)
    (home / "keys").mkdir(parents=True)
    shutil.copy(saved / "keyring.json", home / "keys")
    assert keys.fresh_recovery_code is not None
    key = await KeyStore(home).unlock_with_recovery(keys.fresh_recovery_code)
    # then
    restore_backup(saved / backup.path.name, home / "hyperspot.db", key)
    provider = SqlCipherProvider(KeyStore(home), home)
    db = await provider.open("notes", settings)
    async with db.read(ctx) as session:
        assert [note.title for note in await session.all(session.select(Note))] == ["hello"]
    await provider.close()


async def test_a_damaged_file_that_can_be_rebuilt_is_set_aside_and_made_anew(
    home: Path, key: DataKey, settings: DatabaseSettings, ctx: SecurityContext
) -> None:
    index = replace(settings, path=home / "index.db")
    (home / "index.db").write_bytes(b"\x5a" * 8192)
    (home / "index.db-wal").write_bytes(b"a log of something else")
    provider = SqlCipherProvider(CountingKey(key), home)
    database = await provider.open("notes", index)
    await provider.migrate("notes", MIGRATIONS)
    async with database.write(ctx) as session:
        await session.insert(Note(title="hello"))
    await provider.close()
    assert (home / "index.db.set-aside").read_bytes() == b"\x5a" * 8192
    assert ["made anew" in note.sentence for note in repair_notes(home / "index.db")] == [True]


async def test_a_damaged_file_that_cannot_be_rebuilt_is_left_as_it_is(
    home: Path, key: DataKey, settings: DatabaseSettings, db_path: Path
) -> None:
    db_path.write_bytes(b"\x5a" * 8192)
    provider = SqlCipherProvider(CountingKey(key), home)
    with pytest.raises(WrongKey):
        await provider.open("notes", settings)
    await provider.close()
    assert db_path.read_bytes() == b"\x5a" * 8192


async def test_an_open_file_can_start_over_while_others_read(
    home: Path, key: DataKey, settings: DatabaseSettings, ctx: SecurityContext
) -> None:
    # given
    provider = SqlCipherProvider(CountingKey(key), home)
    database = await provider.open("notes", replace(settings, path=home / "index.db"))
    await provider.migrate("notes", MIGRATIONS)
    async with database.write(ctx) as session:
        await session.insert(Note(title="hello"))
    # when: the new file is asked for in the middle of a read
    async with database.read(ctx) as session:
        replacing = asyncio.create_task(database.file.start_over())
        assert await session.count(session.select(Note)) == 1
    await replacing
    # then
    await provider.migrate("notes", MIGRATIONS)
    async with database.read(ctx) as session:
        assert await session.count(session.select(Note)) == 0
    await provider.close()


async def filled_and_closed(home: Path, key: DataKey, settings: DatabaseSettings, ctx: SecurityContext) -> None:
    provider = SqlCipherProvider(CountingKey(key), home)
    db = await provider.open("notes", settings)
    await provider.migrate("notes", MIGRATIONS)
    async with db.write(ctx) as session:
        await session.insert_many([Note(title=str(number), body="x" * 500) for number in range(60)])
    await provider.close()


async def test_a_file_that_does_not_open_is_repaired_at_the_start_and_the_repair_is_told(
    home: Path, key: DataKey, settings: DatabaseSettings, db_path: Path, ctx: SecurityContext
) -> None:
    await filled_and_closed(home, key, settings, ctx)
    flip(db_path, 4000)
    refusing = SqlCipherProvider(CountingKey(key), home)
    with pytest.raises(WrongKey):
        await refusing.open("notes", replace(settings, auto_repair=False))
    provider = SqlCipherProvider(CountingKey(key), home)
    db = await provider.open("notes", settings)
    async with db.read(ctx) as session:
        assert await session.count(session.select(Note)) == 60
    await provider.close()
    [report] = provider.repairs
    assert report.mended_pages == (1,)
    assert "nothing is lost" in report.sentence
    [note] = repair_notes(db_path)
    assert (note.sentence, note.kept) == (report.sentence, str(report.kept))


async def test_what_the_nightly_check_found_is_repaired_at_the_next_start(
    home: Path, key: DataKey, settings: DatabaseSettings, db_path: Path, ctx: SecurityContext
) -> None:
    await filled_and_closed(home, key, settings, ctx)
    flip(db_path, 4096 * 8 * 6 + 99)
    remember_check(db_path, CheckResult("2026-01-01T03:00:00+00:00", 9, (7,)))
    provider = SqlCipherProvider(CountingKey(key), home)
    await provider.open("notes", settings)
    await provider.close()
    assert [report.mended_pages for report in provider.repairs] == [(7,)]
    assert last_check(db_path) is None


async def test_damage_that_is_gone_is_forgotten(
    home: Path, key: DataKey, settings: DatabaseSettings, db_path: Path, ctx: SecurityContext
) -> None:
    await filled_and_closed(home, key, settings, ctx)
    remember_check(db_path, CheckResult("2026-01-01T03:00:00+00:00", 9, (), "something"))
    provider = SqlCipherProvider(CountingKey(key), home)
    await provider.open("notes", settings)
    await provider.close()
    assert provider.repairs == ()
    assert last_check(db_path) is None


async def test_a_file_of_another_key_is_left_alone_at_the_start(
    home: Path, key: DataKey, settings: DatabaseSettings, db_path: Path, ctx: SecurityContext
) -> None:
    await filled_and_closed(home, key, settings, ctx)
    before = db_path.read_bytes()
    with pytest.raises(WrongKey):
        await SqlCipherProvider(CountingKey(DataKey.generate()), home).open("notes", settings)
    assert db_path.read_bytes() == before
