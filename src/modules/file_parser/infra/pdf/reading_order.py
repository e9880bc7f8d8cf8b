"""Puts the segments of a page into the order in which people read them: column after column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from modules.file_parser.infra.pdf.aligned_tables import with_tables
from modules.file_parser.infra.pdf.segment import Page, Segment

_FEWEST_LINES = 4
"""A column has at least so many lines; fewer are two things beside each other."""
_FEWEST_CHARACTERS = 15
"""Lines of running text are longer than this on average; shorter ones are the cells of a table."""
_MOST_CROSSING = 0.35
_DEEPEST = 4


def in_reading_order(page: Page) -> list[Segment]:
    """The page's segments; those of one row that no column divides are joined again."""
    return list(_ordered(page.segments, 0))


def _ordered(segments: list[Segment], depth: int) -> Iterator[Segment]:
    gutter = _gutter(segments) if depth < _DEEPEST else None
    if gutter is None:
        yield from _joined_rows(with_tables(segments))
        return
    for left, right, spanning in _bands(segments, gutter):
        yield from _ordered(left, depth + 1)
        yield from _ordered(right, depth + 1)
        yield from _joined_rows(spanning)


def _gutter(segments: list[Segment]) -> float | None:
    """Where a right column begins, if lines of running text stand on both sides of it."""
    if len(segments) < _FEWEST_LINES * 2:
        return None
    left_edge, right_edge = min(one.box.left for one in segments), max(one.box.right for one in segments)
    width = right_edge - left_edge
    edges = Counter(
        round(one.box.left) for one in segments if left_edge + width * 0.25 < one.box.left < left_edge + width * 0.8
    )
    for edge, _ in edges.most_common(4):
        if _divides(segments, edge - 1.5):
            return edge - 1.5
    return None


def _divides(segments: list[Segment], gutter: float) -> bool:
    left = [one for one in segments if one.box.right <= gutter]
    right = [one for one in segments if one.box.left >= gutter]
    crossing = len(segments) - len(left) - len(right)
    return (
        all(len(side) >= _FEWEST_LINES and _average_length(side) >= _FEWEST_CHARACTERS for side in (left, right))
        and crossing <= len(segments) * _MOST_CROSSING
        and _beside(left, right)
    )


def _beside(left: list[Segment], right: list[Segment]) -> bool:
    """Whether the two sides stand next to each other, and not one above the other."""
    top = max(min(one.box.top for one in side) for side in (left, right))
    bottom = min(max(one.box.bottom for one in side) for side in (left, right))
    return bottom > top


def _average_length(segments: list[Segment]) -> float:
    return sum(len(one.text) for one in segments) / len(segments)


def _bands(segments: list[Segment], gutter: float) -> Iterator[tuple[list[Segment], list[Segment], list[Segment]]]:
    """From top to bottom: what stands left and right, and the line across both that ends the band."""
    left: list[Segment] = []
    right: list[Segment] = []
    for one in sorted(segments, key=lambda one: one.box.top):
        if one.box.right <= gutter:
            left.append(one)
        elif one.box.left >= gutter:
            right.append(one)
        else:
            yield left, right, [one]
            left, right = [], []
    yield left, right, []


def _joined_rows(segments: Iterable[Segment]) -> Iterator[Segment]:
    """In the file's order; parts of one row become one again."""
    last: Segment | None = None
    for one in segments:
        if last is not None and one.row == last.row and not one.rows and not last.rows:
            last = last.joined(one)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last
