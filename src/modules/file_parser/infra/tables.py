"""Rows of text as the pieces of one table, in parts and within the budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from modules.file_parser.contract import Cell, Paragraph, Place, Row, Text
from modules.file_parser.domain.pieces import Note, TextRows
from modules.file_parser.infra.plugin import Budget

_ROWS_PER_PIECE = 500


def table_pieces(
    rows: Iterable[Sequence[str]], budget: Budget, place: Place | None = None
) -> Iterator[TextRows | Note]:
    """A table whose first row is its header; nothing when there are no rows."""
    part: list[Sequence[str]] = []
    started = False
    for texts in rows:
        budget.cells -= len(texts)
        if budget.cells < 0:
            yield from _part(part, place, started)
            yield Note("The rest of a table was left out: the document has too many cells.")
            return
        part.append(texts)
        if len(part) == _ROWS_PER_PIECE:
            yield from _part(part, place, started)
            part, started = [], True
    yield from _part(part, place, started)


def text_row(texts: Iterable[str], *, is_header: bool = False) -> Row:
    """One row of plain cells; each line of a cell is a paragraph of its own."""
    return Row(tuple(_cell(text) for text in texts), is_header)


def _cell(text: str) -> Cell:
    return Cell(tuple(Paragraph((Text(line),)) for line in text.split("\n")))


def _part(rows: list[Sequence[str]], place: Place | None, started: bool) -> Iterator[TextRows]:
    if rows:
        yield TextRows(rows, begins=not started, place=place)
