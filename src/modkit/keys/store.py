"""Makes, opens and protects the data key of one home."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

from loguru import logger

from modkit.keys import recovery
from modkit.keys.automatic import AutomaticWays, now_text
from modkit.keys.data_key import DataKey
from modkit.keys.elsewhere import unlocked
from modkit.keys.errors import (
    InvalidRecoveryCode,
    KeysExist,
    KeysLocked,
    KeysMissing,
    KeysNotCreated,
    KeysNotWritable,
    KeyUnavailable,
    NoSuchWrap,
    PassphraseWanted,
    WeakPassphrase,
    WrongPassphrase,
)
from modkit.keys.keys_file import KeysFile, read_keys_file, second_copy, write_keys_file
from modkit.keys.os_keyring import KeyringBackend, KeyringUnavailable, OsKeyring
from modkit.keys.report import KeyReport, Storage
from modkit.keys.wraps import Wrap, WrapKind, passphrase_bytes, unwrap_key, wrap_key

MIN_PASSPHRASE_CHARS = 8


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
        self._ways = AutomaticWays(home / "keys" / "data.key", OsKeyring(keyring_backend, timeout_s=keyring_timeout_s))
        self._key: DataKey | None = None
        self.fresh_recovery_code: str | None = None

    async def open_or_create(self) -> DataKey:
        """The key; made without asking when neither keys nor data exist. What a program's start calls.

        A key that this object has unlocked before is given again.

        Raises:
            KeyUnavailable: there is a key, or data that needs one, but it cannot be had.
            KeysNotWritable: a new key could not be stored.
        """
        if self._key is not None:
            return self._key
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
            PassphraseWanted: every start asks.
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

    async def verify(self, secret: str) -> None:
        """Whether a passphrase or recovery code leads to the key of this home; nothing is changed.

        Raises:
            InvalidRecoveryCode, WrongPassphrase, NoSuchWrap: it does not.
        """
        await asyncio.to_thread(self._verify, secret)

    async def set_passphrase(self, passphrase: str | None) -> None:
        """Add, replace or (None) remove the passphrase as a further way to the unlocked key.

        Without one, starts cannot ask for it: removing it makes an automatic way again.

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

    async def confirm_recovery_code(self) -> None:
        """The user has kept the recovery code; the report says so from now on."""
        await asyncio.to_thread(self._confirm_recovery_code)

    async def ask_at_start(self, asks: bool) -> None:
        """Whether every start asks for the passphrase: then neither keyring nor file leads to the key.

        Raises:
            KeysLocked: the key was not opened by this object.
            NoSuchWrap: there is no passphrase that could be asked for.
        """
        await asyncio.to_thread(self._ask_at_start, asks)

    async def settle(self) -> bool:
        """Wrap the unlocked key anew where the computer has changed; True when that was needed.

        A keyring that works now takes the place of the key file, which is removed.
        """
        return await asyncio.to_thread(self._settle)

    async def report(self, *, ask_keyring: bool = True) -> KeyReport:
        """How the key is protected now; never raises for a damaged or missing file.

        Without ``ask_keyring`` it is quick, and says nothing of whether the keyring works.
        """
        return await asyncio.to_thread(self._report, ask_keyring)

    def _create(self) -> DataKey:
        if self._path.exists():
            raise KeysExist(self._path)
        if (database := self._database()) is not None:
            raise KeysMissing(self._path, database)
        key = DataKey.generate()
        code = recovery.new_code()
        content = KeysFile(home_id=secrets.token_hex(8), fingerprint=key.fingerprint, wraps=())
        content = content.with_wrap(wrap_key(key, "recovery", recovery.parse_code(code), now_text()))
        write_keys_file(self._path, self._ways.make(content, key))
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
        write_keys_file(self._path, mine if mine.asks else self._ways.make(mine, key))
        return self._opened(key)

    def _open(self) -> DataKey:
        content = self._content()
        if content.asks:
            raise PassphraseWanted(content.kinds)
        return self._opened(self._ways.follow(content))

    def _verify(self, secret: str) -> None:
        content = self._content()
        if unlocked(content, secret).fingerprint != content.fingerprint:
            raise WrongPassphrase

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
        if not content.asks:
            try:
                self._ways.follow(content)
            except KeyUnavailable:
                self._make_way(content, key)
        return self._opened(key)

    def _make_way(self, content: KeysFile, key: DataKey) -> None:
        """For the next start; on a disk that cannot be written to, that one asks again."""
        try:
            write_keys_file(self._path, self._ways.make(content, key))
        except KeysNotWritable as err:
            logger.warning("{}", err.sentence)

    def _set_passphrase(self, passphrase: str | None) -> None:
        key, content = self._unlocked(), self._content()
        if passphrase is None:
            content = content.without("passphrase")
            if content.asks:
                content = self._ways.make(content.model_copy(update={"asks": False}), key)
            write_keys_file(self._path, content)
            return
        if len(passphrase) < MIN_PASSPHRASE_CHARS:
            raise WeakPassphrase(MIN_PASSPHRASE_CHARS)
        wrap = wrap_key(key, "passphrase", passphrase_bytes(passphrase), now_text())
        write_keys_file(self._path, content.with_wrap(wrap))

    def _new_recovery_code(self) -> str:
        key, content, code = self._unlocked(), self._content(), recovery.new_code()
        write_keys_file(self._path, content.with_wrap(wrap_key(key, "recovery", recovery.parse_code(code), now_text())))
        self.fresh_recovery_code = None
        return code

    def _confirm_recovery_code(self) -> None:
        content = self._content()
        wrap = _required(content, "recovery").model_copy(update={"confirmed_at": now_text()})
        write_keys_file(self._path, content.with_wrap(wrap))

    def _ask_at_start(self, asks: bool) -> None:
        key, content = self._unlocked(), self._content()
        if asks == content.asks:
            return
        if not asks:
            write_keys_file(self._path, self._ways.make(content.model_copy(update={"asks": False}), key))
            return
        _required(content, "passphrase")
        kept = content.without("keyring").without("file").model_copy(update={"asks": True})
        write_keys_file(self._path, kept)
        self._ways.forget(content)

    def _settle(self) -> bool:
        key, content = self._unlocked(), self._content()
        if content.wrap("file") is None or (moved := self._ways.moved_to_keyring(content, key)) is None:
            return False
        try:
            write_keys_file(self._path, moved)
        except KeysNotWritable as err:
            # The file leads to the key as before.
            logger.warning("{}", err.sentence)
            return False
        self._ways.forget_file()
        logger.info("The key of your data is kept in the keyring now; the key file was removed")
        return True

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

    def _report(self, ask_keyring: bool) -> KeyReport:
        name, problem = self._keyring_state() if ask_keyring else (None, None)
        try:
            content = self._content()
        except (KeyUnavailable, KeysNotCreated) as err:
            exists = isinstance(err, KeyUnavailable)
            return KeyReport(exists, "none", (), name, problem, err.sentence, err.action)
        return self._report_of(content, name, problem)

    def _report_of(self, content: KeysFile, name: str | None, problem: str | None) -> KeyReport:
        code = content.wrap("recovery")
        kept = code is not None and code.confirmed_at is not None
        kinds: tuple[str, ...] = content.kinds

        def report(storage: Storage, sentence: str, action: str, file: Path | None = None) -> KeyReport:
            return KeyReport(True, storage, kinds, name, problem, sentence, action, file, content.asks, kept)

        if content.asks:
            return report("none", "Every start asks for the passphrase of your data.", "")
        if "keyring" in kinds:
            sentence = "The key of your data is kept in the keyring of the operating system."
            action = "" if problem is None else f"The keyring cannot be used now ({problem}); keep the recovery code."
            return report("keyring", sentence, action)
        if "file" not in kinds:
            sentence = "The key of your data can only be reached by hand."
            return report("none", sentence, "Unlock it once; then it is kept.")
        path = self._ways.secret_path
        sentence = f"The key of your data is kept in {path}, readable by your account only."
        action = "Protect copies of this folder; an account with a keyring would protect it better."
        return report("file", sentence, action, path)

    def _keyring_state(self) -> tuple[str | None, str | None]:
        try:
            return self._ways.keyring.name(), None
        except KeyringUnavailable as err:
            return None, str(err)


def _required(content: KeysFile, kind: WrapKind) -> Wrap:
    wrap = content.wrap(kind)
    if wrap is None:
        raise NoSuchWrap(kind)
    return wrap
