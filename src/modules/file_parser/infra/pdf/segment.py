"""The pieces of text that a page is made of before anything is known about its structure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from modules.file_parser.contract import Box


@dataclass(frozen=True, slots=True)
class Segment:
    """Text that stands together on one line; points, from the page's upper left corner.

    ``row`` is shared by segments that the file draws as one line. ``size`` is the height of its letters' boxes.
    """

    text: str
    box: Box
    size: float
    bold: bool
    row: int

    def joined(self, other: Segment) -> Segment:
        """This and the one right of it on the same row as one."""
        return replace(self, text=f"{self.text} {other.text}", box=union(self.box, other.box))


@dataclass(frozen=True, slots=True)
class Page:
    """``wordless``: it shows something, but no text at all."""

    height: float
    segments: list[Segment]
    wordless: bool = False


def union(one: Box, other: Box) -> Box:
    """The smallest box around both."""
    return Box(
        min(one.left, other.left), min(one.top, other.top), max(one.right, other.right), max(one.bottom, other.bottom)
    )
