"""The data key of a home through everything that can happen to a keyring and a folder."""

from __future__ import annotations

import json
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from loguru import logger

from modkit.keys import KeyStore
from modkit.keys.errors import (
    InvalidRecoveryCode,
    KeysDamaged,
    KeysExist,
    KeysLocked,
    KeysMissing,
    KeysNotCreated,
    KeysNotWritable,
    KeyUnavailable,
    NoSuchWrap,
    WeakPassphrase,
    WrongPassphrase,
)
from tests.support.keyrings import LockedKeyring, MemoryKeyring

PASSPHRASE = "correct horse bätterie"


class ForgetfulKeyring(MemoryKeyring):
    """Accepts everything and keeps nothing, as keyring's null backend."""

    def set_password(self, service: str, username: str, password: str) -> None:
        return


class HangingKeyring(MemoryKeyring):
    """Waits for a dialogue that nobody sees, until the test ends."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait(60)
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.released.wait(60)


@pytest.fixture(autouse=True)
def keyring_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HYPERSPOT_KEYRING", raising=False)


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def warnings() -> Iterator[list[str]]:
    said: list[str] = []
    sink = logger.add(said.append, level="WARNING", format="{message}")
    yield said
    logger.remove(sink)


async def test_the_first_start_makes_a_key_and_the_next_finds_it(home: Path, keyring: MemoryKeyring) -> None:
    key = await KeyStore(home, keyring).open_or_create()
    assert await KeyStore(home, keyring).open_or_create() == key
    assert await KeyStore(home, keyring).open() == key


async def test_with_a_keyring_no_file_holds_the_key(home: Path, keyring: MemoryKeyring) -> None:
    key = await KeyStore(home, keyring).create()
    files = [path for path in home.rglob("*") if path.is_file()]
    assert sorted(path.name for path in files) == ["keyring.copy.json", "keyring.json"]
    content = b"".join(path.read_bytes() for path in files)
    assert key.raw not in content
    assert key.raw.hex().encode() not in content
    assert not any(secret.encode() in content for secret in keyring.passwords.values())
    assert key.raw.hex() not in keyring.passwords.values()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
async def test_only_the_owner_may_read_the_keys(home: Path) -> None:
    await KeyStore(home, LockedKeyring()).create()
    assert stat.S_IMODE((home / "keys").stat().st_mode) == 0o700
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (home / "keys").iterdir()}
    assert modes == {0o600}


async def test_each_home_has_its_own_entry_in_the_keyring(home: Path, keyring: MemoryKeyring) -> None:
    one = await KeyStore(home / "one", keyring).create()
    other = await KeyStore(home / "other", keyring).create()
    assert one != other
    assert len(keyring.passwords) == 2
    assert await KeyStore(home / "one", keyring).open() == one


@pytest.mark.parametrize("backend", [LockedKeyring, ForgetfulKeyring])
async def test_without_a_working_keyring_a_key_file_is_used_and_said_aloud(
    home: Path, backend: type[MemoryKeyring], warnings: list[str]
) -> None:
    key = await KeyStore(home, backend()).create()
    assert await KeyStore(home, backend()).open() == key
    assert (home / "keys" / "data.key").exists()
    assert "No keyring can be used" in warnings[0]
    report = await KeyStore(home, backend()).report()
    assert (report.storage, report.plain_file) == ("file", home / "keys" / "data.key")
    assert "readable by your account only" in report.sentence
    assert report.action


@pytest.mark.parametrize("value", ["off", "file", "OFF"])
async def test_the_environment_switches_the_keyring_off(
    home: Path, keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", value)
    key = await KeyStore(home, keyring).create()
    assert keyring.passwords == {}
    assert await KeyStore(home).open() == key
    report = await KeyStore(home, keyring).report()
    assert report.keyring_name is None
    assert report.keyring_problem is not None
    assert "HYPERSPOT_KEYRING" in report.keyring_problem


async def test_a_keyring_that_hangs_is_given_up(home: Path) -> None:
    hanging = HangingKeyring()
    key = await KeyStore(home, hanging, keyring_timeout_s=0.05).create()
    assert await KeyStore(home, hanging, keyring_timeout_s=0.05).open() == key
    assert (home / "keys" / "data.key").exists()
    hanging.released.set()


async def test_a_locked_keyring_names_the_ways_that_are_left(home: Path, keyring: MemoryKeyring) -> None:
    store = KeyStore(home, keyring)
    await store.create()
    await store.set_passphrase(PASSPHRASE)
    with pytest.raises(KeyUnavailable, match="keyring cannot be used") as caught:
        await KeyStore(home, LockedKeyring()).open_or_create()
    assert set(caught.value.wraps) == {"keyring", "recovery", "passphrase"}
    assert "the recovery code or the passphrase" in caught.value.action


async def test_a_keyring_that_lost_the_entry_is_not_a_new_profile(home: Path, keyring: MemoryKeyring) -> None:
    await KeyStore(home, keyring).create()
    with pytest.raises(KeyUnavailable, match="does not hold it any more"):
        await KeyStore(home, MemoryKeyring()).open_or_create()


async def test_a_keyring_entry_that_is_nonsense_is_not_a_crash(home: Path, keyring: MemoryKeyring) -> None:
    await KeyStore(home, keyring).create()
    keyring.passwords = dict.fromkeys(keyring.passwords, "not hex")
    with pytest.raises(KeyUnavailable):
        await KeyStore(home, keyring).open()


async def test_the_recovery_code_opens_and_mends(home: Path, keyring: MemoryKeyring) -> None:
    store = KeyStore(home, keyring)
    key = await store.create()
    assert store.fresh_recovery_code is not None
    new_computer = MemoryKeyring()
    assert await KeyStore(home, new_computer).unlock_with_recovery(store.fresh_recovery_code.lower()) == key
    assert await KeyStore(home, new_computer).open() == key


async def test_unlocking_by_hand_without_a_keyring_makes_a_key_file(home: Path, keyring: MemoryKeyring) -> None:
    store = KeyStore(home, keyring)
    key = await store.create()
    await store.set_passphrase(PASSPHRASE)
    assert await KeyStore(home, LockedKeyring()).unlock_with_passphrase(PASSPHRASE) == key
    assert await KeyStore(home, LockedKeyring()).open() == key
    # The keyring of before goes on working, too.
    assert await KeyStore(home, keyring).open() == key


async def test_a_new_recovery_code_replaces_the_old_one(home: Path, keyring: MemoryKeyring) -> None:
    store = KeyStore(home, keyring)
    key = await store.create()
    old, new = store.fresh_recovery_code, await store.new_recovery_code()
    assert old is not None
    assert store.fresh_recovery_code is None
    with pytest.raises(InvalidRecoveryCode, match="another home"):
        await KeyStore(home, keyring).unlock_with_recovery(old)
    assert await KeyStore(home, keyring).unlock_with_recovery(new) == key


async def test_the_passphrase_opens_however_it_is_typed(home: Path, keyring: MemoryKeyring) -> None:
    store = KeyStore(home, keyring)
    key = await store.create()
    await store.set_passphrase(PASSPHRASE)
    decomposed = PASSPHRASE.replace("ä", "a\u0308")
    assert await KeyStore(home, keyring).unlock_with_passphrase(decomposed) == key
    with pytest.raises(WrongPassphrase):
        await KeyStore(home, keyring).unlock_with_passphrase("correct horse")


async def test_a_passphrase_can_be_removed(home: Path, keyring: MemoryKeyring) -> None:
    store = KeyStore(home, keyring)
    await store.create()
    await store.set_passphrase(PASSPHRASE)
    await store.set_passphrase(None)
    with pytest.raises(NoSuchWrap, match="not protected by the passphrase"):
        await store.unlock_with_passphrase(PASSPHRASE)


async def test_a_short_passphrase_is_refused(home: Path, keyring: MemoryKeyring) -> None:
    store = KeyStore(home, keyring)
    await store.create()
    with pytest.raises(WeakPassphrase, match="8 characters"):
        await store.set_passphrase("short")


async def test_protection_changes_only_when_unlocked(home: Path, keyring: MemoryKeyring) -> None:
    await KeyStore(home, keyring).create()
    with pytest.raises(KeysLocked):
        await KeyStore(home, keyring).set_passphrase(PASSPHRASE)
    with pytest.raises(KeysLocked):
        await KeyStore(home, keyring).new_recovery_code()


async def test_a_second_key_is_never_made(home: Path, keyring: MemoryKeyring) -> None:
    await KeyStore(home, keyring).create()
    with pytest.raises(KeysExist):
        await KeyStore(home, keyring).create()


@pytest.mark.parametrize("name", ["hyperspot.db", "chat/chat.sqlite.db", "backups/old.db"])
async def test_data_without_keys_is_not_a_new_profile(home: Path, keyring: MemoryKeyring, name: str) -> None:
    (home / name).parent.mkdir(exist_ok=True)
    (home / name).write_bytes(b"encrypted")
    with pytest.raises(KeysMissing, match="is missing"):
        await KeyStore(home, keyring).open_or_create()
    with pytest.raises(KeysMissing):
        await KeyStore(home, keyring).create()
    report = await KeyStore(home, keyring).report()
    assert report.exists
    assert "copy of the home folder" in report.action
    assert not (home / "keys").exists()


async def test_a_home_without_keys_says_so(home: Path, keyring: MemoryKeyring) -> None:
    with pytest.raises(KeysNotCreated):
        await KeyStore(home, keyring).open()
    report = await KeyStore(home, keyring).report()
    assert (report.exists, report.storage, report.wraps) == (False, "none", ())
    assert report.keyring_name is not None


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b'{"version": 99}', b"x" * 100_000])
async def test_a_damaged_keys_file_is_read_from_its_second_copy(
    home: Path, keyring: MemoryKeyring, damage: bytes, warnings: list[str]
) -> None:
    key = await KeyStore(home, keyring).create()
    (home / "keys" / "keyring.json").write_bytes(damage)
    assert await KeyStore(home, keyring).open() == key
    assert "cannot be read" in warnings[0]
    (home / "keys" / "keyring.copy.json").write_bytes(damage)
    with pytest.raises(KeysDamaged):
        await KeyStore(home, keyring).open_or_create()
    assert (await KeyStore(home, keyring).report()).exists


async def test_a_missing_keys_file_is_read_from_its_second_copy(home: Path, keyring: MemoryKeyring) -> None:
    key = await KeyStore(home, keyring).create()
    (home / "keys" / "keyring.json").unlink()
    assert await KeyStore(home, keyring).open() == key


async def test_a_key_file_that_is_gone_or_damaged_leaves_the_recovery_code(home: Path) -> None:
    store = KeyStore(home, LockedKeyring())
    key = await store.create()
    for damage in (b"", b"\xff" * 64, b"00" * 32):
        (home / "keys" / "data.key").write_bytes(damage)
        with pytest.raises(KeyUnavailable, match="missing or damaged"):
            await KeyStore(home, LockedKeyring()).open()
    (home / "keys" / "data.key").unlink()
    assert store.fresh_recovery_code is not None
    assert await KeyStore(home, LockedKeyring()).unlock_with_recovery(store.fresh_recovery_code) == key
    assert await KeyStore(home, LockedKeyring()).open() == key


async def test_a_hostile_keys_file_cannot_ask_for_all_memory(home: Path, keyring: MemoryKeyring) -> None:
    store = KeyStore(home, keyring)
    await store.create()
    await store.set_passphrase(PASSPHRASE)
    for path in (home / "keys").iterdir():
        content = json.loads(path.read_text())
        content["wraps"][-1]["scrypt_log_n"] = 40
        path.write_text(json.dumps(content))
    with pytest.raises(KeysDamaged):
        await store.unlock_with_passphrase(PASSPHRASE)


async def test_a_wrap_cannot_pass_as_one_of_another_kind(home: Path) -> None:
    await KeyStore(home, LockedKeyring()).create()
    for path in (home / "keys").glob("*.json"):
        path.write_text(path.read_text().replace('"file"', '"keyring"'))
    stolen = MemoryKeyring()
    home_id = json.loads((home / "keys" / "keyring.json").read_text())["home_id"]
    stolen.set_password("HyperSpot Desktop", home_id, (home / "keys" / "data.key").read_text())
    with pytest.raises(KeyUnavailable):
        await KeyStore(home, stolen).open()


async def test_keys_that_cannot_be_stored_are_not_made(home: Path, keyring: MemoryKeyring) -> None:
    (home / "keys").write_text("a file in the way")
    with pytest.raises(KeysNotWritable) as caught:
        await KeyStore(home, keyring).create()
    assert "--home" in caught.value.action


async def test_the_report_says_when_the_keyring_of_the_key_is_gone(home: Path, keyring: MemoryKeyring) -> None:
    await KeyStore(home, keyring).create()
    good = await KeyStore(home, keyring).report()
    assert (good.storage, good.action, good.keyring_problem) == ("keyring", "", None)
    assert good.keyring_name
    no_keyring_here = await KeyStore(home).report()
    assert no_keyring_here.storage == "keyring"
    assert no_keyring_here.keyring_problem in (None, "this computer has none")


async def test_the_report_says_when_only_a_person_can_unlock(home: Path, keyring: MemoryKeyring) -> None:
    await KeyStore(home, keyring).create()
    for path in (home / "keys").iterdir():
        content = json.loads(path.read_text())
        content["wraps"] = [wrap for wrap in content["wraps"] if wrap["kind"] == "recovery"]
        path.write_text(json.dumps(content))
    report = await KeyStore(home, keyring).report()
    assert (report.storage, report.wraps) == ("none", ("recovery",))
    with pytest.raises(KeyUnavailable, match="without asking"):
        await KeyStore(home, keyring).open()
