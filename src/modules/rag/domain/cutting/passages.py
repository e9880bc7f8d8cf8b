"""Cuts a document along its structure into passages that stand by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from modules.file_parser.contract import Block, Heading, Table, block_text, document_text
from modules.file_parser.contract.blocks import Place as BlockPlace
from modules.local_search_index.contract import Box, NewPassage, Place
from modules.rag.domain.cutting.tokens import CountAtom, Measured, count, estimated
from modules.rag.domain.readable import readable

CUT_VERSION = 2
"""Part of a document's revision: whoever changes how passages are cut raises it."""
TARGET_TOKENS = 220
"""Enough to be understood, little enough to mean one thing."""
MAX_TOKENS = 400
"""Nothing is longer: small embedders read 512 tokens, headings among them. A table of this size stays whole."""
LONGEST = 8_000
"""Characters. White space and endless words have few tokens, and a passage must still be shown."""
_LEAST_TOKENS = 48
"""What is left for text however long the headings are."""
_FRAME_TOKENS = 16
"""What models and we put around a text."""
_LONGEST_HEADING = 200
_BREAKS = (re.compile(r"\n"), re.compile(r"[.!?。！？]\s*"), re.compile(r"[,;:]?\s+"))
"""Where a long text may be cut, best first."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """What passages are measured by: an embedder's tokens, and how many of them it reads at once."""

    of_atom: CountAtom = estimated
    context: int = 512

    def room(self, headings: tuple[str, ...]) -> tuple[int, int]:
        """How many tokens a passage under these headings should have, and may have at most."""
        left = self.context - _FRAME_TOKENS - count(" ".join(headings), self.of_atom)
        most = max(_LEAST_TOKENS, min(MAX_TOKENS, left))
        return min(TARGET_TOKENS, most), most


def cut(blocks: tuple[Block, ...], ruler: Ruler | None = None) -> list[NewPassage]:
    """Passages in reading order, without overlap; none for a document without text.

    A passage never crosses a page or a section. Its text is that of ``document_text`` at its place; a table in
    several passages repeats its header line in each. Its box encloses the blocks it comes from.
    """
    return _Cutter(document_text(blocks), ruler or Ruler()).passages(blocks)


@dataclass(slots=True)
class _Stretch:
    """Text that is becoming a passage."""

    start: int
    end: int
    kind: str
    box: Box | None


