"""Walks tables and indexes of a damaged file and says what is missing from each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from modkit.db.recovery.cipher import USABLE_BYTES
from modkit.db.recovery.pages import DamagedPages
from modkit.db.recovery.records import (
    TABLE_INTERIOR,
    TABLE_LEAF,
    Cell,
    Unreadable,
    Value,
    cells_of,
    kind_of,
    record,
)


@dataclass(slots=True)
class Walk:
    """What one tree holds. ``holes``: pages that could not be read; ``broken``: rows whose content could not."""

    rows: list[tuple[int, list[Value]]] = field(default_factory=list)
    """Row number (0 in an index) and values."""
    holes: set[int] = field(default_factory=set)
    broken: int = 0

    @property
    def whole(self) -> bool:
        return not self.holes and not self.broken


class Trees:
    """Reads trees of one file and remembers which pages belong to one."""

    def __init__(self, pages: DamagedPages) -> None:
        self._pages = pages
        self.seen: set[int] = set()

    def walk(self, root: int) -> Walk:
        """Everything below a root page."""
        walk = Walk()
        todo = [root]
        mine: set[int] = set()
        while todo:
            number = todo.pop()
            page = None if number in mine else self._pages.page(number)
            mine.add(number)
            if page is None:
                walk.holes.add(number)
                continue
            try:
                cells, right = cells_of(page, number, self._overflow)
            except Unreadable:
                walk.holes.add(number)
                continue
            self.seen.add(number)
            if right is not None:
                todo += [right, *(cell.child for cell in reversed(cells) if cell.child is not None)]
            if kind_of(page, number) != TABLE_INTERIOR:
                _take(cells, walk)
        return walk

    def orphans(self) -> Iterator[tuple[int, list[tuple[int, list[Value]]]]]:
        """Pages of tables that no tree leads to any more, because the page above them is bad, with their rows.

        Walk every tree first. Pages given back to the free list are left out.
        """
        free = self._pages.free()
        for number in self._pages.numbers():
            if number in self.seen or number in free:
                continue
            page = self._pages.page(number)
            if page is None or kind_of(page, number) != TABLE_LEAF:
                continue
            walk = Walk()
            try:
                _take(cells_of(page, number, self._overflow)[0], walk)
            except Unreadable:
                continue
            yield number, walk.rows

    def _overflow(self, number: int, size: int) -> bytes | None:
        parts = []
        mine: set[int] = set()
        while size > 0:
            page = None if number in mine else self._pages.page(number)
            if page is None:
                return None
            mine.add(number)
            self.seen.add(number)
            parts.append(page[4 : 4 + min(size, USABLE_BYTES - 4)])
            size -= len(parts[-1])
            number = int.from_bytes(page[:4], "big")
        return b"".join(parts)


def _take(cells: list[Cell], walk: Walk) -> None:
    for cell in cells:
        if cell.payload is None:
            walk.broken += 1
            continue
        try:
            walk.rows.append((cell.rowid or 0, record(cell.payload)))
        except Unreadable:
            walk.broken += 1
