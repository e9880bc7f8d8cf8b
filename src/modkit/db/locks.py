"""Advisory locks between processes: lock files that the operating system frees when their holder dies."""

from __future__ import annotations

import asyncio
import os
import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

import xxhash

from modkit.db.errors import AlreadyHeld
from modkit.db.types import utc_now

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@dataclass(frozen=True, slots=True)
class LockWait:
    """How ``try_lock`` waits: pauses grow by ``factor`` up to ``max_pause_s``, each varied by ``jitter``."""

    max_wait_s: float = 30.0
    first_pause_s: float = 0.05
    factor: float = 1.5
    max_pause_s: float = 5.0
    jitter: float = 0.2
    max_attempts: int | None = None


class AdvisoryLock:
    """A held lock; free it with ``release`` or by leaving its ``with`` block."""

    def __init__(self, key: str, file: IO[str]) -> None:
        self.key = key
        self._file: IO[str] | None = file

    def release(self) -> None:
        """Free the lock; doing it twice is harmless. The file stays: removing it would race with the next holder."""
        if self._file is not None:
            _unlock(self._file)
            self._file.close()
            self._file = None

    def __enter__(self) -> AdvisoryLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def __del__(self) -> None:
        self.release()


class AdvisoryLocks:
    """The locks of one module; ``folder`` holds the lock files of a home."""

    def __init__(self, folder: Path, module: str) -> None:
        self._folder = folder
        self._module = module

    async def lock(self, key: str) -> AdvisoryLock:
        """
        Raises:
            AlreadyHeld: at once, when somebody (also in this process) holds the lock.
        """
        held = await asyncio.to_thread(self._acquire, f"{self._module}:{key}")
        if held is None:
            raise AlreadyHeld(f"{self._module}:{key}")
        return held

    async def try_lock(self, key: str, wait: LockWait | None = None) -> AdvisoryLock | None:
        """The lock, as soon as it is free; None when it was not within the time or the attempts allowed."""
        wait = wait or LockWait()
        loop = asyncio.get_running_loop()
        deadline_s, pause_s, attempts = loop.time() + wait.max_wait_s, wait.first_pause_s, 0
        while True:
            held = await asyncio.to_thread(self._acquire, f"{self._module}:{key}")
            attempts += 1
            if held is not None:
                return held
            if attempts == wait.max_attempts or loop.time() >= deadline_s:
                return None
            varied_s = pause_s * random.uniform(1 - wait.jitter, 1 + wait.jitter)
            await asyncio.sleep(min(varied_s, max(0.0, deadline_s - loop.time())))
            pause_s = min(pause_s * wait.factor, wait.max_pause_s)

    def path_of(self, key: str) -> Path:
        """The lock file of a key; readable, and different for every key."""
        text = f"{self._module}:{key}"
        readable = re.sub(r"[^A-Za-z0-9]+", "-", text)[:40]
        return self._folder / f"{readable}-{xxhash.xxh3_64_hexdigest(text.encode())[:8]}.lock"

    def _acquire(self, text: str) -> AdvisoryLock | None:
        path = self.path_of(text.removeprefix(f"{self._module}:"))
        path.parent.mkdir(parents=True, exist_ok=True)
        # Not truncated on opening: while another holds the lock, its lines must stay readable.
        file = path.open("a+", encoding="utf-8")
        if not _try_lock(file):
            file.close()
            return None
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n{text}\n{utc_now().isoformat()}\n")
        file.flush()
        return AdvisoryLock(text, file)


def _try_lock(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            # A byte far behind the content, so that the lines stay readable.
            file.seek(1 << 20)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            # flock and not lockf: it also keeps two holders in one process apart.
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _unlock(file: IO[str]) -> None:
    if sys.platform == "win32":
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_UN)
