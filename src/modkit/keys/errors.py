"""What can go wrong between a person and their data key.

KeysError
├── KeyUnavailable        the key exists, but nothing here can unwrap it now
│   ├── PassphraseWanted  every start asks for it, as the user chose
│   ├── KeysMissing       there is a database, but the keys folder is gone
│   └── KeysDamaged       the keys file cannot be read
├── KeysNotCreated · KeysExist · KeysLocked
├── InvalidRecoveryCode   mistyped, or of another home
├── WrongPassphrase · WeakPassphrase · NoSuchWrap
└── KeysNotWritable       the keys folder cannot be written to
"""

from __future__ import annotations

from pathlib import Path

from modkit.errors import ErrorKind, HyperSpotError

_NAMES = {
    "keyring": "the keyring of the operating system",
    "recovery": "the recovery code",
    "passphrase": "the passphrase",
    "file": "the key file",
}


class KeysError(HyperSpotError):
    """Anything modkit.keys can raise."""


class KeyUnavailable(KeysError):
    """``wraps`` are the kinds of ways that exist to reach the key: keyring, recovery, passphrase, file."""

    kind = ErrorKind.UNAVAILABLE

    def __init__(self, wraps: tuple[str, ...], reason: str) -> None:
        by_hand = [_NAMES[kind] for kind in wraps if kind in ("recovery", "passphrase")]
        instead = f" Or unlock with {' or '.join(by_hand)}." if by_hand else ""
        super().__init__(
            f"The key of your data cannot be reached: {reason}.",
            action=f"Unlock or start the keyring and try again.{instead}",
        )
        self.wraps = wraps
        self.reason = reason


class PassphraseWanted(KeyUnavailable):
    def __init__(self, wraps: tuple[str, ...]) -> None:
        super().__init__(wraps, "every start asks for the passphrase")
        self.args = ("HyperSpot asks for your passphrase at every start.",)
        self.action = "Type the passphrase, or the recovery code."


class KeysMissing(KeyUnavailable):
    def __init__(self, keys_file: Path, database: Path) -> None:
        super().__init__((), f"{keys_file} is missing, but {database.name} was made with it")
        self.action = (
            f"Bring {keys_file.name} back from a copy of the home folder; no new key can open the old data. Or restore "
            "a backup with the recovery code or passphrase: hyperspot backup restore NAME --recovery-code - --yes."
        )


class KeysDamaged(KeyUnavailable):
    def __init__(self, keys_file: Path) -> None:
        super().__init__((), f"{keys_file.name} and its second copy are damaged")
        self.action = f"Bring {keys_file} back from a copy of the home folder."


class KeysNotCreated(KeysError):
    kind = ErrorKind.NOT_FOUND

    def __init__(self, home: Path) -> None:
        super().__init__(f"{home} has no key yet.", action="Start HyperSpot once; it makes one.")


class KeysExist(KeysError):
    kind = ErrorKind.CONFLICT

    def __init__(self, keys_file: Path) -> None:
        super().__init__(f"{keys_file} exists already.", action="Open it instead of making a new key.")


class KeysLocked(KeysError):
    kind = ErrorKind.CONFLICT

    def __init__(self) -> None:
        super().__init__("The key is not unlocked.", action="Unlock it first, then change how it is protected.")


class InvalidRecoveryCode(KeysError):
    kind = ErrorKind.INVALID

    def __init__(self, reason: str) -> None:
        super().__init__(f"This recovery code does not work: {reason}.", action="Compare it with what you wrote down.")


class WrongPassphrase(KeysError):
    kind = ErrorKind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__("The passphrase is wrong.", action="Try again, or use the recovery code.")


class WeakPassphrase(KeysError):
    kind = ErrorKind.INVALID

    def __init__(self, minimum: int) -> None:
        super().__init__(f"The passphrase is shorter than {minimum} characters.", action="Use several words.")


class NoSuchWrap(KeysError):
    kind = ErrorKind.NOT_FOUND

    def __init__(self, wrap: str) -> None:
        super().__init__(f"The key is not protected by {_NAMES[wrap]}.", action="Use another way to unlock it.")


class KeysNotWritable(KeysError):
    kind = ErrorKind.FORBIDDEN

    def __init__(self, folder: Path, detail: str) -> None:
        super().__init__(
            f"{folder} cannot be written to ({detail}).",
            action="Make the folder writable, free some space, or choose another home with --home.",
        )
