"""Detached OpenPGP signatures by GnuPG, with keys that are brought along and kept nowhere."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devtools.errors import CommandFailed, SetupError

KEY = "HYPERSPOT_GPG_KEY"
"""An armoured secret key, or the id of one in the caller's own keyring (which may be on a card)."""
PASSPHRASE = "HYPERSPOT_GPG_PASSPHRASE"
TOOLS = {"gpg": "gpg", "gpg-agent": "gpg-agent", "gpgconf": "gpgconf"}
SUFFIX = ".asc"
_ARMOUR = "-----BEGIN PGP PRIVATE KEY BLOCK-----"


@dataclass(frozen=True)
class Signer:
    """A secret key that can be used; ``home`` is None for the caller's own keyring."""

    home: Path | None
    fingerprint: str
    passphrase: str

    def sign(self, file: Path) -> Path:
        """Write ``FILE.asc`` beside the file.

        Raises:
            SetupError: GnuPG did not sign; most often the passphrase is not the key's.
        """
        signature = file.with_name(file.name + SUFFIX)
        options: list[str | Path] = ["--yes", "--pinentry-mode", "loopback", "--passphrase-fd", "0", "--armor"]
        options += ["--local-user", self.fingerprint, "--output", signature, "--detach-sign", file]
        try:
            _gpg(self.home, options, given=f"{self.passphrase}\n")
        except CommandFailed as error:
            raise SetupError(
                f"{file.name} could not be signed: {_last(error)}", f"Check the key and {PASSPHRASE}."
            ) from error
        return signature


@contextmanager
def signer(environ: Mapping[str, str]) -> Generator[Signer]:
    """The key that the environment names. What was brought along is gone when the block ends.

    Raises:
        SetupError: there is no key, or it is none that can sign.
    """
    key = environ.get(KEY, "").strip()
    if not key:
        raise SetupError(
            f"There is no key to sign with: {KEY} is not set.",
            f"Set it to an armoured secret key or to the id of one in your keyring, and {PASSPHRASE} when it has one.",
        )
    passphrase = environ.get(PASSPHRASE, "")
    if _ARMOUR not in key:
        yield Signer(None, _secret_key(None, key), passphrase)
        return
    with _throw_away_home() as home:
        _import(home, f"{key}\n".encode(), KEY)
        yield Signer(home, _secret_key(home), passphrase)


@contextmanager
def verifier(public_key: Path) -> Generator[Path]:
    """A keyring that has this public key and no other, so that nobody else's signature counts.

    Raises:
        SetupError: the file is no public key.
    """
    with _throw_away_home() as home:
        _import(home, public_key.read_bytes(), public_key.name)
        yield home


def verified(home: Path, file: Path) -> bool:
    """Whether the signature beside the file is there, is of this file, and is by a valid key of the keyring."""
    signature = file.with_name(file.name + SUFFIX)
    if not signature.is_file():
        return False
    try:
        said = _gpg(home, ["--status-fd", "1", "--verify", signature, file])
    except CommandFailed:
        return False
    # Of a key that has expired or was revoked GnuPG says otherwise, and still ends with 0.
    return re.search(r"^\[GNUPG:\] GOODSIG ", said, re.M) is not None


def _secret_key(home: Path | None, name: str | None = None) -> str:
    try:
        listing = _gpg(home, ["--with-colons", "--list-secret-keys", *([name] if name else [])])
    except CommandFailed:
        listing = ""
    found = re.search(r"^fpr:(?:[^:]*:){8}([0-9A-F]+):", listing, re.M)
    if found is None:
        raise SetupError(
            f"{KEY} names no secret key.", "Give it an armoured secret key, or the id of one that is here."
        )
    return found[1]


def _import(home: Path, key: bytes, what: str) -> None:
    try:
        _gpg(home, ["--import"], given=key)
    except CommandFailed as error:
        raise SetupError(
            f"{what} is no OpenPGP key: {_last(error)}", "Export it anew: gpg --armor --export ID"
        ) from error


@contextmanager
def _throw_away_home() -> Generator[Path]:
    # Not below the checkout: the agent's socket must have a short path.
    with tempfile.TemporaryDirectory(prefix="gpg-") as name:
        home = Path(name)
        try:
            yield home
        finally:
            # The agent would go on with the key in its memory.
            subprocess.run(["gpgconf", "--homedir", name, "--kill", "all"], capture_output=True, check=False)


def _gpg(home: Path | None, arguments: Sequence[str | Path], *, given: str | bytes = b"") -> str:
    command = ["gpg", "--batch", "--no-tty", *(["--homedir", str(home)] if home else []), *map(str, arguments)]
    data = given.encode() if isinstance(given, str) else given
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    if done.returncode != 0:
        raise CommandFailed(command, done.returncode, done.stderr.decode("utf-8", "replace").splitlines())
    return done.stdout.decode("utf-8", "replace")


def _last(error: CommandFailed) -> str:
    return error.output[-1] if error.output else str(error)
