"""Tells headings from running text by the size and weight of their letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from modules.file_parser.infra.pdf.segment import Segment

_LARGER = 1.12
_SAME = 0.93
_LONGEST = 200
_LONGEST_BOLD = 90
_LEVELS = 6


class HeadingScale:
    """Sizes of the whole document: the most written one is running text, larger ones are headings by rank."""

    def __init__(self, pages: Iterable[Sequence[Segment]]) -> None:
        sizes: Counter[float] = Counter()
        for page in pages:
            for one in page:
                sizes[_rounded(one.size)] += len(one.text)
        self._body = max(sizes, key=lambda size: sizes[size], default=0.0)
        self._levels = _ranked(sorted((size for size in sizes if size >= self._body * _LARGER), reverse=True))

    @property
    def body(self) -> float:
        """The size of running text."""
        return self._body

    def level(self, segment: Segment) -> int | None:
        """1 to 6, or None for running text."""
        if len(segment.text) > _LONGEST or not any(map(str.isalpha, segment.text)):
            return None
        level = self._levels.get(_rounded(segment.size))
        if level is not None:
            return level
        alone = segment.bold and len(segment.text) <= _LONGEST_BOLD and not segment.text.endswith((".", ",", ";"))
        if alone and segment.size >= self._body * 0.95:
            return min(max(self._levels.values(), default=0) + 1, _LEVELS)
        return None


def _ranked(sizes: Sequence[float]) -> dict[float, int]:
    """Levels by size, the largest first; sizes that hardly differ are one level."""
    levels: dict[float, int] = {}
    level, before = 0, float("inf")
    for size in sizes:
        if size < before * _SAME:
            level, before = level + 1, size
        levels[size] = min(level, _LEVELS)
    return levels


def _rounded(size: float) -> float:
    """Sizes that differ by less than half a point are meant to be the same."""
    return round(size * 2) / 2
