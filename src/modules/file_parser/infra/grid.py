"""Puts cells that span several rows or columns into every place they cover."""

from __future__ import annotations

from collections.abc import Iterator

from modules.file_parser.contract import Cell

EMPTY = Cell(())
_MOST_COLUMNS = 1_000
_MOST_SPANNED = 100_000


class Grid:
    """Rows are begun with ``start_row`` and filled from the left, around what reaches down from above."""

    def __init__(self) -> None:
        self._rows: list[dict[int, Cell]] = []
        self._reaching: dict[int, tuple[Cell, int]] = {}
        self._column = 0
        self._spanned = 0

    def start_row(self) -> None:
        """Begin the next row; cells from above come into it by themselves."""
        row: dict[int, Cell] = {}
        for column, (cell, rows_left) in list(self._reaching.items()):
            row[column] = cell
            if rows_left == 1:
                del self._reaching[column]
            else:
                self._reaching[column] = (cell, rows_left - 1)
        self._rows.append(row)
        self._column = 0

    def add(self, cell: Cell, *, columns: int = 1, rows: int = 1) -> None:
        """The next cell of this row. Spans that no document needs are cut."""
        row = self._rows[-1]
        while self._column in row:
            self._column += 1
        columns = max(1, min(columns, _MOST_COLUMNS - self._column))
        self._spanned += columns - 1
        if self._spanned > _MOST_SPANNED:
            columns = 1
        for column in range(self._column, self._column + columns):
            row[column] = cell
            if rows > 1:
                self._reaching[column] = (cell, rows - 1)
        self._column += columns

    def skip(self, columns: int) -> None:
        """Leave places free at the left."""
        self._column += min(columns, _MOST_COLUMNS)

    def above(self) -> Cell:
        """The cell over the next place; empty when there is none."""
        return self._rows[-2].get(self._column, EMPTY) if len(self._rows) > 1 else EMPTY

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """All rows, each as long as its last cell demands."""
        for row in self._rows:
            yield tuple(row.get(column, EMPTY) for column in range(max(row, default=-1) + 1))
