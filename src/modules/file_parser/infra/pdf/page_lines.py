"""Reads the lines of one PDF page: their text, boxes and letter sizes, with few calls into the library."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from modules.file_parser.contract import Box
from modules.file_parser.infra.pdf.segment import Page, Segment

_BOLD_NAME = re.compile(rb"bold|black|heavy|semibd|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
_DIVIDED_WORD = re.compile("[\x02\ufffe\u00ad](?=\\w)")
"""The library marks a hyphen at the end of a line so, and puts the rest of the word behind it."""
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\u00ad": "-", "\0": None})
_GAP_SIZES = 1.2
"""White space wider than so many letter heights divides a line: there begins another column or cell."""
_NAME_BYTES = 128


def read_page(page: pdfium.PdfPage) -> Page:
    """All its text. Invisible and rotated text counts as well: scans carry their recognised words that way."""
    text_page = page.get_textpage()
    try:
        left, bottom, _, top = page.get_bbox()
        segments = list(_Reader(text_page, left, top).segments())
        wordless = not segments and raw.FPDFPage_CountObjects(page) > 0
        return Page(top - bottom, segments, wordless)
    finally:
        text_page.close()


class _Reader:
    def __init__(self, text_page: pdfium.PdfTextPage, left: float, top: float) -> None:
        self._text_page = text_page
        self._left = left
        self._top = top
        self._corners = [ctypes.c_double() for _ in range(4)]
        self._rectangle = raw.FS_RECTF()
        self._name = ctypes.create_string_buffer(_NAME_BYTES)
        self._flags = ctypes.c_int()

    def segments(self) -> Iterator[Segment]:
        start = 0
        for row, line in enumerate(self._text().split("\n")):
            end = start + len(line)
            text = line.rstrip("\r")
            if text.strip():
                yield from self._line(start, text, row)
            start = end + 1

    def _text(self) -> str:
        """One character for each that the library counts, so that positions can be asked for."""
        count = self._text_page.count_chars()
        if count <= 0:
            return ""
        text: str = self._text_page.get_text_range()
        if len(text) == count:
            return text
        codes = (raw.FPDFText_GetUnicode(self._text_page, index) for index in range(count))
        return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)

    def _line(self, start: int, text: str, row: int) -> Iterator[Segment]:
        boxes = list(self._rectangles(start, len(text)))
        size = self._typical_size(start, text)
        if not _has_gap(boxes, size):
            yield from self._segment(start, text, boxes, size, row)
            return
        for begin, end in self._split(start, text, size):
            words = text[begin:end]
            boxes = list(self._rectangles(start + begin, end - begin))
            yield from self._segment(start + begin, words, boxes, self._typical_size(start + begin, words), row)

    def _segment(self, start: int, text: str, boxes: list[Box], size: float, row: int) -> Iterator[Segment]:
        """One segment, or none when nothing of it is visible."""
        cleaned = _DIVIDED_WORD.sub("", text.strip()).translate(_HYPHENS)
        if cleaned and boxes:
            first, last = start + len(text) - len(text.lstrip()), start + len(text.rstrip()) - 1
            bold = self._bold(first) and self._bold(last)
            yield Segment(cleaned, _around(boxes), size, bold, row)

    def _typical_size(self, start: int, text: str) -> float:
        """The middle one of three letters': a line may begin with a bullet or a word in another font."""
        words = text.rstrip()
        first = len(words) - len(words.lstrip())
        spots = [first + (len(words) - 1 - first) * part // 8 for part in (1, 4, 7)]
        # A space has no height that says anything; a word stands beside it.
        sizes = [self._size(start + (spot + 1 if words[spot].isspace() else spot)) for spot in spots]
        return sorted(sizes)[1]

    def _split(self, start: int, text: str, size: float) -> Iterator[tuple[int, int]]:
        """Where the parts of a line begin and end, letter by letter."""
        begin, reach = 0, None
        for index, letter in enumerate(text):
            if letter.isspace():
                continue
            raw.FPDFText_GetCharBox(self._text_page, start + index, *map(ctypes.byref, self._corners))
            left, right = self._corners[0].value, self._corners[1].value
            if reach is not None and left - reach > size * _GAP_SIZES:
                yield begin, index
                begin = index
            reach = right
        yield begin, len(text)

    def _rectangles(self, start: int, count: int) -> Iterator[Box]:
        for index in range(raw.FPDFText_CountRects(self._text_page, start, count)):
            # The library's order is left, top, right, bottom, measured upwards.
            raw.FPDFText_GetRect(self._text_page, index, *map(ctypes.byref, self._corners))
            left, top, right, bottom = (corner.value for corner in self._corners)
            yield Box(left - self._left, self._top - top, right - self._left, self._top - bottom)

    def _size(self, index: int) -> float:
        """Of the letter's box with room for ascenders and descenders: it grows with the font, whatever the letter."""
        if raw.FPDFText_GetLooseCharBox(self._text_page, index, ctypes.byref(self._rectangle)):
            return abs(float(self._rectangle.top) - float(self._rectangle.bottom))
        return float(raw.FPDFText_GetFontSize(self._text_page, index))

    def _bold(self, index: int) -> bool:
        if raw.FPDFText_GetFontWeight(self._text_page, index) >= _BOLD_WEIGHT:
            return True
        size = raw.FPDFText_GetFontInfo(self._text_page, index, self._name, _NAME_BYTES, ctypes.byref(self._flags))
        return 0 < size <= _NAME_BYTES and _BOLD_NAME.search(self._name.value) is not None


def _has_gap(boxes: list[Box], size: float) -> bool:
    """Whether there is more white space between two of them than between words."""
    reach = min((box.left for box in boxes), default=0.0)
    for box in sorted(boxes, key=lambda box: box.left):
        if box.left - reach > size * _GAP_SIZES:
            return True
        reach = max(reach, box.right)
    return False


def _around(boxes: list[Box]) -> Box:
    return Box(
        round(min(box.left for box in boxes), 2),
        round(min(box.top for box in boxes), 2),
        round(max(box.right for box in boxes), 2),
        round(max(box.bottom for box in boxes), 2),
    )
