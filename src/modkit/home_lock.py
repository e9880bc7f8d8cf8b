"""One process holds a home, whichever program it is: window, command or server.

The holder keeps an advisory lock on ``run/lock`` for its whole life; the system drops it when the process ends,
however it ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import IO, Literal

from modkit.errors import ErrorKind, HyperSpotError

Role = Literal["window", "command", "server"]


class HomeHeld(HyperSpotError):
    """Another process holds the home."""

    kind = ErrorKind.CONFLICT

    def __init__(self, home: Path, holder: dict[str, object]) -> None:
        who = {"window": "the HyperSpot window", "server": "a HyperSpot server"}.get(
            str(holder.get("role")), "another hyperspot command"
        )
        super().__init__(
            f"{home} is in use by {who} (process {holder.get('pid', 'unknown')}).",
            action="Wait for it to finish, close it, or choose another folder with --home.",
        )
        self.holder = holder


class HomeNotWritable(HyperSpotError):
    """The home cannot be created or written."""

    kind = ErrorKind.FORBIDDEN

    def __init__(self, home: Path, reason: str) -> None:
        super().__init__(
            f"{home} cannot be written: {reason}.",
            action="Give this user write access to the folder, or choose another one with --home.",
        )


class HomeLock:
    """Exclusive ownership of one home directory; use as a context manager."""

    def __init__(self, home: Path, role: Role) -> None:
        self.home = home
        self.role = role
        self._file: IO[bytes] | None = None

    @property
    def path(self) -> Path:
        return self.home / "run" / "lock"

    def acquire(self) -> None:
        """Take the lock at once.

        Raises:
            HomeHeld: another process has it.
            HomeNotWritable: the folder cannot be written.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Unbuffered: what a full disk refuses must not be tried again, and fail again, when the file is closed.
            file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)
        except OSError as err:
            raise HomeNotWritable(self.home, err.strerror or str(err)) from err
        if not _try_lock(file):
            holder = _read_holder(file)
            file.close()
            raise HomeHeld(self.home, holder)
        self._file = file
        self._write_holder()

    def take_role(self, role: Role) -> None:
        """Say what the process has become, for the message that others show."""
        self.role = role
        self._write_holder()

    def release(self) -> None:
        """Give the home back; harmless when not held."""
        if self._file is not None:
            file, self._file = self._file, None
            # The next one has the lock a moment before it says who it is; until then nobody is named.
            with contextlib.suppress(OSError):
                file.truncate(_LOCKED_BYTES)
            with contextlib.suppress(OSError):
                file.close()

    def _write_holder(self) -> None:
        """Say who holds the home. Only a courtesy: on a full disk the home is held namelessly, not refused."""
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            self._file.seek(_LOCKED_BYTES)
            self._file.truncate()
            self._file.write(json.dumps({"pid": os.getpid(), "role": self.role}).encode())

    def __enter__(self) -> HomeLock:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


_LOCKED_BYTES = 1
"""Windows locks bytes against reading too, so the holder's description stands behind the locked one."""


def _read_holder(file: IO[bytes]) -> dict[str, object]:
    try:
        file.seek(_LOCKED_BYTES)
        data = json.loads(file.read(4096) or b"{}")
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, _LOCKED_BYTES)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