class _Cutter:
    """Collects neighbouring blocks of one section and page until they are long enough."""

    def __init__(self, text: str, ruler: Ruler) -> None:
        self._text = text
        self._ruler = ruler
        self._measured = Measured(text, ruler.of_atom)
        self._done: list[NewPassage] = []
        self._headings: list[Heading] = []
        self._path: tuple[str, ...] = ()
        self._target, self._most = ruler.room(())
        self._bare: Heading | None = None
        """The heading that came last, as long as nothing followed it."""
        self._open: _Stretch | None = None
        self._page: int | None = None

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
        stretch = _Stretch(place.start, place.end, _kind_of(block), _box_of(place))
        too_long = not self._fits(stretch.start, stretch.end, self._most)
        if page != self._page or too_long or self._would_overflow(stretch.end):
            self._close()
        self._page = page
        if isinstance(block, Table):
            self._close()
            self._add_table(block, stretch)
        elif too_long:
            self._add_pieces(stretch)
        else:
            self._grow(stretch)

    def _enter(self, heading: Heading) -> None:
        """Begin a section. A heading is part of the path of what follows; one that nothing follows is a passage."""
        if self._bare is not None and self._bare.level >= heading.level:
            self._add_bare()
        while self._headings and self._headings[-1].level >= heading.level:
            self._headings.pop()
        self._headings.append(heading)
        self._bare = heading
        shown = (readable(block_text(one)).strip()[:_LONGEST_HEADING] for one in self._headings)
        self._path = tuple(filter(None, shown))
        self._target, self._most = self._ruler.room(self._path)

    def _add_bare(self) -> None:
        place = self._bare.place if self._bare is not None else None
        if place is not None and place.start is not None and place.end is not None:
            self._add_pieces(_Stretch(place.start, place.end, "heading", _box_of(place)))
        self._bare = None

    def _fits(self, start: int, end: int, tokens: int) -> bool:
        return end - start <= LONGEST and self._measured.tokens(start, end) <= tokens

    def _would_overflow(self, end: int) -> bool:
        return self._open is not None and not self._fits(self._open.start, end, self._target)

    def _grow(self, stretch: _Stretch) -> None:
        if self._open is None:
            self._open = stretch
        else:
            self._open.end, self._open.kind = stretch.end, stretch.kind
            self._open.box = _around(self._open.box, stretch.box)

    def _close(self) -> None:
        if self._open is not None:
            self._add(self._text[self._open.start : self._open.end], self._open)
        self._open = None

    def _add(self, text: str, stretch: _Stretch) -> None:
        if text.strip():
            place = Place(stretch.start, stretch.end, self._page, stretch.box)
            self._done.append(NewPassage(readable(text), place, self._path, stretch.kind))

    def _add_pieces(self, stretch: _Stretch) -> None:
        for start, end in self._pieces(stretch.start, stretch.end):
            self._add(self._text[start:end], _Stretch(start, end, stretch.kind, stretch.box))

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Ranges of at most the target size, cut at the last good place of their second half."""
        while not self._fits(start, end, self._target):
            latest = min(self._measured.reach(start, end, self._target), start + LONGEST)
            cut_at = _break_before(self._text, start + (latest - start) // 2, latest)
            yield start, cut_at
            start = cut_at
        yield start, end

    def _add_table(self, table: Table, stretch: _Stretch) -> None:
        lines = block_text(table).split("\n")
        header = lines[0] if table.rows[0].is_header else ""
        header_tokens = self._measured.tokens(stretch.start, stretch.start + len(header))
        if header_tokens > self._target // 2 or len(header) > LONGEST // 2:
            header, header_tokens = "", 0
        for start, end in self._row_groups(lines, stretch, header_tokens):
            group = _Stretch(start, end, "table", stretch.box)
            if not self._fits(start, end, self._most):
                self._add_pieces(group)
            else:
                text = self._text[start:end]
                self._add(f"{header}\n{text}" if header and start > stretch.start else text, group)

    def _row_groups(self, lines: list[str], stretch: _Stretch, header_tokens: int) -> Iterator[tuple[int, int]]:
        """Ranges of whole rows: all in one where they fit, else up to the target size with the header before them."""
        if self._fits(stretch.start, stretch.end, self._most):
            yield stretch.start, stretch.end
            return
        start = position = stretch.start
        for line in lines:
            end = position + len(line)
            room = self._target - (header_tokens if start > stretch.start else 0)
            if position > start and not self._fits(start, end, room):
                yield start, position - 1
                start = position
            position = end + 1
        yield start, position - 1


def _break_before(text: str, earliest: int, latest: int) -> int:
    for pattern in _BREAKS:
        ends = [match.end() for match in pattern.finditer(text, earliest, latest)]
        if ends:
            return ends[-1]
    return latest


def _page_of(place: BlockPlace) -> int | None:
    return place.page if place.page is not None else place.slide


def _box_of(place: BlockPlace) -> Box | None:
    box = place.box
    return None if box is None else (box.left, box.bottom, box.right, box.top)


def _around(one: Box | None, other: Box | None) -> Box | None:
    """The smallest box that holds both. Down the page, numbers grow."""
    if one is None or other is None:
        return one or other
    return (min(one[0], other[0]), max(one[1], other[1]), max(one[2], other[2]), min(one[3], other[3]))


def _kind_of(block: Block) -> str:
    return type(block).__name__.removesuffix("Block").lower()
