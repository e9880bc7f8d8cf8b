"""Room kept on the disk for the day on which it is full: a file that gives way to what must still be stored."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from pathlib import Path

from loguru import logger

from modkit.db.files import os_reason, unlink_quietly

SUFFIX = ".ballast"
SIZE_BYTES = 16 * 1024 * 1024
LOW_BYTES = 2 * 1024 * 1024
_TIMES_FREE = 4
"""A ballast is laid only where it takes no more than a quarter of what is free."""
_BLOCK_BYTES = 1024 * 1024


class Ballast:
    """A file beside a database; its room is real, never a hole. Every call blocks on the disk, briefly."""

    def __init__(self, path: Path, *, size_bytes: int = SIZE_BYTES, low_bytes: int = LOW_BYTES) -> None:
        """``low_bytes``: the ballast goes when less than that is free."""
        self.path = path
        self.size_bytes = size_bytes
        self._low_bytes = low_bytes
        # Writers and the watch come from several threads.
        self._turn = threading.Lock()

    def laid(self) -> bool:
        return self.path.exists()

    def lay(self) -> None:
        """Put it there if it is missing and there is plenty of room; never raises."""
        with self._turn:
            try:
                if not self.laid() and self._free() >= self.size_bytes * _TIMES_FREE:
                    self._lay()
            except OSError as err:
                logger.warning("No room can be kept beside {}: {}", self.path.name, os_reason(err))

    def release_if_low(self) -> None:
        """Give its room away when the disk is nearly full, before a write meets the end of it; never raises."""
        with contextlib.suppress(OSError):
            if self._free() < self._low_bytes:
                self.release()

    def release(self) -> None:
        """Give its room to whoever writes next; never raises."""
        with self._turn:
            if self.laid():
                logger.warning("The disk is full: {} bytes that were kept for this are free now", self.size_bytes)
                unlink_quietly(self.path)

    def _free(self) -> int:
        return shutil.disk_usage(self.path.parent).free

    def _lay(self) -> None:
        # Under another name until it is whole: a ballast that is cut short would promise what it does not have.
        partial = self.path.with_name(self.path.name + ".partial")
        try:
            with partial.open("wb") as file:
                if hasattr(os, "posix_fallocate"):
                    os.posix_fallocate(file.fileno(), 0, self.size_bytes)
                else:
                    for _ in range(0, self.size_bytes, _BLOCK_BYTES):
                        file.write(bytes(min(_BLOCK_BYTES, self.size_bytes)))
            partial.replace(self.path)
        finally:
            unlink_quietly(partial)
