"""Puts the text inside ruled grids into their cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from modules.file_parser.contract import Box, Cell, Paragraph, Row
from modules.file_parser.infra.pdf.header_rows import with_header
from modules.file_parser.infra.pdf.joining import joined_inlines
from modules.file_parser.infra.pdf.ruled_grids import RuledGrid
from modules.file_parser.infra.pdf.segment import Segment

_FEWEST_FILLED = 3


class TableFiller:
    """The ruled tables of one page."""

    def __init__(self, grids: Sequence[RuledGrid]) -> None:
        self._grids = grids

    def divides(self, box: Box) -> bool:
        """Whether a line with this box goes over an edge between two columns."""
        return any(grid.crossed(box.left, box.right) for grid in self._around(box))

    def edges(self, box: Box) -> list[float]:
        """Where columns meet beside a line with this box."""
        return [edge for grid in self._around(box) for edge in grid.columns]

    def filled(self, segments: Iterable[Segment]) -> Iterator[Segment]:
        """The page's segments; those inside a grid become one, its table, where the first of them stood."""
        order: list[Segment | RuledGrid] = []
        contents: dict[int, list[Segment]] = {}
        for one in segments:
            grid = next((grid for grid in self._around(one.box) if _inside(grid, one.box)), None)
            if grid is None:
                order.append(one)
                continue
            if id(grid) not in contents:
                contents[id(grid)] = []
                order.append(grid)
            contents[id(grid)].append(one)
        for item in order:
            if isinstance(item, Segment):
                yield item
            else:
                yield from _table(item, contents[id(item)])

    def _around(self, box: Box) -> list[RuledGrid]:
        if not self._grids:
            return []
        middle = (box.top + box.bottom) / 2
        return [
            grid
            for grid in self._grids
            if grid.rows[0] <= middle <= grid.rows[-1] and box.right > grid.columns[0] and box.left < grid.columns[-1]
        ]


def _inside(grid: RuledGrid, box: Box) -> bool:
    return grid.columns[0] <= (box.left + box.right) / 2 <= grid.columns[-1]


def _table(grid: RuledGrid, segments: list[Segment]) -> Iterator[Segment]:
    """The table; the segments as they were when hardly a cell has text, as in a drawing."""
    texts: dict[int, list[Segment]] = {}
    for one in segments:
        cell = grid.cell_at((one.box.left + one.box.right) / 2, (one.box.top + one.box.bottom) / 2)
        if cell is not None:
            texts.setdefault(cell, []).append(one)
    if len(texts) < _FEWEST_FILLED:
        yield from segments
        return
    cells = {cell: Cell((Paragraph(joined_inlines(lines)),)) for cell, lines in texts.items()}
    empty = Cell(())
    rows = [Row(tuple(cells.get(cell, empty) for cell in row)) for row in grid.cells]
    text = " ".join(one.text for one in segments)
    yield Segment(text, grid.box, segments[0].size, segments[0].row, rows=with_header(rows))
