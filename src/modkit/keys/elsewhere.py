"""Reaches the key of backups that lie in a folder, by the wrapped keys beside them and what a person knows."""

from __future__ import annotations

from pathlib import Path

from modkit.keys.data_key import DataKey
from modkit.keys.errors import InvalidRecoveryCode, KeysMissing, NoSuchWrap, WrongPassphrase
from modkit.keys.keys_file import KeysFile, read_keys_file
from modkit.keys.recovery import parse_code
from modkit.keys.wraps import passphrase_bytes, unwrap_key

KEYS_FILE = "keyring.json"
"""The name of the wrapped keys beside backups."""


def key_beside(backup: Path, secret: str) -> DataKey:
    """The key of a backup, from the keys file in its folder; ``secret`` is a recovery code or a passphrase.

    Blocks: a passphrase takes a quarter of a second.

    Raises:
        KeysMissing: there is no keys file in the folder.
        KeysDamaged: it cannot be read.
        InvalidRecoveryCode, WrongPassphrase: the secret does not open it.
    """
    path = backup.parent / KEYS_FILE
    content = read_keys_file(path)
    if content is None:
        raise KeysMissing(path, backup)
    return unlocked(content, secret)


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
