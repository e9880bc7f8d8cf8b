"""Words that were typed before there was a conversation, sealed with the profile's key. Runs on the host thread."""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from loguru import logger

from modkit.keys import DataKey, KeyStore

NAME = "first-draft.sealed"
_NONCE_BYTES = 12
_CONTEXT = b"hyperspot-first-draft-v1"


class SealedFirstDraft:
    """One text in one file of the home; no text, no file. It cannot be read without the profile's key."""

    def __init__(self, home: Path, keys: KeyStore) -> None:
        self._path = home / NAME
        self._keys = keys
        # Texts reach the disk in the order in which they were typed.
        self._turn = asyncio.Lock()

    async def read(self) -> str:
        """The text, "" when there is none or it cannot be opened."""
        async with self._turn:
            key = await self._keys.open_or_create()
            return await asyncio.to_thread(self._read, key)

    async def keep(self, text: str) -> None:
        """Keep it instead of the one before; "" keeps nothing.

        Raises:
            OSError: it could not be written; the one before is still there.
        """
        async with self._turn:
            if text.strip():
                key = await self._keys.open_or_create()
                await asyncio.to_thread(self._write, key, text)
            else:
                await asyncio.to_thread(self._path.unlink, missing_ok=True)

    def _read(self, key: DataKey) -> str:
        try:
            sealed = self._path.read_bytes()
        except OSError:
            return ""
        try:
            return _cipher(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _CONTEXT).decode()
        except (InvalidTag, ValueError):
            logger.warning("The draft of the last run cannot be opened: its file is damaged or of another key")
            return ""

    def _write(self, key: DataKey, text: str) -> None:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + _cipher(key).encrypt(nonce, text.encode(errors="replace"), _CONTEXT)
        fresh = self._path.with_name(f"{NAME}.new")
        try:
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
        except OSError:
            with suppress(OSError):
                fresh.unlink()
            raise


def _cipher(key: DataKey) -> AESGCM:
    """A key for this purpose alone, derived from the profile's."""
    return AESGCM(hashlib.blake2b(key.raw, person=b"hyperspot-draft", digest_size=32).digest())
