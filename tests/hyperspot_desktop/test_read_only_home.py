"""A profile on a disk that can only be read: what is in it can be read all the same."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from hyperspot_desktop.instance import HomeHeld, HomeLock, HomeNotWritable
from hyperspot_desktop.read_only_home import ReadOnlyProfile
from hyperspot_desktop.window.real_host import Profile, opener
from modkit.db.errors import ReadOnlyDatabase
from tests.support.small_disk import mounted
from tests.support.starter import starter_models

CAUSE = HomeNotWritable(Path("x"), "Read-only file system")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of the test's own."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def profile_home(home: Path, temporary: Path) -> Path:
    """What a profile has that the copy is made of."""
    for name in ("keys", "models", "backups"):
        (home / name).mkdir()
    for name in ("hyperspot.db", "hyperspot.db-wal", "index.db", "hyperspot.db.replaced-1", "window.json"):
        (home / name).write_text(name)
    return home


def test_the_databases_are_copied_and_the_rest_is_linked(profile_home: Path, temporary: Path) -> None:
    copy = ReadOnlyProfile(profile_home, "window")
    copy.open(CAUSE)
    (copy.path / "backups").mkdir()
    copy.show_backups()
    assert {path.name for path in copy.path.iterdir()} == {
        "hyperspot.db",
        "hyperspot.db-wal",
        "index.db",
        "models",
        "backups",
        "run",
    }
    assert (copy.path / "hyperspot.db").read_text() == "hyperspot.db"
    assert (copy.path / "backups").resolve() == (profile_home / "backups").resolve()
    copy.close()
    copy.close()
    assert list(temporary.iterdir()) == []
    assert (profile_home / "models").is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_copy_is_for_nobody_else(profile_home: Path) -> None:
    copy = ReadOnlyProfile(profile_home, "window")
    copy.open(CAUSE)
    assert copy.path.stat().st_mode & 0o077 == 0
    assert (copy.path / "hyperspot.db").stat().st_mode & 0o077 == 0
    copy.close()
    copy.path.mkdir(mode=0o777)
    copy.path.chmod(0o777)
    with pytest.raises(HomeNotWritable):
        copy.open(CAUSE)
    assert list(copy.path.iterdir()) == []


def test_what_a_kill_left_behind_is_replaced(profile_home: Path) -> None:
    first = ReadOnlyProfile(profile_home, "window")
    first.open(CAUSE)
    first._lock.release()
    (first.path / "logs").mkdir()
    (profile_home / "index.db").unlink()
    second = ReadOnlyProfile(profile_home, "window")
    second.open(CAUSE)
    assert sorted(path.name for path in second.path.iterdir()) == ["hyperspot.db", "hyperspot.db-wal", "models", "run"]
    second.close()


def test_two_do_not_read_it_at_once(profile_home: Path) -> None:
    first, second = ReadOnlyProfile(profile_home, "window"), ReadOnlyProfile(profile_home, "command")
    first.open(CAUSE)
    with pytest.raises(HomeHeld, match="the HyperSpot window"):
        second.open(CAUSE)
    assert (first.path / "hyperspot.db").exists()
    first.close()


def test_where_there_is_no_profile_or_no_room_the_cause_is_said(
    home: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(HomeNotWritable) as caught:
        ReadOnlyProfile(home, "window").open(CAUSE)
    assert caught.value is CAUSE
    (home / "keys").mkdir()
    (home / "hyperspot.db").write_text("x")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(HomeNotWritable) as caught:
        ReadOnlyProfile(home, "window").open(CAUSE)
    assert caught.value is CAUSE
    assert list(temporary.iterdir()) == []


@pytest.mark.engine
async def test_a_profile_on_a_read_only_disk_is_read_and_says_why_nothing_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    monkeypatch.setenv("HYPERSPOT_STARTER_MODELS", str(starter_models()))
    with mounted(tmp_path / "disk", "400m") as disk:
        # given: a profile with a conversation and a backup, whose disk can only be read from now on
        opened = await opener(Profile(disk / "home"))()
        await opened.clients.chat.create(opened.clients.ctx, title="zebra")
        await opened.clients.backups.create(opened.clients.ctx)
        await opened.close()
        await asyncio.to_thread(subprocess.run, ["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(HomeNotWritable):
            HomeLock(disk / "home", "window").acquire()
        # when
        opened = await opener(Profile(disk / "home"))()
        clients = opened.clients
        # then
        healths = clients.storage.watch()
        assert "cannot be written to" in (await anext(healths)).read_only
        await healths.aclose()  # type: ignore[attr-defined]  # it is a generator
        assert [hit.conversation_title for hit in await clients.chat.search(clients.ctx, "zebra")] == ["zebra"]
        [backup] = await clients.backups.all(clients.ctx)
        inside = await clients.backups.preview(clients.ctx, backup.name)
        assert [one.conversation.title for one in inside] == ["zebra"]
        with pytest.raises(ReadOnlyDatabase) as caught:
            await clients.chat.create(clients.ctx, title="new")
        assert "Make the disk writable" in caught.value.action
        with pytest.raises(ReadOnlyDatabase):
            await clients.backups.create(clients.ctx)
        await opened.close()
        assert not ReadOnlyProfile(disk / "home", "window").path.exists()
