"""The blocks that every document becomes, whatever its format was."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text looks."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    code: bool = False


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    target: str
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class InlineCode:
    text: str
    style: Style = PLAIN


Inline = Text | Link | InlineCode


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in points (1/72 inch), the origin in the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in its file; what the format does not have is None.

    ``page``, ``slide`` and ``line`` count from 1. ``start`` and ``end`` are the block's character range in
    ``document_text``, which every block outside of tables has once its document is complete.
    """

    page: int | None = None
    slide: int | None = None
    sheet: str | None = None
    line: int | None = None
    member: str | None = None
    """The file inside an archive, the attachment of a message, the chapter's file of a book."""
    box: Box | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` is 1 (the highest) to 6."""

    level: int
    inlines: tuple[Inline, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    inlines: tuple[Inline, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item; ``level`` is 0 for the outermost list. Items of inner lists follow theirs as further items."""

    level: int
    ordered: bool
    blocks: tuple[Block, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class CodeBlock:
    code: str
    language: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    is_header: bool = False


class TextRow(Row):
    """A row of nothing but plain texts, one to a cell; its cells are made whenever somebody looks at them.

    Large sheets are a million of them: three objects for each would be most of the time and memory that they take.
    """

    __slots__ = ("texts",)
    texts: tuple[str, ...]

    def __init__(self, texts: tuple[str, ...], is_header: bool = False) -> None:
        object.__setattr__(self, "texts", texts)
        object.__setattr__(self, "is_header", is_header)

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(Cell((Paragraph((Text(text),)),)) for text in self.texts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and (self.is_header, self.cells) == (other.is_header, other.cells)

    __hash__ = Row.__hash__


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell that was merged over several places stands, with its text, in each of them."""

    rows: tuple[Row, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class HorizontalRule:
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Image:
    alt: str | None = None
    title: str | None = None
    src: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class PageBreak:
    place: Place | None = None


Block = Heading | Paragraph | ListItem | CodeBlock | Table | Quote | HorizontalRule | Image | PageBreak
