"""Makes, opens and protects the data key of one home."""

from __future__ import annotations

import asyncio
import secrets
from datetime import UTC, datetime
from pathlib import Path

from loguru import logger

from modkit.keys import recovery
from modkit.keys.data_key import DataKey
from modkit.keys.elsewhere import unlocked
from modkit.keys.errors import (
    InvalidRecoveryCode,
    KeysExist,
    KeysLocked,
    KeysMissing,
    KeysNotCreated,
    KeyUnavailable,
    NoSuchWrap,
    WeakPassphrase,
    WrongPassphrase,
)
from modkit.keys.keys_file import KeysFile, read_keys_file, second_copy, write_keys_file, write_private
from modkit.keys.os_keyring import KeyringBackend, KeyringUnavailable, OsKeyring
from modkit.keys.report import KeyReport
from modkit.keys.wraps import Wrap, WrapKind, passphrase_bytes, unwrap_key, wrap_key

MIN_PASSPHRASE_CHARS = 8
_SECRET_BYTES = 32


class KeyStore:
    """The key of ``home``. Its methods may take long (keyring, scrypt) and run in threads.

    ``keyring_backend`` replaces the operating system's keyring. ``fresh_recovery_code`` holds the code of a key
    that was made by this object, until the program ends: show it to the user; it is stored nowhere.
    """

    def __init__(
        self, home: Path, keyring_backend: KeyringBackend | None = None, *, keyring_timeout_s: float = 15.0
    ) -> None:
        self._home = home
        self._path = home / "keys" / "keyring.json"
        self._secret_path = home / "keys" / "data.key"
        self._keyring = OsKeyring(keyring_backend, timeout_s=keyring_timeout_s)
        self._key: DataKey | None = None
        self.fresh_recovery_code: str | None = None

    async def open_or_create(self) -> DataKey:
        """The key; made without asking when neither keys nor data exist. What a program's start calls.

        Raises:
            KeyUnavailable: there is a key, or data that needs one, but it cannot be had.
            KeysNotWritable: a new key could not be stored.
        """
        try:
            return await self.open()
        except KeysNotCreated:
            return await self.create()

    async def create(self) -> DataKey:
        """Make a new key and wrap it: by the keyring or, without one, a key file; and by a recovery code.

        Raises:
            KeysExist: there is one already.
            KeysMissing: there is data made with a key that is gone.
            KeysNotWritable: nothing was made.
        """
        return await asyncio.to_thread(self._create)

    async def open(self) -> DataKey:
        """The key, without asking anybody.

        Raises:
            KeysNotCreated: neither keys nor data exist.
            KeyUnavailable: with the ways that are left, or a kin of it.
        """
        return await asyncio.to_thread(self._open)

    async def adopt(self, keys_file: Path, secret: str) -> DataKey:
        """Make the key in another home's keys file this home's own; ``secret`` is its recovery code or passphrase.

        Both go on leading to the key here. A home with data but without keys may adopt: that data needs some key, and
        without its own no other can be worse.

        Raises:
            KeysExist: this home has a key.
            KeysMissing, KeysDamaged: the other keys file is not there or cannot be read.
            InvalidRecoveryCode, WrongPassphrase: the secret does not open it.
            KeysNotWritable: nothing was made.
        """
        return await asyncio.to_thread(self._adopt, keys_file, secret)

    async def unlock_with_recovery(self, code: str) -> DataKey:
        """The key by its recovery code; afterwards starts work without questions again.

        Raises:
            InvalidRecoveryCode: mistyped, or not of this home.
            NoSuchWrap: there is no recovery code.
        """
        return await asyncio.to_thread(self._unlock_with_recovery, code)

    async def unlock_with_passphrase(self, passphrase: str) -> DataKey:
        """The key by the passphrase; afterwards starts work without questions again.

        Raises:
            WrongPassphrase: it is.
            NoSuchWrap: none was set.
        """
        return await asyncio.to_thread(self._unlock_with_passphrase, passphrase)

    async def unlock(self, secret: str) -> DataKey:
        """The key by what a person typed: a recovery code if it looks like one, else the passphrase.

        Raises:
            InvalidRecoveryCode, WrongPassphrase, NoSuchWrap: it is neither.
        """
        return await asyncio.to_thread(
            lambda: self._unlocked_by_hand(self._content(), unlocked(self._content(), secret))
        )

    async def set_passphrase(self, passphrase: str | None) -> None:
        """Add, replace or (None) remove the passphrase as a further way to the unlocked key.

        Raises:
            WeakPassphrase: shorter than 8 characters.
            KeysLocked: the key was not opened by this object.
        """
        await asyncio.to_thread(self._set_passphrase, passphrase)

    async def new_recovery_code(self) -> str:
        """Replace the recovery code; the old one stops working. The new one is only returned, never stored.

        Raises:
            KeysLocked: the key was not opened by this object.
        """
        return await asyncio.to_thread(self._new_recovery_code)

    async def report(self) -> KeyReport:
        """How the key is protected now; never raises for a damaged or missing file."""
        return await asyncio.to_thread(self._report)

    def _create(self) -> DataKey:
        if self._path.exists():
            raise KeysExist(self._path)
        if (database := self._database()) is not None:
            raise KeysMissing(self._path, database)
        key = DataKey.generate()
        code = recovery.new_code()
        content = KeysFile(home_id=secrets.token_hex(8), fingerprint=key.fingerprint, wraps=())
        content = content.with_wrap(wrap_key(key, "recovery", recovery.parse_code(code), _now()))
        write_keys_file(self._path, content.with_wrap(self._local_wrap(content, key)))
        self._key, self.fresh_recovery_code = key, code
        return key

    def _adopt(self, keys_file: Path, secret: str) -> DataKey:
        if self._path.exists() or second_copy(self._path).exists():
            raise KeysExist(self._path)
        theirs = read_keys_file(keys_file)
        if theirs is None:
            raise KeysMissing(keys_file, keys_file.parent)
        key = unlocked(theirs, secret)
        # A new name: the keyring entry of the other home, which may be on this computer, must stay its own.
        mine = theirs.without("keyring").without("file").model_copy(update={"home_id": secrets.token_hex(8)})
        write_keys_file(self._path, mine.with_wrap(self._local_wrap(mine, key)))
        return self._opened(key)

    def _open(self) -> DataKey:
        content = self._content()
        problem = "no way is left that works without asking"
        if content.wrap("keyring") is not None:
            try:
                if (key := self._by_keyring(content)) is not None:
                    return self._opened(key)
                problem = "the keyring does not hold it any more"
            except KeyringUnavailable as err:
                problem = f"the keyring cannot be used, {err}"
        if (wrap := content.wrap("file")) is not None:
            if (key := self._by_file(wrap)) is not None:
                return self._opened(key)
            problem = f"{self._secret_path.name} is missing or damaged"
        raise KeyUnavailable(content.kinds, problem)

    def _by_keyring(self, content: KeysFile) -> DataKey | None:
        stored, wrap = self._keyring.get(content.home_id), content.wrap("keyring")
        return _unwrap_hex(wrap, stored) if wrap is not None and stored is not None else None

    def _by_file(self, wrap: Wrap) -> DataKey | None:
        try:
            return _unwrap_hex(wrap, self._secret_path.read_text("ascii"))
        except (OSError, UnicodeDecodeError):
            return None

    def _unlock(self, secret: str) -> DataKey:
        content = self._content()
        return self._unlocked_by_hand(content, unlocked(content, secret))

    def _unlock_with_recovery(self, code: str) -> DataKey:
        content = self._content()
        key = unwrap_key(_required(content, "recovery"), recovery.parse_code(code))
        if key is None:
            raise InvalidRecoveryCode("it belongs to another home, or was replaced by a newer one")
        return self._unlocked_by_hand(content, key)

    def _unlock_with_passphrase(self, passphrase: str) -> DataKey:
        content = self._content()
        key = unwrap_key(_required(content, "passphrase"), passphrase_bytes(passphrase))
        if key is None:
            raise WrongPassphrase
        return self._unlocked_by_hand(content, key)

    def _unlocked_by_hand(self, content: KeysFile, key: DataKey) -> DataKey:
        """Whatever made the automatic way fail, make a new one."""
        try:
            self._open()
        except KeyUnavailable:
            write_keys_file(self._path, content.with_wrap(self._local_wrap(content, key)))
        return self._opened(key)

    def _set_passphrase(self, passphrase: str | None) -> None:
        key, content = self._unlocked(), self._content()
        if passphrase is None:
            write_keys_file(self._path, content.without("passphrase"))
            return
        if len(passphrase) < MIN_PASSPHRASE_CHARS:
            raise WeakPassphrase(MIN_PASSPHRASE_CHARS)
        wrap = wrap_key(key, "passphrase", passphrase_bytes(passphrase), _now())
        write_keys_file(self._path, content.with_wrap(wrap))

    def _new_recovery_code(self) -> str:
        key, content, code = self._unlocked(), self._content(), recovery.new_code()
        write_keys_file(self._path, content.with_wrap(wrap_key(key, "recovery", recovery.parse_code(code), _now())))
        self.fresh_recovery_code = None
        return code

    def _local_wrap(self, content: KeysFile, key: DataKey) -> Wrap:
        """Wrap by the keyring or, said aloud, by a file that only its owner can read."""
        secret = secrets.token_bytes(_SECRET_BYTES)
        try:
            self._keyring.put(content.home_id, secret.hex())
        except KeyringUnavailable as err:
            logger.warning(
                "No keyring can be used ({}): the key of your data is kept in {}, readable by your account only",
                err,
                self._secret_path,
            )
            write_private(self._secret_path, secret.hex().encode())
            return wrap_key(key, "file", secret, _now())
        return wrap_key(key, "keyring", secret, _now())

    def _content(self) -> KeysFile:
        content = read_keys_file(self._path)
        if content is not None:
            return content
        if (database := self._database()) is not None:
            raise KeysMissing(self._path, database)
        raise KeysNotCreated(self._home)

    def _database(self) -> Path | None:
        """Any database under the home: then a new key would hide the user's data behind an empty profile."""
        return next((path for pattern in ("*.db", "*/*.db") for path in self._home.glob(pattern)), None)

    def _unlocked(self) -> DataKey:
        if self._key is None:
            raise KeysLocked
        return self._key

    def _opened(self, key: DataKey) -> DataKey:
        self._key = key
        return key

    def _report(self) -> KeyReport:
        name, problem = self._keyring_state()
        try:
            content = self._content()
        except (KeyUnavailable, KeysNotCreated) as err:
            exists = isinstance(err, KeyUnavailable)
            return KeyReport(exists, "none", (), name, problem, err.sentence, err.action)
        if "keyring" in content.kinds:
            sentence = "The key of your data is kept in the keyring of the operating system."
            action = "" if problem is None else f"The keyring cannot be used now ({problem}); keep the recovery code."
            return KeyReport(True, "keyring", content.kinds, name, problem, sentence, action)
        if "file" not in content.kinds:
            sentence = "The key of your data can only be reached by hand."
            return KeyReport(True, "none", content.kinds, name, problem, sentence, "Unlock it once; then it is kept.")
        sentence = f"The key of your data is kept in {self._secret_path}, readable by your account only."
        action = "Protect copies of this folder; an account with a keyring would protect it better."
        return KeyReport(True, "file", content.kinds, name, problem, sentence, action, self._secret_path)

    def _keyring_state(self) -> tuple[str | None, str | None]:
        try:
            return self._keyring.name(), None
        except KeyringUnavailable as err:
            return None, str(err)


def _required(content: KeysFile, kind: WrapKind) -> Wrap:
    wrap = content.wrap(kind)
    if wrap is None:
        raise NoSuchWrap(kind)
    return wrap


def _unwrap_hex(wrap: Wrap, text: str) -> DataKey | None:
    try:
        return unwrap_key(wrap, bytes.fromhex(text))
    except ValueError:
        return None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
