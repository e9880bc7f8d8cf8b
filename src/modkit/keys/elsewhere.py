"""Reaches the key of backups that lie in a folder, by the wrapped keys beside them and what a person knows."""

from __future__ import annotations

from pathlib import Path

from modkit.keys.data_key import DataKey
from modkit.keys.errors import (
    InvalidRecoveryCode,
    KeysDamaged,
    KeysError,
    KeysMissing,
    NoSuchWrap,
    WrongPassphrase,
)
from modkit.keys.keys_file import KeysFile, read_keys_file
from modkit.keys.recovery import parse_code
from modkit.keys.wraps import passphrase_bytes, unwrap_key

_STEM = "keyring"
KEYS_FILE = f"{_STEM}.json"
"""The name of the wrapped keys beside backups; those of other profiles lie there with their fingerprint in the name."""


def key_beside(backup: Path, secret: str) -> DataKey:
    """The key of a backup, from the keys files in its folder; ``secret`` is a recovery code or a passphrase.

    Blocks: a passphrase takes a quarter of a second for each file.

    Raises:
        KeysMissing: there is no keys file in the folder.
        KeysDamaged: none of them can be read.
        InvalidRecoveryCode, WrongPassphrase, NoSuchWrap: the secret opens none of them.
    """
    return keys_beside(backup, secret)[1]


def keys_beside(backup: Path, secret: str) -> tuple[Path, DataKey]:
    """The same, with the file that the secret opens."""
    folder = backup.parent
    refusal: KeysError | None = None
    for path in (folder / KEYS_FILE, *sorted(folder.glob(f"{_STEM}-*.json"))):
        try:
            if (content := read_keys_file(path)) is not None:
                return path, unlocked(content, secret)
        except KeysError as err:
            refusal = refusal or err
    raise refusal or KeysMissing(folder / KEYS_FILE, backup)


def make_room_for(target: Path, key: DataKey) -> None:
    """Before wrapped keys are put at ``target``: those of another key that lie there get another name.

    Raises:
        OSError: they could not be renamed.
    """
    # An older one would go on accepting a recovery code that was replaced.
    target.with_name(f"{_STEM}-{key.fingerprint}.json").unlink(missing_ok=True)
    other = owner_of(target.parent)
    if other is not None and other != key.fingerprint:
        target.replace(target.with_name(f"{_STEM}-{other}.json"))


def owner_of(folder: Path) -> str | None:
    """The fingerprint of the profile whose wrapped keys lie in a folder of backups; None when none can be read."""
    try:
        content = read_keys_file(folder / KEYS_FILE)
    except KeysDamaged:
        return None
    return None if content is None else content.fingerprint


def unlocked(content: KeysFile, secret: str) -> DataKey:
    """The key behind a recovery code, if the secret looks like one, else behind the passphrase.

    Raises:
        InvalidRecoveryCode, WrongPassphrase: it does not open it.
    """
    try:
        code = parse_code(secret)
    except InvalidRecoveryCode as not_a_code:
        return _by_passphrase(content, secret, not_a_code)
    wrap = content.wrap("recovery")
    if wrap is None:
        raise NoSuchWrap("recovery")
    key = unwrap_key(wrap, code)
    if key is None:
        raise InvalidRecoveryCode("it belongs to another profile, or was replaced by a newer one")
    return key


def _by_passphrase(content: KeysFile, passphrase: str, not_a_code: InvalidRecoveryCode) -> DataKey:
    wrap = content.wrap("passphrase")
    if wrap is None:
        raise not_a_code
    key = unwrap_key(wrap, passphrase_bytes(passphrase))
    if key is None:
        raise WrongPassphrase
    return key
