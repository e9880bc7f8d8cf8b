"""Rows out of the bytes of a page: SQLite's records and cells.

Source: https://www.sqlite.org/fileformat2.html#record_format and #b_tree_pages
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

from modkit.db.recovery.cipher import USABLE_BYTES

Value = None | int | float | str | bytes
TABLE_LEAF, TABLE_INTERIOR, INDEX_LEAF, INDEX_INTERIOR = 13, 5, 10, 2
KINDS = frozenset({TABLE_LEAF, TABLE_INTERIOR, INDEX_LEAF, INDEX_INTERIOR})
_INTERIORS = frozenset({TABLE_INTERIOR, INDEX_INTERIOR})
_FILE_HEADER_BYTES = 100
_INT_BYTES = (0, 1, 2, 3, 4, 6, 8)
_INDEX_MOST = (USABLE_BYTES - 12) * 64 // 255 - 23
_LEAST = (USABLE_BYTES - 12) * 32 // 255 - 23


class Unreadable(Exception):
    """These bytes are no page, cell or record of a database."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry of a page. ``child`` only in interior pages, ``rowid`` only in tables; payload None: unreadable."""

    child: int | None
    rowid: int | None
    payload: bytes | None


def kind_of(page: bytes, number: int) -> int:
    return page[_FILE_HEADER_BYTES if number == 1 else 0]


def cells_of(page: bytes, number: int, overflow: Callable[[int, int], bytes | None]) -> tuple[list[Cell], int | None]:
    """The cells of a page in order, and its right-most child; ``overflow(first page, bytes)`` reads what is elsewhere.

    Raises:
        Unreadable: not a page of a table or an index.
    """
    base = _FILE_HEADER_BYTES if number == 1 else 0
    kind = page[base]
    if kind not in KINDS:
        raise Unreadable
    interior = kind in _INTERIORS
    try:
        count = int.from_bytes(page[base + 3 : base + 5], "big")
        right = int.from_bytes(page[base + 8 : base + 12], "big") if interior else None
        starts = struct.unpack_from(f">{count}H", page, base + (12 if interior else 8))
        return [_cell(page, at, kind, overflow) for at in starts], right
    except (IndexError, struct.error) as err:
        raise Unreadable from err


def _cell(page: bytes, at: int, kind: int, overflow: Callable[[int, int], bytes | None]) -> Cell:
    child = rowid = None
    if kind in _INTERIORS:
        child = int.from_bytes(page[at : at + 4], "big")
        at += 4
    if kind == TABLE_INTERIOR:
        return Cell(child, varint(page, at)[0], None)
    size, at = varint(page, at)
    if kind == TABLE_LEAF:
        rowid, at = varint(page, at)
        rowid = rowid - (1 << 64) if rowid >= 1 << 63 else rowid
    local = _local_bytes(size, USABLE_BYTES - 35 if kind == TABLE_LEAF else _INDEX_MOST)
    payload: bytes | None = page[at : at + local]
    if local < size:
        first = int.from_bytes(page[at + local : at + local + 4], "big")
        rest = overflow(first, size - local)
        payload = None if rest is None or payload is None else payload + rest
    return Cell(child, rowid, payload)


def _local_bytes(size: int, most: int) -> int:
    if size <= most:
        return size
    kept = _LEAST + (size - _LEAST) % (USABLE_BYTES - 4)
    return kept if kept <= most else _LEAST


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of 1 to 9 bytes, unsigned, and where the next one begins."""
    value = 0
    for step in range(8):
        byte = data[at + step]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    return value << 8 | data[at + 8], at + 9


def record(payload: bytes) -> list[Value]:
    """The values of a row.

    Raises:
        Unreadable: these bytes are no record.
    """
    try:
        header_bytes, at = varint(payload, 0)
        kinds = []
        while at < header_bytes:
            kind, at = varint(payload, at)
            kinds.append(kind)
        values = []
        for kind in kinds:
            value, at = _value(payload, at, kind)
            values.append(value)
    except (IndexError, struct.error, UnicodeDecodeError) as err:
        raise Unreadable from err
    return values


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind <= 6:
        end = at + _INT_BYTES[kind]
        return int.from_bytes(_exactly(payload, at, end), "big", signed=True), end
    if kind == 7:
        return struct.unpack_from(">d", payload, at)[0], at + 8
    if kind in (8, 9):
        return kind - 8, at
    if kind < 12:
        raise Unreadable
    end = at + (kind - 12) // 2
    data = _exactly(payload, at, end)
    return (data.decode() if kind % 2 else data), end


def _exactly(payload: bytes, at: int, end: int) -> bytes:
    if end > len(payload):
        raise Unreadable
    return payload[at:end]
