"""A key that is asked for at every start, one that moves to another keyring, and a recovery code that is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from modkit.keys import KeyStore, wraps
from modkit.keys.errors import (
    InvalidRecoveryCode,
    KeysLocked,
    KeyUnavailable,
    NoSuchWrap,
    PassphraseWanted,
    WrongPassphrase,
)
from modkit.keys.keys_file import KeysFile, read_keys_file
from tests.support.keyrings import LockedKeyring, MemoryKeyring

PASSPHRASE = "correct horse bätterie"


@pytest.fixture(autouse=True)
def quick_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allowed, and a passphrase that is stretched in no time: what is tested here is who may ask for it."""
    monkeypatch.delenv("HYPERSPOT_KEYRING", raising=False)
    monkeypatch.setattr(wraps, "SCRYPT_LOG_N", 10)


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


def stored(home: Path) -> KeysFile:
    content = read_keys_file(home / "keys" / "keyring.json")
    assert content is not None
    return content


async def protected(home: Path, keyring: MemoryKeyring) -> KeyStore:
    """A home with a passphrase, unlocked."""
    store = KeyStore(home, keyring)
    await store.create()
    await store.set_passphrase(PASSPHRASE)
    return store


@pytest.mark.parametrize("backend", [MemoryKeyring, LockedKeyring])
async def test_every_start_asks_and_nothing_else_is_left_that_opens(home: Path, backend: type[MemoryKeyring]) -> None:
    keyring = backend()
    store = await protected(home, keyring)
    key = await store.open()
    await store.ask_at_start(True)
    with pytest.raises(PassphraseWanted, match="asks for your passphrase"):
        await KeyStore(home, keyring).open_or_create()
    assert keyring.passwords == {}
    assert not (home / "keys" / "data.key").exists()
    assert set(stored(home).kinds) == {"recovery", "passphrase"}
    assert await KeyStore(home, keyring).unlock(PASSPHRASE) == key
    with pytest.raises(PassphraseWanted):
        await KeyStore(home, keyring).open()


async def test_a_key_that_was_typed_serves_the_whole_run(home: Path, keyring: MemoryKeyring) -> None:
    store = await protected(home, keyring)
    await store.ask_at_start(True)
    started = KeyStore(home, keyring)
    key = await started.unlock(PASSPHRASE)
    assert await started.open_or_create() == key


async def test_starts_that_no_longer_ask_find_the_key_by_themselves(home: Path, keyring: MemoryKeyring) -> None:
    store = await protected(home, keyring)
    await store.ask_at_start(True)
    await store.ask_at_start(False)
    assert await KeyStore(home, keyring).open() == await store.open_or_create()
    assert not (await store.report()).asks


async def test_without_a_passphrase_no_start_can_ask(home: Path, keyring: MemoryKeyring) -> None:
    store = KeyStore(home, keyring)
    key = await store.create()
    with pytest.raises(NoSuchWrap):
        await store.ask_at_start(True)
    assert await KeyStore(home, keyring).open() == key


async def test_a_removed_passphrase_ends_the_asking(home: Path, keyring: MemoryKeyring) -> None:
    store = await protected(home, keyring)
    key = await store.open()
    await store.ask_at_start(True)
    await store.set_passphrase(None)
    assert await KeyStore(home, keyring).open() == key


async def test_only_an_unlocked_key_decides_about_asking(home: Path, keyring: MemoryKeyring) -> None:
    await protected(home, keyring)
    with pytest.raises(KeysLocked):
        await KeyStore(home, keyring).ask_at_start(True)
    with pytest.raises(KeysLocked):
        await KeyStore(home, keyring).settle()


async def test_another_home_takes_the_asking_over(home: Path, keyring: MemoryKeyring) -> None:
    store = await protected(home / "one", keyring)
    await store.ask_at_start(True)
    await KeyStore(home / "other", keyring).adopt(home / "one" / "keys" / "keyring.json", PASSPHRASE)
    with pytest.raises(PassphraseWanted):
        await KeyStore(home / "other", keyring).open()


