"""The write-ahead log as SQLite would replay it: which committed page it holds where.

Source: https://www.sqlite.org/fileformat2.html#walformat
"""

from __future__ import annotations

import struct
from pathlib import Path

from modkit.db.connect import PAGE_BYTES

_MAGIC = 0x377F0682
_HEADER = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")


def committed_frames(log: Path) -> tuple[dict[int, int], int]:
    """Where in the log the last committed image of each page lies (byte offset by page number), and the database's
    size in pages after the last commit; empty and 0 without a usable log.

    Raises:
        OSError: the log cannot be read.
    """
    if not log.exists():
        return {}, 0
    with log.open("rb") as file:
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return {}, 0
        magic, _, page_bytes, _, *salts, first, second = _HEADER.unpack(header)
        order = ">" if magic & 1 else "<"
        sums = _checksum(header[:24], order, (0, 0))
        if magic & ~1 != _MAGIC or page_bytes != PAGE_BYTES or sums != (first, second):
            return {}, 0
        committed: dict[int, int] = {}
        pending: dict[int, int] = {}
        pages = 0
        while len(frame := file.read(_FRAME.size + PAGE_BYTES)) == _FRAME.size + PAGE_BYTES:
            number, size_after, salt_1, salt_2, first, second = _FRAME.unpack_from(frame)
            sums = _checksum(frame[:8], order, sums)
            sums = _checksum(frame[_FRAME.size :], order, sums)
            if [salt_1, salt_2] != salts or sums != (first, second):
                break
            pending[number] = file.tell() - PAGE_BYTES
            if size_after:
                committed |= pending
                pending, pages = {}, size_after
    return committed, pages


def _checksum(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    one, two = sums
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for even, odd in zip(words, words, strict=True):
        one = (one + even + two) & 0xFFFFFFFF
        two = (two + odd + one) & 0xFFFFFFFF
    return one, two
