"""A position in a file of known size that never reads past its end or past the header limit."""

from __future__ import annotations

import struct
from typing import BinaryIO

from modules.llm_manager.contract.errors import InvalidModelFile

MAX_HEADER_BYTES = 256 * 1024 * 1024
MAX_STRING_BYTES = 4 * 1024 * 1024


class Cursor:
    """Little-endian reads from ``stream``; every length is checked before a byte is asked for."""

    def __init__(self, stream: BinaryIO, size_bytes: int, *, limit_bytes: int | None = MAX_HEADER_BYTES) -> None:
        """``limit_bytes``: how far a header may go; None: there is no end of it but that of the file."""
        self._stream = stream
        self.size_bytes = size_bytes
        self.position = 0
        self._limit_bytes = size_bytes if limit_bytes is None else limit_bytes

    def take(self, count: int, what: str) -> bytes:
        """The next ``count`` bytes."""
        self._reserve(count, what)
        data = self._stream.read(count)
        if len(data) != count:
            # The file shrank while it was read: the same answer as for one that was short from the start.
            raise truncated(what)
        return data

    def skip(self, count: int, what: str) -> None:
        """Go over ``count`` bytes without keeping them."""
        self._reserve(count, what)
        self._stream.seek(count, 1)

    def u32(self, what: str) -> int:
        return int.from_bytes(self.take(4, what), "little")

    def u64(self, what: str) -> int:
        return int.from_bytes(self.take(8, what), "little")

    def unpack(self, layout: str, what: str) -> int | float | bool:
        """One value of a ``struct`` layout letter."""
        value: int | float | bool = struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout), what))[0]
        return value

    def string(self, what: str) -> str:
        """A length-prefixed text; bytes that are no UTF-8 become replacement characters."""
        return self.take(self._string_length(what), what).decode("utf-8", errors="replace")

    def skip_strings(self, count: int, what: str) -> None:
        """Go over an array of texts. There may be half a million, so the checks are written out in one loop."""
        read, end = self._stream.read, min(self.size_bytes, MAX_HEADER_BYTES)
        position = self.position
        for _ in range(count):
            length = int.from_bytes(read(8), "little")
            position += 8 + length
            if length > MAX_STRING_BYTES or position > end:
                raise InvalidModelFile(f"The model file is damaged or incomplete: {what} goes past its end.")
            read(length)
        self.position = position

    def _string_length(self, what: str) -> int:
        length = self.u64(what)
        if length > MAX_STRING_BYTES:
            raise InvalidModelFile(f"The model file claims a text of {length:,} bytes as {what}: it is damaged.")
        return length

    def _reserve(self, count: int, what: str) -> None:
        end = self.position + count
        if end > self.size_bytes:
            raise truncated(what)
        if end > self._limit_bytes:
            raise InvalidModelFile(
                f"The model file's header is larger than {MAX_HEADER_BYTES // 1024**2} MiB: no real model has that."
            )
        self.position = end


def truncated(what: str) -> InvalidModelFile:
    """The error for a file that ends in the middle of ``what``."""
    return InvalidModelFile(f"The model file is incomplete: it ends inside {what}.")
