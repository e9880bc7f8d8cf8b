"""Reads one PDF page: its lines of text with boxes, sizes and looks, and its ruled tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from modules.file_parser.contract import PLAIN, Box, Inline, Style, Text
from modules.file_parser.infra.pdf.fonts import Fonts
from modules.file_parser.infra.pdf.links import PageLink, links_of
from modules.file_parser.infra.pdf.looks import Looks, cleaned
from modules.file_parser.infra.pdf.ruled_grids import ruled_grids
from modules.file_parser.infra.pdf.ruled_tables import TableFiller
from modules.file_parser.infra.pdf.rulings import rulings_of
from modules.file_parser.infra.pdf.segment import Page, Segment
from modules.file_parser.infra.pdf.text_layer import TextLayer

_GAP_SIZES = 1.2
"""White space wider than so many letter heights divides a line: there begins another column or cell."""
_SOFT_GAP_SIZES = 0.55
"""And this may divide the cells of a row, when the rows around it say so."""
_MOST_PIECES = 12


def read_page(page: pdfium.PdfPage, document: pdfium.PdfDocument) -> Page:
    """All its text. Invisible and rotated text counts as well: scans carry their recognised words that way."""
    text_page = page.get_textpage()
    try:
        left, bottom, _, top = page.get_bbox()
        layer = TextLayer(text_page, left, top)
        looks = Looks(layer, Fonts(), links_of(page, document, left, top))
        tables = TableFiller(ruled_grids(rulings_of(page, left, top)))
        segments = list(tables.filled(_Reader(layer, looks, tables).segments()))
        wordless = not segments and raw.FPDFPage_CountObjects(page) > 0
        return Page(top - bottom, segments, wordless, frozenset(looks.note_marks))
    finally:
        text_page.close()


class _Reader:
    def __init__(self, layer: TextLayer, looks: Looks, tables: TableFiller) -> None:
        self._layer = layer
        self._looks = looks
        self._tables = tables

    def segments(self) -> Iterator[Segment]:
        start = 0
        for row, line in enumerate(self._layer.text().split("\n")):
            end = start + len(line)
            text = line.rstrip("\r")
            if text.strip():
                yield from self._line(start, text, row)
            start = end + 1

    def _line(self, start: int, text: str, row: int) -> Iterator[Segment]:
        boxes = self._layer.rectangles(start, len(text))
        if not boxes:
            return
        if len(boxes) == 1 and not self._tables.divides(boxes[0]):
            segment = self._alike(start, text, boxes[0], row)
            if segment is not None:
                yield segment
            return
        size = self._typical_size(start, text)
        if _widest_gap(boxes) > size * _GAP_SIZES or self._tables.divides(_around(boxes)):
            yield from self._divided(start, text, size * _GAP_SIZES, _around(boxes), row)
            return
        yield from self._whole(start, text, boxes, size, row)

    def _divided(self, start: int, text: str, gap: float, box: Box, row: int) -> Iterator[Segment]:
        """The parts of a line that white space of more than ``gap``, or the edge of a column, divides."""
        for begin, end in self._split(start, text, gap, box):
            words = text[begin:end]
            boxes = self._layer.rectangles(start + begin, end - begin)
            if boxes and words.strip():
                size = self._typical_size(start + begin, words)
                yield from self._whole(start + begin, words, boxes, size, row)

    def _whole(self, start: int, text: str, boxes: list[Box], size: float, row: int) -> Iterator[Segment]:
        """One segment, with its pieces when it may be a row of cells."""
        soft = size * _SOFT_GAP_SIZES
        perhaps_cells = 1 < len(boxes) <= _MOST_PIECES and soft < _widest_gap(boxes) <= size * _GAP_SIZES
        for segment in self._segment(start, text, boxes, size, row):
            pieces = tuple(self._divided(start, text, soft, segment.box, row)) if perhaps_cells else ()
            yield replace(segment, pieces=pieces) if len(pieces) > 1 else segment

    def _alike(self, start: int, text: str, box: Box, row: int) -> Segment | None:
        """A line that is one object: it has one look. None when nothing of it is visible."""
        words = cleaned(text.strip())
        if not words:
            return None
        first = start + len(text) - len(text.lstrip())
        links = self._looks.links_on(box.top, box.bottom)
        size = self._layer.size(first)
        if links:
            return self._looking(start, text, box, size, row, links)
        return Segment(words, box, size, row, self._looks.style_at(first))

    def _segment(self, start: int, text: str, boxes: list[Box], size: float, row: int) -> Iterator[Segment]:
        box = _around(boxes)
        links = self._looks.links_on(box.top, box.bottom)
        if len(boxes) == 1 and not links:
            alike = self._alike(start, text, box, row)
        else:
            alike = self._looking(start, text, box, size, row, links)
        if alike is not None:
            yield alike

    def _looking(
        self, start: int, text: str, box: Box, size: float, row: int, links: Sequence[PageLink]
    ) -> Segment | None:
        """A line whose parts may look different."""
        inlines = self._looks.inlines(start, text, size, links)
        words = "".join(inline.text for inline in inlines)
        if not words:
            return None
        style = _common(inlines)
        return Segment(words, box, size, row, style or PLAIN, () if style is not None else inlines)

    def _typical_size(self, start: int, text: str) -> float:
        """The middle one of three letters': a line may begin with a bullet or a word in another font."""
        words = text.rstrip()
        first = len(words) - len(words.lstrip())
        spots = [first + (len(words) - 1 - first) * part // 8 for part in (1, 4, 7)]
        # A space has no height that says anything; a word stands beside it.
        sizes = [self._layer.size(start + (spot + 1 if words[spot].isspace() else spot)) for spot in spots]
        return sorted(sizes)[1]

    def _split(self, start: int, text: str, gap: float, box: Box) -> Iterator[tuple[int, int]]:
        """Where the parts of a line begin and end, letter by letter."""
        begin, reach = 0, None
        edges = self._tables.edges(box)
        for index, letter in enumerate(text):
            if letter.isspace():
                continue
            left, right = self._layer.extent(start + index)
            if reach is not None and (left - reach > gap or any(reach - 1 <= edge <= left + 1 for edge in edges)):
                yield begin, index
                begin = index
            reach = right
        yield begin, len(text)


def _common(inlines: tuple[Inline, ...]) -> Style | None:
    """The look of all parts, None when they differ or one is a link."""
    style = inlines[0].style
    return style if all(isinstance(one, Text) and one.style == style for one in inlines) else None


def _widest_gap(boxes: list[Box]) -> float:
    """The widest white space between two of them."""
    ordered = sorted(boxes, key=lambda box: box.left)
    reach, widest = ordered[0].right, 0.0
    for box in ordered[1:]:
        widest = max(widest, box.left - reach)
        reach = max(reach, box.right)
    return widest


def _around(boxes: list[Box]) -> Box:
    if len(boxes) == 1:
        return boxes[0]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
