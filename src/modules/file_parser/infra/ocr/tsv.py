"""Tesseract's table of recognised words as paragraphs with their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from modules.file_parser.contract import Box, Paragraph, Place, Text

_COLUMNS = 12
_WORD_LEVEL = "5"
_LEAST_CONFIDENCE = 30.0
_FULL_LINE = 0.8
"""A line that ends before so much of its paragraph's width ends on purpose."""


@dataclass(frozen=True, slots=True)
class _Word:
    paragraph: tuple[str, str]
    line: str
    text: str
    box: Box


def paragraphs(table: str, page: int, pixels_per_point: float) -> list[Paragraph]:
    """In the program's reading order; words it hardly recognised are left out. Boxes are in points."""
    words = [word for line in table.splitlines() if (word := _word(line, pixels_per_point)) is not None]
    return [_paragraph(list(group), page) for _, group in groupby(words, key=lambda word: word.paragraph)]


def _word(line: str, pixels_per_point: float) -> _Word | None:
    columns = line.split("\t")
    if len(columns) != _COLUMNS or columns[0] != _WORD_LEVEL or not columns[11].strip():
        return None
    try:
        left, top, width, height = (float(value) / pixels_per_point for value in columns[6:10])
        confidence = float(columns[10])
    except ValueError:
        return None
    if confidence < _LEAST_CONFIDENCE:
        return None
    box = Box(left, top, left + width, top + height)
    return _Word((columns[2], columns[3]), columns[4], columns[11].strip(), box)


def _paragraph(words: Sequence[_Word], page: int) -> Paragraph:
    lines = [list(group) for _, group in groupby(words, key=lambda word: word.line)]
    box = _around(words)
    full = box.left + (box.right - box.left) * _FULL_LINE
    text = ""
    for line in lines:
        text = _joined(text, " ".join(word.text for word in line))
        if line[-1].box.right < full:
            text += "\n"
    return Paragraph((Text(text.strip()),), Place(page=page, box=box))


def _joined(text: str, line: str) -> str:
    """Words divided at the end of a line are whole again; a line that begins anew stays one of its own."""
    if not text or text.endswith("\n"):
        return text + line
    goes_on = line[:1].islower()
    if goes_on and text.endswith("-") and text[-2:-1].isalpha():
        return text[:-1] + line
    return f"{text} {line}" if goes_on or text[-1].isalpha() else f"{text}\n{line}"


def _around(words: Iterable[_Word]) -> Box:
    boxes = [word.box for word in words]
    return Box(
        round(min(box.left for box in boxes), 2),
        round(min(box.top for box in boxes), 2),
        round(max(box.right for box in boxes), 2),
        round(max(box.bottom for box in boxes), 2),
    )
