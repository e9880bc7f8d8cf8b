"""Finds what is printed on page after page, such as running titles and page numbers, and takes it away."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from modules.file_parser.infra.pdf.segment import Page, Segment

_FEWEST_PAGES = 3
_SHARE = 0.3
_ENOUGH_PAGES = 6
"""Left and right pages often have running titles of their own, and chapters change them."""
_MARGIN = 0.12
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b")


def without_furniture(pages: list[Page]) -> list[Page]:
    """The same pages; documents of one or two pages are left as they are, because nothing repeats there for sure."""
    if len(pages) < _FEWEST_PAGES:
        return pages
    seen = Counter(mark for page in pages for mark in {_mark(page, one) for one in _in_margins(page)})
    enough = max(_FEWEST_PAGES, min(len(pages) * _SHARE, _ENOUGH_PAGES))
    repeated = {mark for mark, count in seen.items() if count >= enough}
    return [_without(page, repeated) for page in pages]


def _without(page: Page, repeated: set[tuple[str, int]]) -> Page:
    gone = {id(one) for one in _in_margins(page) if _mark(page, one) in repeated}
    return replace(page, segments=[one for one in page.segments if id(one) not in gone]) if gone else page


def _in_margins(page: Page) -> list[Segment]:
    upper, lower = page.height * _MARGIN, page.height * (1 - _MARGIN)
    return [one for one in page.segments if one.box.bottom < upper or one.box.top > lower]


def _mark(page: Page, segment: Segment) -> tuple[str, int]:
    """The same for the same words at about the same height, whatever number is in them."""
    return _NUMBER.sub("#", segment.text.lower()), round(segment.box.top / 12)
