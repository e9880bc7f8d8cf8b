"""The secret that opens the databases: 32 random bytes that never appear in a log, an argv or a repr."""

from __future__ import annotations

import hashlib
import secrets

KEY_BYTES = 32


class DataKey:
    """A raw 256-bit key. Compares by value; its repr and str show only the fingerprint."""

    __slots__ = ("_raw",)

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise ValueError(f"a data key has {KEY_BYTES} bytes, not {len(raw)}")
        self._raw = raw

    @classmethod
    def generate(cls) -> DataKey:
        """A new key from the operating system's random source."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @property
    def raw(self) -> bytes:
        return self._raw

    @property
    def fingerprint(self) -> str:
        """Eight hex digits that tell two keys apart and reveal nothing useful about either."""
        return hashlib.sha256(b"hyperspot-key-fingerprint" + self._raw).hexdigest()[:8]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DataKey) and secrets.compare_digest(self._raw, other._raw)

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __repr__(self) -> str:
        return f"DataKey({self.fingerprint})"

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a data key does not leave its process")