async def test_a_secret_is_compared_without_changing_anything(home: Path, keyring: MemoryKeyring) -> None:
    store = await protected(home, keyring)
    before = stored(home)
    keyring.passwords.clear()
    await KeyStore(home, keyring).verify(PASSPHRASE)
    await KeyStore(home, keyring).verify(store.fresh_recovery_code or "")
    with pytest.raises(WrongPassphrase):
        await KeyStore(home, keyring).verify("wrong horse")
    with pytest.raises(InvalidRecoveryCode):
        await KeyStore(home, keyring).verify("00000-" * 6 + "00000")
    assert stored(home) == before


async def test_a_keyring_that_works_again_takes_the_place_of_the_key_file(home: Path, keyring: MemoryKeyring) -> None:
    keyring.locked = True
    store = KeyStore(home, keyring)
    key = await store.create()
    assert not await store.settle()
    assert (home / "keys" / "data.key").exists()
    keyring.locked = False
    assert await store.settle()
    assert not (home / "keys" / "data.key").exists()
    assert await KeyStore(home, keyring).open() == key
    assert (await store.report()).storage == "keyring"
    assert not await store.settle()


async def test_a_key_that_cannot_move_stays_where_it_was(home: Path, keyring: MemoryKeyring) -> None:
    keyring.locked = True
    store = KeyStore(home, keyring)
    key = await store.create()
    (home / "keys" / "keyring.json.new").mkdir()  # nothing can be written any more
    keyring.locked = False
    assert not await store.settle()
    assert await KeyStore(home, keyring).open() == key


async def test_a_key_file_that_cannot_be_removed_opens_nothing_any_more(home: Path, keyring: MemoryKeyring) -> None:
    keyring.locked = True
    store = KeyStore(home, keyring)
    await store.create()
    keyring.locked = False
    (home / "keys" / "data.key").unlink()
    (home / "keys" / "data.key").mkdir()
    assert await store.settle()
    assert set(stored(home).kinds) == {"recovery", "keyring"}


async def test_the_passphrase_opens_what_cannot_be_written_to(home: Path, keyring: MemoryKeyring) -> None:
    key = await (await protected(home, keyring)).open()
    keyring.passwords.clear()
    (home / "keys" / "keyring.json.new").mkdir()
    assert await KeyStore(home, keyring).unlock(PASSPHRASE) == key


async def test_a_reset_keyring_is_filled_again_by_the_passphrase(home: Path, keyring: MemoryKeyring) -> None:
    key = await (await protected(home, keyring)).open()
    keyring.passwords.clear()
    with pytest.raises(KeyUnavailable, match="does not hold it any more"):
        await KeyStore(home, keyring).open_or_create()
    assert await KeyStore(home, keyring).unlock(PASSPHRASE) == key
    assert await KeyStore(home, keyring).open_or_create() == key


async def test_two_desktop_sessions_each_keep_their_own_keyring(home: Path) -> None:
    one, other = MemoryKeyring(), MemoryKeyring()
    key = await (await protected(home, one)).open()
    await KeyStore(home, other).unlock(PASSPHRASE)
    assert await KeyStore(home, one).open() == key
    assert await KeyStore(home, other).open() == key


async def test_only_the_last_few_keyrings_are_remembered(home: Path, keyring: MemoryKeyring) -> None:
    await protected(home, keyring)
    rings = [MemoryKeyring() for _ in range(4)]
    for ring in rings:
        await KeyStore(home, ring).unlock(PASSPHRASE)
    assert [wrap.kind for wrap in stored(home).wraps].count("keyring") == 3
    await KeyStore(home, rings[-1]).open()
    with pytest.raises(KeyUnavailable):
        await KeyStore(home, keyring).open()


async def test_a_recovery_code_counts_as_kept_when_the_user_said_so(home: Path, keyring: MemoryKeyring) -> None:
    store = KeyStore(home, keyring)
    await store.create()
    assert not (await store.report()).code_kept
    await store.confirm_recovery_code()
    assert (await KeyStore(home, keyring).report()).code_kept
    await store.new_recovery_code()
    assert not (await store.report()).code_kept
