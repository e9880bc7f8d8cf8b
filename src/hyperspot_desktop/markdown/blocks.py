"""The flat blocks that a page draws, one row each: a long answer scrolls like any other list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["paragraph", "heading", "code", "table", "math", "rule"]


@dataclass(frozen=True, slots=True)
class Block:
    """One drawable piece of Markdown.

    ``html`` holds only markup made here from escaped text. ``plain`` is the same for copying and screen readers.
    ``indent`` counts the lists around it and ``marker`` is the bullet or number of the item it begins; ``quote`` counts
    the quotations around it. Long code and tables come in several pieces; ``first`` and ``last`` close the frame.
    """

    kind: BlockKind
    html: str = ""
    plain: str = ""
    level: int = 0
    indent: int = 0
    marker: str = ""
    quote: int = 0
    language: str = ""
    first: bool = True
    last: bool = True
    rows: tuple[tuple[str, ...], ...] = ()
    weights: tuple[int, ...] = ()
    aligns: tuple[str, ...] = ()
