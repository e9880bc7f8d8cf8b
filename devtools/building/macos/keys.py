"""What a release for macOS is signed and notarised with, taken from the environment."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devtools.building.macos.commands import Command, Secret, Word
from devtools.errors import SetupError

IDENTITY = "HYPERSPOT_APPLE_IDENTITY"
"""The name of the certificate: ``Developer ID Application: NAME (TEAM)``."""
CERTIFICATE = "HYPERSPOT_APPLE_CERTIFICATE"
"""That certificate with its key, as PKCS #12 in base64; without it, it is looked for in the user's own keychain."""
CERTIFICATE_PASSWORD = "HYPERSPOT_APPLE_CERTIFICATE_PASSWORD"
API_KEY = "HYPERSPOT_APPLE_API_KEY"
"""The text of a key file (.p8) of App Store Connect, which notarisation is asked for with."""
API_KEY_ID = "HYPERSPOT_APPLE_API_KEY_ID"
API_ISSUER = "HYPERSPOT_APPLE_API_ISSUER"
VARIABLES = (IDENTITY, CERTIFICATE, CERTIFICATE_PASSWORD, API_KEY, API_KEY_ID, API_ISSUER)
_NEEDED = (IDENTITY, API_KEY, API_KEY_ID, API_ISSUER)
_TOGETHER = (CERTIFICATE, CERTIFICATE_PASSWORD)
_LOGIN = "login.keychain-db"


@dataclass(frozen=True)
class Keys:
    """All that signing and notarising take. ``certificate`` is None when the user's keychain has it."""

    identity: str
    api_key: bytes
    api_key_id: Secret
    api_issuer: Secret
    certificate: bytes | None = None
    certificate_password: Secret | None = None


def keys_from(environ: Mapping[str, str]) -> Keys | None:
    """The keys that the environment names; None when it names none at all. What is empty is not set.

    Raises:
        SetupError: some are there and others are missing, or the certificate is not base64.
    """
    given = {name: environ.get(name, "").strip() for name in VARIABLES}
    if not any(given.values()):
        return None
    needed = [*_NEEDED, *(_TOGETHER if any(given[name] for name in _TOGETHER) else ())]
    missing = [name for name in needed if not given[name]]
    if missing:
        raise SetupError(
            f"The program cannot be signed and notarised, because {', '.join(missing)} is not set.",
            f"Set what is missing, or none of {', '.join(VARIABLES)}: then it is made for this Mac alone.",
        )
    return Keys(
        given[IDENTITY],
        f"{given[API_KEY]}\n".encode(),
        Secret(API_KEY_ID, given[API_KEY_ID]),
        Secret(API_ISSUER, given[API_ISSUER]),
        _decoded(given[CERTIFICATE]) if given[CERTIFICATE] else None,
        Secret(CERTIFICATE_PASSWORD, given[CERTIFICATE_PASSWORD]) if given[CERTIFICATE] else None,
    )


def stand_in_keys() -> Keys:
    """Stands for real ones where commands are only printed."""
    return Keys(
        "Developer ID Application: NAME (TEAM)",
        b"",
        Secret(API_KEY_ID, ""),
        Secret(API_ISSUER, ""),
        b"",
        Secret(CERTIFICATE_PASSWORD, ""),
    )


@dataclass(frozen=True)
class KeyFiles:
    """Where the keys lie while they are used: a folder that only this user can enter, and that is thrown away."""

    folder: Path

    @property
    def certificate(self) -> Path:
        return self.folder / "certificate.p12"

    @property
    def api_key(self) -> Path:
        return self.folder / "notary.p8"

    @property
    def keychain(self) -> Path:
        return self.folder / "hyperspot.keychain-db"

    def write(self, keys: Keys) -> None:
        """Put the keys where the commands look for them."""
        for path, data in ((self.api_key, keys.api_key), (self.certificate, keys.certificate)):
            if data is not None:
                path.touch(mode=0o600)
                path.write_bytes(data)


def open_keychain(keys: Keys, files: KeyFiles) -> list[Command]:
    """Put the certificate into a keychain of its own; nothing to do when the user's has it.

    The list of keychains that is searched belongs to the user's account: this is for the machines of a CI system.
    """
    if keys.certificate is None or keys.certificate_password is None:
        return []
    chain, password = files.keychain, Secret("KEYCHAIN_PASSWORD", secrets.token_urlsafe(24))
    imported: list[Word] = [
        "security",
        "import",
        files.certificate,
        "-k",
        chain,
        "-f",
        "pkcs12",
        "-T",
        "/usr/bin/codesign",
    ]
    # codesign may use the key without a question to a user that is not there.
    allowed: list[Word] = ["security", "set-key-partition-list", "-S", "apple-tool:,apple:,codesign:", "-s"]
    return [
        Command("Making a keychain", ["security", "create-keychain", "-p", password, chain]),
        Command("Keeping it open for an hour", ["security", "set-keychain-settings", "-u", "-t", "3600", chain]),
        Command("Opening it", ["security", "unlock-keychain", "-p", password, chain]),
        Command("Putting the certificate in", [*imported, "-P", keys.certificate_password]),
        Command("Letting codesign use its key", [*allowed, "-k", password, chain]),
        Command("Having it searched", ["security", "list-keychains", "-d", "user", "-s", chain, _LOGIN]),
    ]


def close_keychain(keys: Keys, files: KeyFiles) -> list[Command]:
    """Take the keychain away again, whatever happened."""
    if keys.certificate is None:
        return []
    return [
        Command("Searching the user's keychain alone", ["security", "list-keychains", "-d", "user", "-s", _LOGIN]),
        Command("Deleting the keychain", ["security", "delete-keychain", files.keychain]),
    ]


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise SetupError(
            f"{CERTIFICATE} is not base64.", f"Set {CERTIFICATE} to what this prints: base64 -i FILE.p12"
        ) from error
