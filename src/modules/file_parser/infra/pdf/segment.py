"""The pieces of text that a page is made of before anything is known about its structure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from modules.file_parser.contract import PLAIN, Box, Inline, Row, Style, Text


@dataclass(frozen=True, slots=True)
class Segment:
    """Text that stands together on one line; points, from the page's upper left corner.

    ``row`` is shared by segments that the file draws as one line. ``size`` is the height of its letters' boxes.
    ``style`` is that of all its text; ``inlines`` are there where its parts look different, or are links. ``pieces``
    are there where white space divides it a little more than words: perhaps they are cells. With ``rows`` it is a
    whole table, whose box this is.
    """

    text: str
    box: Box
    size: float
    row: int
    style: Style = PLAIN
    inlines: tuple[Inline, ...] = ()
    rows: tuple[Row, ...] = ()
    pieces: tuple[Segment, ...] = ()

    @property
    def bold(self) -> bool:
        return self.style.bold

    @property
    def parts(self) -> tuple[Inline, ...]:
        """Its text as it looks."""
        return self.inlines or (Text(self.text, self.style),)

    def joined(self, other: Segment) -> Segment:
        """This and the one right of it on the same row as one."""
        same = self.style == other.style and not self.inlines and not other.inlines
        return replace(
            self,
            text=f"{self.text} {other.text}",
            box=union(self.box, other.box),
            style=self.style if same else PLAIN,
            inlines=() if same else (*self.parts, Text(" "), *other.parts),
            pieces=(),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """``wordless``: it shows something, but no text at all. ``note_marks``: numbers that refer to notes on it."""

    height: float
    segments: list[Segment]
    wordless: bool = False
    note_marks: frozenset[str] = field(default_factory=frozenset)


def union(one: Box, other: Box) -> Box:
    """The smallest box around both."""
    return Box(
        min(one.left, other.left), min(one.top, other.top), max(one.right, other.right), max(one.bottom, other.bottom)
    )
