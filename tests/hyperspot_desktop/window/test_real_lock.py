"""The whole program over a real encrypted profile: a keyring that is lost, and a lock that outlives the program."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import keyring as keyring_library
import pytest
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.bootstrap import open_host
from hyperspot_desktop.window.program import Program
from hyperspot_desktop.window.real_host import Profile
from hyperspot_desktop.window.state import WindowState
from modkit.keys import KeyStore, wraps
from modkit.security import SecurityContext
from modules.chat.contract import ChatClient
from tests.hyperspot_desktop.conftest import WaitFor
from tests.support.keyrings import MemoryKeyring

PASSPHRASE = "correct horse bätterie"
TITLE = "What must not be lost"


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[MemoryKeyring]:
    """The keyring of this computer, as keyring's own library gives it."""
    before = keyring_library.get_keyring()
    made = MemoryKeyring()
    keyring_library.set_keyring(made)
    monkeypatch.delenv("HYPERSPOT_KEYRING", raising=False)
    monkeypatch.setattr(wraps, "SCRYPT_LOG_N", 10)
    (tmp_path / "no models").mkdir()
    monkeypatch.setenv("HYPERSPOT_STARTER_MODELS", str(tmp_path / "no models"))
    yield made
    keyring_library.set_keyring(before)


@pytest.fixture
def code(home: Path, ring: MemoryKeyring) -> str:
    """A profile with one conversation and a passphrase; its recovery code."""

    async def make() -> str:
        keys = KeyStore(home)
        async with open_host(home, keys=keys) as host:
            await host.client_hub.get(ChatClient).create(SecurityContext.local_user(), title=TITLE)
        await keys.set_passphrase(PASSPHRASE)
        await keys.confirm_recovery_code()
        return keys.fresh_recovery_code or ""

    return asyncio.run(make())


class Started:
    """The program as it is while its window is open; ``leave`` ends it as closing the window does."""

    def __init__(self, application: QGuiApplication, home: Path) -> None:
        self.program = Program(application, Profile(home))
        self.program.window.show()
        self.program.start()

    @property
    def titles(self) -> list[str]:
        return [row.title for row in self.program.view_models.conversations.rows_now()]

    def of_app(self, name: str) -> object:
        return self.program.view_models.app.property(name)

    def leave(self) -> None:
        self.program.put_away()


@pytest.fixture
def start(application: QGuiApplication, home: Path, quiet_qt: list[str]) -> Iterator[list[Started]]:
    """Programs that were started, to be left at the end."""
    running: list[Started] = []
    yield running
    for one in running:
        one.leave()


def files(home: Path) -> set[str]:
    return {os.fspath(path.relative_to(home)) for path in home.rglob("*.db")}


@pytest.mark.parametrize("lost", ["locked", "reset"])
@pytest.mark.parametrize("way", ["passphrase", "recovery code"])
def test_a_lost_keyring_leads_to_the_other_ways_and_never_to_an_empty_profile(
    lost: str,
    way: str,
    home: Path,
    ring: MemoryKeyring,
    code: str,
    start: list[Started],
    application: QGuiApplication,
    wait_for: WaitFor,
) -> None:
    before, keys_before = files(home), (home / "keys" / "keyring.json").read_bytes()
    ring.locked = lost == "locked"
    ring.passwords.clear()
    start.append(Started(application, home))
    wait_for(lambda: start[0].of_app("state") == "failed")
    assert start[0].of_app("keyNeeded")
    assert files(home) == before
    assert (home / "keys" / "keyring.json").read_bytes() == keys_before
    start[0].program.view_models.app.openAgain("a guess")
    wait_for(lambda: start[0].of_app("errorCode") == "wrong_passphrase")
    start[0].program.view_models.app.openAgain({"passphrase": PASSPHRASE, "recovery code": code}[way])
    wait_for(lambda: start[0].titles == [TITLE])


def test_a_locked_window_is_locked_at_the_next_start(
    home: Path,
    code: str,
    start: list[Started],
    application: QGuiApplication,
    wait_for: WaitFor,
) -> None:
    start.append(Started(application, home))
    first = start[0].program
    wait_for(lambda: start[0].titles == [TITLE] and first.view_models.keys.property("hasPassphrase"))
    first.view_models.chat.open(first.view_models.conversations.rows_now()[0].conversation_id)
    wait_for(lambda: first.view_models.chat.property("title") == TITLE)
    first.view_models.lock.lock()
    wait_for(lambda: start[0].titles == [])
    start.pop().leave()
    assert WindowState.read(home / "window.json").locked
    # when
    start.append(Started(application, home))
    second = start[0].program
    wait_for(lambda: start[0].of_app("state") == "ready")
    assert second.view_models.lock.property("locked")
    assert start[0].titles == []
    # then
    second.view_models.lock.unlock("a guess")
    wait_for(lambda: second.view_models.lock.property("problem") != "")
    second.view_models.lock.unlock(PASSPHRASE)
    wait_for(lambda: second.view_models.chat.property("title") == TITLE)
    assert not WindowState.read(home / "window.json").locked


def test_a_start_that_asks_opens_with_the_passphrase_and_goes_on_asking(
    home: Path,
    code: str,
    ring: MemoryKeyring,
    start: list[Started],
    application: QGuiApplication,
    wait_for: WaitFor,
) -> None:
    async def ask() -> None:
        keys = KeyStore(home)
        await keys.open()
        await keys.ask_at_start(True)

    asyncio.run(ask())
    start.append(Started(application, home))
    wait_for(lambda: start[0].of_app("state") == "failed")
    assert start[0].of_app("keyAsked")
    start[0].program.view_models.app.openAgain(PASSPHRASE)
    wait_for(lambda: start[0].titles == [TITLE])
    wait_for(lambda: start[0].program.view_models.keys.property("asks"))
    assert ring.passwords == {}
