"""The ways to the key that need nobody: the operating system's keyring or, where none works, a private file."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

from loguru import logger

from modkit.keys.data_key import DataKey
from modkit.keys.errors import KeyUnavailable
from modkit.keys.keys_file import KeysFile, write_private
from modkit.keys.os_keyring import KeyringUnavailable, OsKeyring
from modkit.keys.wraps import Wrap, unwrap_key, wrap_key

_SECRET_BYTES = 32


class AutomaticWays:
    """Makes and follows them. Everything here blocks: a keyring may take seconds."""

    def __init__(self, secret_path: Path, keyring: OsKeyring) -> None:
        self.secret_path = secret_path
        self.keyring = keyring

    def follow(self, content: KeysFile) -> DataKey:
        """The key, without asking anybody.

        Raises:
            KeyUnavailable: with the ways that are left.
        """
        problem = "no way is left that works without asking"
        if content.wrap("keyring") is not None:
            try:
                if (key := self._by_keyring(content)) is not None:
                    return key
                problem = "the keyring does not hold it any more"
            except KeyringUnavailable as err:
                problem = f"the keyring cannot be used, {err}"
        if (wrap := content.wrap("file")) is not None:
            if (key := self._by_file(wrap)) is not None:
                return key
            problem = f"{self.secret_path.name} is missing or damaged"
        raise KeyUnavailable(content.kinds, problem)

    def make(self, content: KeysFile, key: DataKey) -> KeysFile:
        """The content with a new way: by the keyring or, said aloud, by a file that only its owner can read.

        Raises:
            KeysNotWritable: no keyring works, and the file cannot be written.
        """
        try:
            return content.with_wrap(self._keyring_wrap(content, key))
        except KeyringUnavailable as err:
            logger.warning(
                "No keyring can be used ({}): the key of your data is kept in {}, readable by your account only",
                err,
                self.secret_path,
            )
        secret = secrets.token_bytes(_SECRET_BYTES)
        write_private(self.secret_path, secret.hex().encode())
        return content.with_wrap(wrap_key(key, "file", secret, now_text()))

    def moved_to_keyring(self, content: KeysFile, key: DataKey) -> KeysFile | None:
        """The content with a keyring that works now in place of the file; None when none does.

        The file itself goes with ``forget_file``, once the content is stored.
        """
        try:
            return content.with_wrap(self._keyring_wrap(content, key)).without("file")
        except KeyringUnavailable:
            return None

    def forget_file(self) -> None:
        """Remove the private file; quietly, because without its wrap it opens nothing."""
        try:
            self.secret_path.unlink(missing_ok=True)
        except OSError as err:
            logger.warning("{} could not be removed ({})", self.secret_path.name, type(err).__name__)

    def forget(self, content: KeysFile) -> None:
        """Remove the secrets of all ways, once no wrap is stored that they open."""
        if content.wrap("keyring") is not None:
            self.keyring.remove(content.home_id)
        self.forget_file()

    def _keyring_wrap(self, content: KeysFile, key: DataKey) -> Wrap:
        secret = secrets.token_bytes(_SECRET_BYTES)
        self.keyring.put(content.home_id, secret.hex())
        return wrap_key(key, "keyring", secret, now_text())

    def _by_keyring(self, content: KeysFile) -> DataKey | None:
        stored = self.keyring.get(content.home_id)
        if stored is None:
            return None
        # Every desktop session may have a keyring of its own, with its own secret under the same name.
        wraps = (wrap for wrap in content.wraps if wrap.kind == "keyring")
        return next((key for wrap in wraps if (key := _unwrap_hex(wrap, stored)) is not None), None)

    def _by_file(self, wrap: Wrap) -> DataKey | None:
        try:
            return _unwrap_hex(wrap, self.secret_path.read_text("ascii"))
        except (OSError, UnicodeDecodeError):
            return None


def now_text() -> str:
    """The time as wraps keep it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _unwrap_hex(wrap: Wrap, text: str) -> DataKey | None:
    try:
        return unwrap_key(wrap, bytes.fromhex(text))
    except ValueError:
        return None
