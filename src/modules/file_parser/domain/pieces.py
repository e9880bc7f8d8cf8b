"""What a parser gives, piece by piece: blocks, and facts about the document as they are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from modules.file_parser.contract import Block, Place, Row


@dataclass(frozen=True, slots=True)
class MoreRows:
    """Further rows of the table that came last: large sheets are never held as a whole by their parser."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TextRows:
    """Rows of plain text; ``begins``: of a new table, the first of them its header.

    Parsers of large sheets give these, which arrive as ``Table`` and ``MoreRows``: a cell costs next to nothing
    until then.
    """

    rows: Sequence[Sequence[str]]
    begins: bool
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about the document so far; later facts are added, and replace those of the same name."""

    title: str | None = None
    author: str | None = None
    language: str | None = None
    created_at: datetime | None = None
    modified_at: datetime | None = None
    content_type: str | None = None
    parser: str | None = None
    page_count: int | None = None
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageWithoutText:
    """This page shows something, but holds no text."""

    page: int


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about what was left out."""

    sentence: str


Piece = Block | MoreRows | Facts | PageWithoutText | Note
"""What arrives from a parser."""
Given = Piece | TextRows
"""What a parser may give."""
