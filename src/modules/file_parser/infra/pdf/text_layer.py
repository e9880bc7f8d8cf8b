"""The text of one PDF page, character by character, with few and cheap calls into the library."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from modules.file_parser.contract import Box


def addressed(function: Any, *arguments: Any) -> Any:
    """A library function that gives the address of what it points to: comparing pointer objects is slow."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(ctypes.c_void_p, *arguments)(address)


_TEXT_OBJECT = addressed(raw.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_int)


class TextLayer:
    """Boxes are in points from the page's upper left corner."""

    def __init__(self, text_page: pdfium.PdfTextPage, left: float, top: float) -> None:
        self._text_page = text_page
        self._raw = text_page.raw
        self._left = left
        self._top = top
        self._corners = [ctypes.c_double() for _ in range(4)]
        self._references = [ctypes.byref(corner) for corner in self._corners]
        self._rectangle = raw.FS_RECTF()
        self._rectangle_reference = ctypes.byref(self._rectangle)

    def text(self) -> str:
        """One character for each that the library counts, so that positions can be asked for."""
        count = self._text_page.count_chars()
        if count <= 0:
            return ""
        text: str = self._text_page.get_text_range()
        if len(text) == count:
            return text
        codes = (raw.FPDFText_GetUnicode(self._raw, index) for index in range(count))
        return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)

    def rectangles(self, start: int, count: int) -> list[Box]:
        """One for each text object that these characters belong to."""
        found = raw.FPDFText_CountRects(self._raw, start, count)
        return [self._rectangle_at(index) for index in range(found)]

    def _rectangle_at(self, index: int) -> Box:
        # The library's order is left, top, right, bottom, measured upwards.
        raw.FPDFText_GetRect(self._raw, index, *self._references)
        left, top, right, bottom = self._corners
        return Box(left.value - self._left, self._top - top.value, right.value - self._left, self._top - bottom.value)

    def extent(self, index: int) -> tuple[float, float]:
        """Where a character begins and ends on its line."""
        raw.FPDFText_GetCharBox(self._raw, index, *self._references)
        return self._corners[0].value - self._left, self._corners[1].value - self._left

    def size(self, index: int) -> float:
        """Of the letter's box with room for ascenders and descenders: it grows with the font, whatever the letter."""
        if raw.FPDFText_GetLooseCharBox(self._raw, index, self._rectangle_reference):
            return abs(float(self._rectangle.top) - float(self._rectangle.bottom))
        return float(raw.FPDFText_GetFontSize(self._raw, index))

    def baseline(self, index: int) -> float:
        """The height on which a character stands, measured downwards."""
        raw.FPDFText_GetCharOrigin(self._raw, index, *self._references[:2])
        return self._top - self._corners[1].value

    def text_object(self, index: int) -> int:
        """The address of the object that draws this character; 0 for one that the library made up."""
        return _TEXT_OBJECT(self._raw, index) or 0
