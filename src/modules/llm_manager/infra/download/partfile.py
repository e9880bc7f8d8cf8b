"""The partial file: written at any place, synced before its sidecar, hashed from the front as it grows."""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from modules.llm_manager.infra.blocking import on_thread
from modules.llm_manager.infra.download.state import PartialState, save_state
from modules.llm_manager.infra.durable import part_path

_BLOCK_BYTES = 4 * 1024 * 1024


class PartFile:
    """One open partial file with its state. Writes and reads take turns on one handle's position."""

    def __init__(self, target: Path, state: PartialState, stream: BinaryIO) -> None:
        self._target = target
        self.state = state
        self._stream = stream
        self._turn = asyncio.Lock()
        self._digest = hashlib.sha256()
        self._hashed = 0

    @classmethod
    async def open(cls, target: Path, state: PartialState) -> PartFile:
        return cls(target, state, await on_thread(_open, part_path(target), state.size_bytes))

    async def write(self, position: int, data: bytes) -> None:
        async with self._turn:
            await on_thread(self._write, position, data)

    async def save(self) -> None:
        """Make data, then state, durable."""
        async with self._turn:
            await on_thread(self._save)

    async def hash_on(self) -> None:
        """Hash what has come without a gap since the last call."""
        while self._hashed < self.state.frontier:
            async with self._turn:
                # Asked again: while this waited for its turn, everything may have begun anew.
                if self._hashed < self.state.frontier:
                    await on_thread(self._hash_block, self.state.frontier)

    async def digest(self) -> str:
        """The SHA-256 of the complete file."""
        await self.hash_on()
        return self._digest.hexdigest()

    async def start_over(self) -> None:
        """Forget everything written, for servers that can only send the file from its beginning."""
        async with self._turn:
            self._digest, self._hashed = hashlib.sha256(), 0
            for piece in self.state.pieces:
                piece.done = 0

    async def cut(self, size_bytes: int) -> None:
        """Set the length, for a file whose size only its end told."""
        async with self._turn:
            await on_thread(self._stream.truncate, size_bytes)
        self.state.size_bytes = size_bytes

    async def close(self) -> None:
        async with self._turn:
            await on_thread(self._stream.close)

    def _write(self, position: int, data: bytes) -> None:
        self._stream.seek(position)
        rest = memoryview(data)
        while rest:
            # Unbuffered, so that a full disk is reported here and not at close; a raw write may be short.
            rest = rest[self._stream.write(rest) :]

    def _save(self) -> None:
        self._stream.flush()
        os.fsync(self._stream.fileno())
        save_state(self._target, self.state)

    def _hash_block(self, frontier: int) -> None:
        self._stream.seek(self._hashed)
        block = self._stream.read(min(_BLOCK_BYTES, frontier - self._hashed))
        if not block:
            raise OSError("the partial file is shorter than what was written")
        self._digest.update(block)
        self._hashed += len(block)


def _open(path: Path, size_bytes: int) -> BinaryIO:
    path.touch()
    stream = path.open("r+b", buffering=0)
    # The full length at once, as a hole: pieces can be written in any order.
    stream.truncate(size_bytes)
    return stream
