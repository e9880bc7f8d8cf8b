"""What can be done about a profile whose file is bad, with real files and the real key store."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from hyperspot_desktop.clients import OpenHost, Recovery
from hyperspot_desktop.window import recovery
from hyperspot_desktop.window.real_host import Profile, opener
from hyperspot_desktop.window.recovery import DamagedStart, path_of, recover, with_choices
from modkit.config.database import DatabaseSettings
from modkit.db import Database
from modkit.db.backup import create_backup
from modkit.db.connect import log_of
from modkit.db.errors import DamagedDatabase, LostDatabase, NoSpace, RestoreUnfinished, WrongKey
from modkit.db.provider import SqlCipherProvider
from modkit.db.repair_notes import repair_notes
from modkit.db.restore import restore_backup
from modkit.keys import DataKey, KeyStore
from modkit.security import SecurityContext
from tests.support.notes_db import Note, notes_database
from tests.support.starter import starter_models

GARBAGE = b"\x5a" * 8192


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")


@pytest.fixture
async def own_key(home: Path) -> DataKey:
    return await KeyStore(home).open_or_create()


@pytest.fixture
async def backup(home: Path, own_key: DataKey, ctx: SecurityContext) -> Path:
    """Of a profile with one note; a second note is written after it."""
    async with notes_database(home / "hyperspot.db", own_key) as db:
        await add(db, ctx, "first")
        made = await create_backup(db.file, home / "backups")
        await add(db, ctx, "second")
    return made.path


async def add(db: Database, ctx: SecurityContext, title: str) -> None:
    async with db.write(ctx) as session:
        await session.insert(Note(title=title))


async def titles(home: Path, key: DataKey, ctx: SecurityContext) -> set[str]:
    async with notes_database(home / "hyperspot.db", key, create=False) as db, db.read(ctx) as session:
        return {note.title for note in await session.all(session.select(Note))}


async def test_the_newest_backup_that_is_whole_now_is_offered(home: Path, backup: Path) -> None:
    damaged = backup.with_name(backup.name.replace("hyperspot-2", "hyperspot-9", 1))
    damaged.write_bytes(GARBAGE)
    path = home / "hyperspot.db"
    start = await with_choices(WrongKey(path), home, path)
    data = start.to_dict()
    assert (data["backup"], data["database"], data["code"]) == (backup.name, str(path), "wrong_key")
    assert "hyperspot " not in start.action
    assert "The damaged file is kept" in start.action


async def test_without_a_key_or_a_backup_there_is_none_to_offer(home: Path) -> None:
    path = home / "hyperspot.db"
    assert "backup" not in (await with_choices(WrongKey(path), home, path)).to_dict()
    await KeyStore(home).open_or_create()
    assert "backup" not in (await with_choices(WrongKey(path), home, path)).to_dict()


async def test_the_backup_takes_the_place_of_a_destroyed_file_which_is_kept(
    home: Path, backup: Path, own_key: DataKey, ctx: SecurityContext
) -> None:
    path = home / "hyperspot.db"
    path.write_bytes(GARBAGE)
    await recover(home, Recovery("restore", path))
    assert await titles(home, own_key, ctx) == {"first"}
    [note] = repair_notes(path)
    assert Path(note.kept).read_bytes() == GARBAGE
    assert backup.name in note.sentence


async def test_a_profile_whose_file_is_gone_is_never_made_anew_and_comes_back_from_its_backup(
    home: Path, backup: Path, own_key: DataKey, ctx: SecurityContext
) -> None:
    path = home / "hyperspot.db"
    path.unlink()
    log_of(path).unlink(missing_ok=True)
    with pytest.raises(LostDatabase) as caught:
        await SqlCipherProvider(KeyStore(home), home).open("notes", DatabaseSettings(engine="sqlite", path=path))
    assert not path.exists()
    start = await with_choices(caught.value, home, path)
    assert start.to_dict()["backup"] == backup.name
    assert "is missing" in start.sentence
    assert "damaged" not in start.action
    # when
    await recover(home, Recovery("restore", path))
    # then
    assert await titles(home, own_key, ctx) == {"first"}


async def test_a_repair_saves_what_is_newer_than_the_backup_and_is_told(
    home: Path, backup: Path, own_key: DataKey, ctx: SecurityContext
) -> None:
    path = home / "hyperspot.db"
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    await recover(home, Recovery("repair", path))
    assert await titles(home, own_key, ctx) == {"first", "second"}
    assert ["nothing is lost" in note.sentence for note in repair_notes(path)] == [True]


async def test_a_sound_file_is_left_as_it_is(home: Path, backup: Path) -> None:
    path = home / "hyperspot.db"
    before = path.read_bytes()
    await recover(home, Recovery("repair", path))
    assert path.read_bytes() == before
    assert repair_notes(path) == ()


async def test_what_cannot_be_done_is_said_and_the_choices_stay(home: Path, own_key: DataKey) -> None:
    path = home / "hyperspot.db"
    path.write_bytes(GARBAGE)
    with pytest.raises(DamagedStart, match="no usable backup") as restoring:
        await recover(home, Recovery("restore", path))
    with pytest.raises(DamagedStart, match="could not be repaired") as repairing:
        await recover(home, Recovery("repair", path))
    assert {one.value.to_dict()["database"] for one in (restoring, repairing)} == {str(path)}
    assert path.read_bytes() == GARBAGE


async def test_a_window_that_is_closed_meanwhile_waits_for_the_file_to_be_in_place(
    home: Path, backup: Path, own_key: DataKey, ctx: SecurityContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "hyperspot.db"
    path.write_bytes(GARBAGE)
    begun, go_on = threading.Event(), threading.Event()

    def slowly(*arguments: Any, **options: Any) -> Path | None:
        begun.set()
        assert go_on.wait(60)
        return restore_backup(*arguments, **options)

    monkeypatch.setattr(recovery, "restore_backup", slowly)
    working = asyncio.ensure_future(recover(home, Recovery("restore", path)))
    assert await asyncio.to_thread(begun.wait, 60)
    working.cancel()
    await asyncio.sleep(0)
    assert not working.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert await titles(home, own_key, ctx) == {"first"}


def test_only_a_bad_file_has_choices(home: Path) -> None:
    path = home / "hyperspot.db"
    assert path_of(DamagedDatabase(path, "x")) == path
    assert path_of(RestoreUnfinished(path, "x")) == path
    assert path_of(NoSpace(path)) is None


@pytest.mark.engine
async def test_a_destroyed_profile_opens_again_from_its_backup(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPERSPOT_STARTER_MODELS", str(starter_models()))
    # given: a profile with a conversation, a backup of it, and a file that somebody wrote over
    opened = await opener(Profile(home))()
    clients = opened.clients
    await clients.chat.create(clients.ctx, title="Kept")
    await clients.backups.create(clients.ctx)
    await opened.close()
    path = home / "hyperspot.db"
    path.write_bytes(GARBAGE)
    # when
    with pytest.raises(DamagedStart) as caught:
        await opener(Profile(home))()
    assert caught.value.to_dict()["backup_conversations"] == "1"
    opened = await opener(Profile(home), recovery=Recovery("restore", path))()
    # then
    assert await seen(opened) == (["Kept"], 1)
    await opened.close()


async def seen(opened: OpenHost) -> tuple[list[str], int]:
    """The titles that are there, and how many repairs are told."""
    clients = opened.clients
    healths = clients.storage.watch()
    health = await anext(healths)
    await healths.aclose()  # type: ignore[attr-defined]  # it is a generator
    return [one.title for one in await clients.chat.conversations(clients.ctx)], len(health.repairs)
