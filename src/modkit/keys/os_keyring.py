"""The operating system's keyring, behind a time limit: a locked one may wait for a dialogue nobody sees."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

_T = TypeVar("_T")

SERVICE = "HyperSpot Desktop"
SWITCH = "HYPERSPOT_KEYRING"
_TIMEOUT_S = 15.0


class KeyringBackend(Protocol):
    """The part of ``keyring.backend.KeyringBackend`` that is used here."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class KeyringUnavailable(Exception):
    """Internal: why the keyring cannot be used; the store turns it into something for people."""


class OsKeyring:
    """Stores one text per home. ``backend`` replaces the system's own; all methods block up to ``timeout_s``.

    ``HYPERSPOT_KEYRING=off`` (or ``file``) in the environment keeps it out of use.
    """

    def __init__(self, backend: KeyringBackend | None = None, *, timeout_s: float = _TIMEOUT_S) -> None:
        self._given = backend
        self._timeout_s = timeout_s

    @property
    def switched_off(self) -> bool:
        return os.environ.get(SWITCH, "").lower() in ("off", "file")

    def name(self) -> str:
        """What the keyring is called, for people.

        Raises:
            KeyringUnavailable: there is none.
        """
        backend = self._backend()
        return str(getattr(backend, "name", type(backend).__name__))

    def get(self, account: str) -> str | None:
        """The stored text, None when the keyring works but has none.

        Raises:
            KeyringUnavailable: no keyring, locked, or it does not answer.
        """
        return self._guarded(lambda: self._backend().get_password(SERVICE, account))

    def put(self, account: str, text: str) -> None:
        """Store a text and read it back: some backends accept everything and keep nothing.

        Raises:
            KeyringUnavailable: it is not kept.
        """
        self._guarded(lambda: self._backend().set_password(SERVICE, account, text))
        if self.get(account) != text:
            raise KeyringUnavailable("it does not keep what it is given")

    def remove(self, account: str) -> None:
        """Forget a text; quietly, because a leftover is harmless."""
        try:
            self._guarded(lambda: self._backend().delete_password(SERVICE, account))
        except KeyringUnavailable:
            return

    def _backend(self) -> KeyringBackend:
        if self.switched_off:
            raise KeyringUnavailable(f"{SWITCH} switches it off")
        if self._given is not None:
            return self._given
        # Costs 200 ms to import: only when it is needed.
        import keyring
        from keyring.backends import fail, null

        backend: KeyringBackend = keyring.get_keyring()
        if isinstance(backend, (fail.Keyring, null.Keyring)):
            raise KeyringUnavailable("this computer has none")
        return backend

    def _guarded(self, call: Callable[[], _T]) -> _T:
        """Run the call in a thread that is abandoned when it does not come back.

        A daemon thread and not an executor: executors join their threads at exit and would hang there.
        """
        outcome: list[_T] = []
        failure: list[BaseException] = []

        def run() -> None:
            try:
                outcome.append(call())
            except BaseException as err:
                failure.append(err)

        thread = threading.Thread(target=run, name="keyring", daemon=True)
        thread.start()
        thread.join(self._timeout_s)
        if failure:
            if isinstance(failure[0], KeyringUnavailable):
                raise failure[0]
            # Backends raise whatever their D-Bus, COM or Keychain binding raises.
            raise KeyringUnavailable(f"it failed with {type(failure[0]).__name__}") from failure[0]
        if not outcome:
            raise KeyringUnavailable(f"it did not answer within {self._timeout_s:g} s")
        return outcome[0]
