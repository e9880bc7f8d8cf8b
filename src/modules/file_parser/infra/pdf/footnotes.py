"""Finds the notes at the foot of a page and moves them behind its text, with the marks that refer to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from modules.file_parser.contract import Text
from modules.file_parser.infra.pdf.joining import without_start
from modules.file_parser.infra.pdf.segment import Page, Segment

_START = re.compile(r"\[?(\d{1,3})\]?\s*(?=\D)")
_LOWER_PART = 0.5
_SMALL = 0.92


def with_notes_last(page: Page, segments: Sequence[Segment], body_size: float) -> tuple[list[Segment], list[Segment]]:
    """The page's text and its notes. A note is small, stands low on the page, and its number is referred to above."""
    if not page.note_marks:
        return list(segments), []
    text: list[Segment] = []
    notes: list[Segment] = []
    for one in segments:
        low = one.box.top > page.height * _LOWER_PART and one.size < body_size * _SMALL and not one.rows
        match = _START.match(one.text) if low else None
        if match is not None and match.group(1) in page.note_marks:
            notes.append(_marked(one, match))
        elif low and notes and abs(one.size - notes[-1].size) < 1:
            notes.append(one)
        else:
            text.append(one)
    return text, notes


def _marked(segment: Segment, match: re.Match[str]) -> Segment:
    rest = without_start(segment.parts, match.end())
    inlines = (Text(f"[{match.group(1)}] "), *rest)
    return replace(segment, text="".join(one.text for one in inlines), inlines=inlines)
