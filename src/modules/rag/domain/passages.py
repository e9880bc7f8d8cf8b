"""Cuts a document along its structure into passages that stand by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from modules.file_parser.contract import Block, Heading, Table, block_text, document_text
from modules.file_parser.contract.blocks import Place as BlockPlace
from modules.local_search_index.contract import NewPassage, Place
from modules.rag.domain.readable import readable

CUT_VERSION = 1
"""Part of a document's revision: whoever changes how passages are cut raises it."""
TARGET_CHARS = 1000
"""About 250 tokens at four characters each: enough to be understood, little enough to mean one thing."""
MAX_CHARS = 1600
"""Nothing is longer: embedders read some 400 to 500 tokens. A table of this size stays whole."""
_LONGEST_HEADING = 200
_BREAKS = (re.compile(r"\n"), re.compile(r"[.!?。！？]\s*"), re.compile(r"[,;:]?\s+"))
"""Where a long text may be cut, best first."""


def cut(blocks: tuple[Block, ...]) -> list[NewPassage]:
    """Passages in reading order, without overlap; none for a document without text.

    A passage never crosses a page or a section. Its text is that of ``document_text`` at its place; a table in
    several passages repeats its header line in each.
    """
    return _Cutter(document_text(blocks)).passages(blocks)


class _Cutter:
    """Collects neighbouring blocks of one section and page until they are long enough."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._done: list[NewPassage] = []
        self._headings: list[Heading] = []
        self._bare: Heading | None = None
        """The heading that came last, as long as nothing followed it."""
        self._open: tuple[int, int] | None = None
        self._page: int | None = None
        self._kind = ""

    def passages(self, blocks: tuple[Block, ...]) -> list[NewPassage]:
        for block in blocks:
            self._take(block)
        self._close()
        self._add_bare()
        return self._done

    def _take(self, block: Block) -> None:
        place = block.place
        if place is None or place.start is None or place.end is None or not block_text(block).strip():
            return
        page = _page_of(place)
        if isinstance(block, Heading):
            self._close()
            self._enter(block)
            self._page = page
            return
        self._bare = None
        length = place.end - place.start
        if page != self._page or length > MAX_CHARS or self._would_overflow(place.end):
            self._close()
        self._page = page
        if isinstance(block, Table):
            self._close()
            self._add_table(block, place.start)
        elif length > MAX_CHARS:
            self._add_pieces(place.start, place.end, _kind_of(block))
        else:
            self._grow(place.start, place.end, _kind_of(block))

    def _enter(self, heading: Heading) -> None:
        """Begin a section. A heading is part of the path of what follows; one that nothing follows is a passage."""
        if self._bare is not None and self._bare.level >= heading.level:
            self._add_bare()
        while self._headings and self._headings[-1].level >= heading.level:
            self._headings.pop()
        self._headings.append(heading)
        self._bare = heading

    def _add_bare(self) -> None:
        place = self._bare.place if self._bare is not None else None
        if place is not None and place.start is not None and place.end is not None:
            self._add_pieces(place.start, place.end, "heading")
        self._bare = None

    def _would_overflow(self, end: int | None) -> bool:
        return self._open is not None and end is not None and end - self._open[0] > TARGET_CHARS

    def _grow(self, start: int, end: int, kind: str) -> None:
        self._open = (start if self._open is None else self._open[0], end)
        self._kind = kind

    def _close(self) -> None:
        if self._open is not None:
            self._add(self._text[slice(*self._open)], *self._open, self._kind)
        self._open, self._kind = None, ""

    def _add(self, text: str, start: int, end: int, kind: str) -> None:
        path = tuple(
            filter(None, (readable(block_text(heading)).strip()[:_LONGEST_HEADING] for heading in self._headings))
        )
        if text.strip():
            self._done.append(NewPassage(readable(text), Place(start, end, self._page), path, kind))

    def _add_pieces(self, start: int, end: int, kind: str) -> None:
        for piece_start, piece_end in _pieces(self._text, start, end):
            self._add(self._text[piece_start:piece_end], piece_start, piece_end, kind)

    def _add_table(self, table: Table, start: int) -> None:
        lines = block_text(table).split("\n")
        header = lines[0] if table.rows[0].is_header and len(lines[0]) <= TARGET_CHARS // 2 else ""
        for first, last, text in _row_groups(lines):
            place_start, place_end = start + first, start + last
            if last - first > MAX_CHARS:
                self._add_pieces(place_start, place_end, "table")
            else:
                self._add(f"{header}\n{text}" if header and first else text, place_start, place_end, "table")


def _row_groups(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Rows in groups: all in one where they fit, else up to the target size; with their range in the table's text."""
    most = MAX_CHARS if sum(len(line) + 1 for line in lines) <= MAX_CHARS else TARGET_CHARS
    group: list[str] = []
    start = position = 0
    for line in lines:
        if group and position + len(line) - start > most:
            yield start, position - 1, "\n".join(group)
            group, start = [], position
        group.append(line)
        position += len(line) + 1
    yield start, position - 1, "\n".join(group)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges of at most TARGET_CHARS, cut at the last good place of their second half."""
    while end - start > TARGET_CHARS:
        cut_at = _break_before(text, start + TARGET_CHARS // 2, start + TARGET_CHARS)
        yield start, cut_at
        start = cut_at
    yield start, end


def _break_before(text: str, earliest: int, latest: int) -> int:
    for pattern in _BREAKS:
        ends = [match.end() for match in pattern.finditer(text, earliest, latest)]
        if ends:
            return ends[-1]
    return latest


def _page_of(place: BlockPlace) -> int | None:
    return place.page if place.page is not None else place.slide


def _kind_of(block: Block) -> str:
    return type(block).__name__.removesuffix("Block").lower()
