"""Which numbered styles of an RTF file are headings."""

from __future__ import annotations

import re
from typing import Final

_STYLE: Final = re.compile(rb"\\s(\d+)\b([^;{}]*)")
_NAME: Final = re.compile(rb"(?:heading|berschrift|titre)\s*([1-9])\s*$", re.IGNORECASE)
_OUTLINE: Final = re.compile(rb"\\outlinelevel(\d)")


def heading_styles(data: bytes) -> dict[int, int]:
    """Levels from 1 by style number, from the style sheet in the file's head."""
    start = data.find(b"{\\stylesheet")
    found: dict[int, int] = {}
    if start < 0:
        return found
    for number, rest in _STYLE.findall(data[start : start + 100_000]):
        named, outline = _NAME.search(rest), _OUTLINE.search(rest)
        if named is not None:
            found[int(number)] = min(int(named.group(1)), 6)
        elif outline is not None and int(outline.group(1)) < 9:
            found[int(number)] = min(int(outline.group(1)) + 1, 6)
    return found
