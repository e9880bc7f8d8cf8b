"""What the user must know about the files that hold everything: repaired, only readable, or the disk is full."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from modkit.db.ballast import LOW_BYTES
from modkit.db.engine import DatabaseFile
from modkit.db.errors import ROOM_BYTES
from modkit.db.repair_notes import RepairNote, forget_repairs, repair_notes

LOOK_EVERY_S = 5.0
FULL_LOOK_EVERY_S = 1.0
"""Somebody who makes room wants to see that it helped."""

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class StorageHealth:
    """``read_only`` is the reason why nothing can be changed, "" when everything can be. ``needed_bytes`` must be
    free for writing to go on, 0 while there is room; ``missing_bytes`` of them are not. ``repairs`` were made at a
    start and have not been put away."""

    read_only: str = ""
    needed_bytes: int = 0
    missing_bytes: int = 0
    repairs: tuple[RepairNote, ...] = ()


class StorageClient(Protocol):
    """What a window asks of the storage."""

    def watch(self) -> AsyncIterator[StorageHealth]:
        """How it is now, and then every change; never ends by itself."""

    async def put_away(self) -> None:
        """The user has read what was repaired."""


class StorageWatch:
    """Implements StorageClient: looks at the open files of a home."""

    def __init__(self, files: Callable[[], Sequence[DatabaseFile]], *, sleep: Sleep = asyncio.sleep) -> None:
        self._files = files
        self._sleep = sleep

    async def watch(self) -> AsyncIterator[StorageHealth]:
        """How it is now, and then every change; never ends by itself.

        A full disk is looked at again and again: nobody is told by the system when there is room.
        """
        last = None
        while True:
            now = await self.look()
            if now != last:
                last = now
                yield now
            await self._sleep(FULL_LOOK_EVERY_S if now.missing_bytes else LOOK_EVERY_S)

    async def look(self) -> StorageHealth:
        return await asyncio.to_thread(self._look)

    async def put_away(self) -> None:
        """The user has read what was repaired."""
        for file in self._files():
            await asyncio.to_thread(forget_repairs, file.path)

    def _look(self) -> StorageHealth:
        files = self._files()
        missing = max(map(_missing_bytes, files), default=0)
        return StorageHealth(
            read_only=next((file.read_only_reason for file in files if file.read_only_reason), ""),
            needed_bytes=ROOM_BYTES if missing else 0,
            missing_bytes=missing,
            repairs=tuple(note for file in files for note in repair_notes(file.path)),
        )


def _missing_bytes(file: DatabaseFile) -> int:
    """How much must be freed before writing can go on; 0 while it goes on."""
    try:
        free = shutil.disk_usage(file.path.parent).free
    except OSError:
        # A drive that is gone is another trouble, and said elsewhere.
        return 0
    full = file.out_of_room or (free < LOW_BYTES and file.read_only_reason is None)
    return max(0, ROOM_BYTES - free) if full else 0
