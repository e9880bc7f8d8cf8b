"""``hyperspot keys`` over a real key store: what a pipe gives, and what a person types."""

from __future__ import annotations

import asyncio
import getpass
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hyperspot_desktop.cli import secrets
from hyperspot_desktop.cli.parser import parse
from hyperspot_desktop.cli.session import UsageError
from hyperspot_desktop.locked import unless_locked
from modkit.keys import KeyStore, wraps
from modkit.keys.errors import KeysMissing, PassphraseWanted, WrongPassphrase

PASSPHRASE = "correct horse"


class Printed:
    """A command's terminal."""

    def __init__(self) -> None:
        self.interrupted = asyncio.Event()
        self.text = ""

    def out(self, text: str) -> None:
        self.text += text

    err = out

    async def flush(self) -> None:
        """Nothing waits."""


class Terminal(io.StringIO):
    """Somebody sits at it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    monkeypatch.setattr(wraps, "SCRYPT_LOG_N", 10)


@pytest.fixture
async def store(home: Path) -> KeyStore:
    made = KeyStore(home)
    await made.create()
    return made


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a person at the terminal will type."""
    words: list[str] = []
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda prompt: words.pop(0))
    yield words
    assert words == []


async def run(home: Path, *words: str) -> str:
    args = parse(["--home", str(home), "keys", *words])
    printed = Printed()
    assert await args.run_alone(args, printed) == 0
    return printed.text


def pipe(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


async def test_the_state_names_the_ways_and_a_code_that_is_not_kept(home: Path, store: KeyStore) -> None:
    said = await run(home)
    assert "readable by your account only" in said
    assert "the recovery code" in said
    assert "not said yet" in said
    await store.confirm_recovery_code()
    assert json.loads(await run(home, "status", "--json"))["code_kept"] is True


async def test_a_passphrase_is_set_from_a_pipe_and_opens(
    home: Path, store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe(monkeypatch, PASSPHRASE)
    assert "the passphrase" in await run(home, "passphrase")
    await KeyStore(home).verify(PASSPHRASE)


async def test_the_old_passphrase_comes_before_the_new_one(
    home: Path, store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.set_passphrase(PASSPHRASE)
    pipe(monkeypatch, "a guess", "another horse")
    with pytest.raises(WrongPassphrase):
        await run(home, "passphrase")
    pipe(monkeypatch, PASSPHRASE, "another horse")
    await run(home, "passphrase")
    await KeyStore(home).verify("another horse")
    pipe(monkeypatch, "another horse")
    assert "the passphrase" not in await run(home, "passphrase", "--remove")


async def test_two_different_new_passphrases_change_nothing(home: Path, store: KeyStore, typed: list[str]) -> None:
    typed += [PASSPHRASE, "another horse"]
    with pytest.raises(UsageError, match="not the same"):
        await run(home, "passphrase")
    assert "passphrase" not in (await store.report()).wraps


async def test_every_start_asks_until_it_is_told_not_to(
    home: Path, store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.set_passphrase(PASSPHRASE)
    pipe(monkeypatch, PASSPHRASE)
    assert "Every start asks" in await run(home, "ask", "always")
    with pytest.raises(PassphraseWanted):
        await KeyStore(home).open()
    pipe(monkeypatch, PASSPHRASE)
    await run(home, "ask", "never")
    await KeyStore(home).open()


async def test_a_lost_key_file_is_made_anew_by_unlocking(
    home: Path, store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "keys" / "data.key").unlink()
    pipe(monkeypatch, store.fresh_recovery_code or "")
    await run(home, "unlock")
    await KeyStore(home).open()


async def test_a_person_may_mistype_twice(home: Path, store: KeyStore, typed: list[str]) -> None:
    await store.set_passphrase(PASSPHRASE)
    await store.ask_at_start(True)
    typed += ["a guess", "another guess", PASSPHRASE]
    keys = KeyStore(home)
    await secrets.unlocked(keys)
    assert await keys.open_or_create() == await store.open_or_create()
    typed += ["a guess"] * 3
    with pytest.raises(WrongPassphrase):
        await secrets.unlocked(KeyStore(home))


async def test_a_pipe_that_says_nothing_is_told_what_is_wanted(
    home: Path, store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "keys" / "data.key").unlink()
    pipe(monkeypatch)
    with pytest.raises(UsageError, match="Passphrase or recovery code"):
        await run(home, "unlock")


async def test_nobody_is_asked_for_a_key_that_nothing_opens(home: Path) -> None:
    (home / "hyperspot.db").write_bytes(b"encrypted")
    with pytest.raises(KeysMissing):
        await run(home, "unlock")


async def test_a_locked_window_answers_no_command(home: Path) -> None:
    ran: list[list[str]] = []

    async def command(argv: list[str], *_: Any) -> int:
        ran.append(argv)
        return 0

    locked = True
    guarded = unless_locked(command, lambda: locked)
    refused, printed = Printed(), Printed()
    assert await guarded(["conversations", "list"], refused, None, home) == 5
    assert "The HyperSpot window is locked." in refused.text
    assert await guarded(["conversations", "list", "--json"], printed, None, home) == 5
    assert json.loads(printed.text)["error"]["code"] == "window_locked"
    assert ran == []
    locked = False
    assert await guarded(["conversations", "list"], refused, None, home) == 0
    assert ran == [["conversations", "list"]]
