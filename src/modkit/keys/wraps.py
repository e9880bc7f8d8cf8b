"""One wrap = the data key, encrypted under a secret that lives elsewhere (keyring, file, a person's head)."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel, ConfigDict, Field

from modkit.keys.data_key import DataKey

WrapKind = Literal["keyring", "recovery", "passphrase", "file"]

_NONCE_BYTES = 12
_SALT_BYTES = 16
# 64 MiB and about a quarter of a second: what OWASP asks of scrypt (2^16, 8, 1 is between its first two rows).
SCRYPT_LOG_N, _SCRYPT_R, _SCRYPT_P = 16, 8, 1
_SCRYPT_MEMORY_BYTES = 300 * 1024 * 1024


class Wrap(BaseModel):
    """As kept in the keys file; bytes are hex. ``scrypt_log_n`` only for passphrases.

    ``confirmed_at``: when the user said that the recovery code is kept somewhere.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: WrapKind
    created_at: str
    confirmed_at: str | None = None
    salt: str = Field(pattern=r"^[0-9a-f]{32}$")
    nonce: str = Field(pattern=r"^[0-9a-f]{24}$")
    box: str = Field(pattern=r"^[0-9a-f]{96}$")
    # A hostile file must not make us eat all memory.
    scrypt_log_n: int | None = Field(default=None, ge=10, le=18)


def wrap_key(key: DataKey, kind: WrapKind, secret: bytes, created_at: str) -> Wrap:
    """Encrypt the key under ``secret``; a passphrase is stretched first, the other secrets are random enough."""
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    log_n = SCRYPT_LOG_N if kind == "passphrase" else None
    box = AESGCM(_wrapping_key(kind, secret, salt, log_n)).encrypt(nonce, key.raw, _context(kind))
    return Wrap(kind=kind, created_at=created_at, salt=salt.hex(), nonce=nonce.hex(), box=box.hex(), scrypt_log_n=log_n)


def unwrap_key(wrap: Wrap, secret: bytes) -> DataKey | None:
    """The key, None when the secret is not the right one. Passphrases take a quarter of a second."""
    wrapping_key = _wrapping_key(wrap.kind, secret, bytes.fromhex(wrap.salt), wrap.scrypt_log_n)
    try:
        raw = AESGCM(wrapping_key).decrypt(bytes.fromhex(wrap.nonce), bytes.fromhex(wrap.box), _context(wrap.kind))
    except InvalidTag:
        return None
    return DataKey(raw)


def passphrase_bytes(passphrase: str) -> bytes:
    """The same bytes however the keyboard composed the characters."""
    return unicodedata.normalize("NFKC", passphrase).encode()


def _wrapping_key(kind: WrapKind, secret: bytes, salt: bytes, log_n: int | None) -> bytes:
    if kind == "passphrase":
        cost = 2 ** (log_n or SCRYPT_LOG_N)
        return hashlib.scrypt(
            secret, salt=salt, n=cost, r=_SCRYPT_R, p=_SCRYPT_P, maxmem=_SCRYPT_MEMORY_BYTES, dklen=32
        )
    return hashlib.blake2b(secret, key=salt, person=b"hyperspot-wrap", digest_size=32).digest()


def _context(kind: WrapKind) -> bytes:
    """Bound into the box, so that a wrap cannot pass as one of another kind."""
    return f"hyperspot-data-key-v1:{kind}".encode()
