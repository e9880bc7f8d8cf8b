"""Finds a quoted text on a PDF page, whatever became of its blanks, hyphens and ligatures on the way."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_SEED = 8
"""Letters that must agree before a place is looked at more closely."""
_SHORTEST_RUN = 16
"""Shorter agreements are chance, unless the whole quotation is shorter."""
_MOST_LETTERS = 20_000
_CANDIDATES = 16


@dataclass(frozen=True, slots=True)
class _Letters:
    """Letters and digits only, compatibility forms resolved, lower case; each knows its character's number."""

    text: str
    origins: Sequence[int]


@dataclass(frozen=True, slots=True)
class PageRect:
    """In the page's own space: points, upwards."""

    left: float
    bottom: float
    right: float
    top: float


def find_text(page: pdfium.PdfPage, quotation: str) -> list[PageRect]:
    """One rectangle for each line that shows a part of ``quotation``; empty when nothing of it is on the page.

    The quotation may begin or end on other pages, and may go through columns: its longest agreements are taken one
    after the other.
    """
    wanted = _letters(quotation[:_MOST_LETTERS]).text
    if not wanted:
        return []
    text_page = page.get_textpage()
    try:
        shown = _letters(_characters(text_page))
        indices = [shown.origins[at] for begin, end in _runs(wanted, shown.text) for at in range(begin, end)]
        return list(_lines(text_page, indices))
    finally:
        text_page.close()


def _characters(text_page: pdfium.PdfTextPage) -> str:
    codes = (raw.FPDFText_GetUnicode(text_page, index) for index in range(text_page.count_chars()))
    return "".join(chr(code) if code < 0x110000 else " " for code in codes)


def _letters(text: str) -> _Letters:
    found: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        plain = character if character.isascii() else unicodedata.normalize("NFKC", character)
        for letter in plain.casefold():
            if letter.isalnum():
                found.append(letter)
                origins.append(index)
    return _Letters("".join(found), origins)


def _runs(wanted: str, shown: str) -> Iterator[tuple[int, int]]:
    """Ranges of ``shown`` that say what ``wanted`` says."""
    at = shown.find(wanted)
    if at >= 0:
        yield at, at + len(wanted)
        return
    seeds = _seeds(shown)
    position, reach = 0, 0
    while position <= len(wanted) - _SEED:
        begin, length = _longest(wanted, position, shown, seeds.get(wanted[position : position + _SEED], ()), reach)
        if length < min(_SHORTEST_RUN, len(wanted)):
            position += 1
            continue
        yield begin, begin + length
        position, reach = position + length, begin + length


def _seeds(shown: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for index in range(len(shown) - _SEED + 1):
        places.setdefault(shown[index : index + _SEED], []).append(index)
    return places


def _longest(wanted: str, position: int, shown: str, candidates: Sequence[int], reach: int) -> tuple[int, int]:
    """Where the longest agreement begins; of equal ones the next after ``reach``."""
    best, best_length = 0, 0
    for begin in sorted(candidates, key=lambda begin: (begin < reach, begin))[:_CANDIDATES]:
        length = _agreement(wanted, position, shown, begin)
        if length > best_length:
            best, best_length = begin, length
    return best, best_length


def _agreement(wanted: str, position: int, shown: str, begin: int) -> int:
    longest = min(len(wanted) - position, len(shown) - begin)
    for length in range(_SEED, longest):
        if wanted[position + length] != shown[begin + length]:
            return length
    return longest


def _lines(text_page: pdfium.PdfTextPage, indices: Sequence[int]) -> Iterator[PageRect]:
    """Boxes of characters, joined while they stand on one line."""
    current: PageRect | None = None
    for index in indices:
        box = _box(text_page, index)
        if box is None:
            continue
        joined = current and _joined(current, box)
        if joined is None and current is not None:
            yield current
        current = joined or box
    if current is not None:
        yield current


def _joined(line: PageRect, box: PageRect) -> PageRect | None:
    """The rectangle around both, or None when ``box`` begins another line, or stands in another column."""
    height = max(line.top - line.bottom, box.top - box.bottom)
    overlap = min(line.top, box.top) - max(line.bottom, box.bottom)
    if overlap < height * 0.4 or not -height < box.left - line.right < height * 3:
        return None
    return PageRect(
        min(line.left, box.left), min(line.bottom, box.bottom), max(line.right, box.right), max(line.top, box.top)
    )


def _box(text_page: pdfium.PdfTextPage, index: int) -> PageRect | None:
    """With room for ascenders and descenders, so that the letters of a line have one height."""
    rectangle = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(rectangle)):
        return None
    low, high = sorted((float(rectangle.bottom), float(rectangle.top)))
    return PageRect(float(rectangle.left), low, float(rectangle.right), high)
