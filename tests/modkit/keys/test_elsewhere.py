"""The key of backups on another computer: reached with what a person knows, and made a home's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from modkit.keys import DataKey, KeyStore
from modkit.keys.elsewhere import KEYS_FILE, key_beside, make_room_for
from modkit.keys.errors import (
    InvalidRecoveryCode,
    KeysExist,
    KeysMissing,
    KeyUnavailable,
    NoSuchWrap,
    WrongPassphrase,
)
from modkit.keys.keys_file import read_keys_file, write_keys_file

PASSPHRASE = "correct horse bätterie"


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")


class Origin:
    """A home, the folder of its backups, and its recovery code."""

    def __init__(self, home: Path, key: DataKey, code: str) -> None:
        self.home, self.key, self.code = home, key, code
        self.backup = home / "backups" / "hyperspot-x.db"
        self.keys_file = self.backup.parent / KEYS_FILE

    def copy_keys(self) -> None:
        self.keys_file.parent.mkdir(exist_ok=True)
        self.keys_file.write_bytes((self.home / "keys" / KEYS_FILE).read_bytes())


@pytest.fixture
async def origin(tmp_path: Path) -> Origin:
    store = KeyStore(tmp_path / "origin")
    made = Origin(tmp_path / "origin", await store.create(), store.fresh_recovery_code or "")
    await store.set_passphrase(PASSPHRASE)
    made.copy_keys()
    return made


def test_the_recovery_code_and_the_passphrase_lead_to_the_key(origin: Origin) -> None:
    assert key_beside(origin.backup, origin.code.lower()) == origin.key
    assert key_beside(origin.backup, PASSPHRASE) == origin.key


def test_a_wrong_secret_is_said_in_its_own_words(origin: Origin) -> None:
    with pytest.raises(WrongPassphrase):
        key_beside(origin.backup, "wrong")
    with pytest.raises(InvalidRecoveryCode, match="another profile"):
        key_beside(origin.backup, "00000-" * 6 + "00000")
    content = read_keys_file(origin.keys_file)
    assert content is not None
    write_keys_file(origin.keys_file, content.without("passphrase").without("recovery"))
    with pytest.raises(InvalidRecoveryCode):
        key_beside(origin.backup, "wrong")
    with pytest.raises(NoSuchWrap):
        key_beside(origin.backup, origin.code)
    with pytest.raises(KeysMissing):
        key_beside(origin.home / "elsewhere.db", origin.code)


async def test_keys_of_another_profile_in_the_folder_stay_and_are_found(origin: Origin, tmp_path: Path) -> None:
    store = KeyStore(tmp_path / "other")
    other = await store.create()
    for key, home in ((other, tmp_path / "other"), (origin.key, origin.home), (other, tmp_path / "other")):
        make_room_for(origin.keys_file, key)
        origin.keys_file.write_bytes((home / "keys" / KEYS_FILE).read_bytes())
    assert len(list(origin.keys_file.parent.glob("keyring*.json"))) == 2
    assert key_beside(origin.backup, store.fresh_recovery_code or "") == other
    assert key_beside(origin.backup, origin.code) == origin.key
    assert key_beside(origin.backup, PASSPHRASE) == origin.key
    with pytest.raises(InvalidRecoveryCode, match="another profile"):
        key_beside(origin.backup, "00000-" * 6 + "00000")
    origin.keys_file.write_text("damaged")
    make_room_for(origin.keys_file, other)
    assert key_beside(origin.backup, origin.code) == origin.key


async def test_a_fresh_home_takes_the_key_over_with_its_ways(origin: Origin, home: Path) -> None:
    store = KeyStore(home)
    assert await store.adopt(origin.keys_file, origin.code) == origin.key
    assert await KeyStore(home).open() == origin.key
    assert await KeyStore(home).unlock_with_recovery(origin.code) == origin.key
    assert await KeyStore(home).unlock(PASSPHRASE) == origin.key
    mine, theirs = read_keys_file(home / "keys" / KEYS_FILE), read_keys_file(origin.keys_file)
    assert mine is not None
    assert theirs is not None
    assert mine.home_id != theirs.home_id
    assert await KeyStore(origin.home).open() == origin.key


async def test_a_home_with_a_key_takes_over_no_other(origin: Origin, home: Path) -> None:
    key = await KeyStore(home).create()
    with pytest.raises(KeysExist):
        await KeyStore(home).adopt(origin.keys_file, origin.code)
    assert await KeyStore(home).open() == key


async def test_nothing_is_taken_over_with_a_wrong_code_or_without_keys(origin: Origin, home: Path) -> None:
    with pytest.raises(WrongPassphrase):
        await KeyStore(home).adopt(origin.keys_file, "wrong")
    with pytest.raises(KeysMissing):
        await KeyStore(home).adopt(home / KEYS_FILE, origin.code)
    assert list(home.iterdir()) == []


async def test_a_lost_key_file_is_made_up_for_by_either_way(origin: Origin) -> None:
    (origin.home / "keys" / "data.key").unlink()
    with pytest.raises(KeyUnavailable):
        await KeyStore(origin.home).open()
    assert await KeyStore(origin.home).unlock(origin.code) == origin.key
    assert await KeyStore(origin.home).open() == origin.key
