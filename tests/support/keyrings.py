"""Keyrings that implement keyring's own port, each with one way to fail."""

from __future__ import annotations

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked


class MemoryKeyring(KeyringBackend):
    """A real backend that keeps its passwords in this object."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's
        self.passwords: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.passwords[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        del self.passwords[service, username]

    def _open(self) -> None:
        """A locked one behaves as if its dialogue had been dismissed."""
        if self.locked:
            raise KeyringLocked("dismissed")


class LockedKeyring(MemoryKeyring):
    """One whose unlock dialogue was dismissed."""

    def __init__(self) -> None:
        super().__init__()
        self.locked = True
