"""Tables without lines: rows of short texts whose columns stand under each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from modules.file_parser.contract import Cell, Paragraph, Row
from modules.file_parser.infra.pdf.header_rows import with_header
from modules.file_parser.infra.pdf.joining import joined_inlines
from modules.file_parser.infra.pdf.segment import Segment, union

_FEWEST_ROWS = 3
_LARGEST_GAP = 1.6
"""Rows of one table stand closer than this many letter heights."""
_MARK = re.compile(r"[•●▪■◦‣∙·–—\uf0b7*-]|\(?[\dA-Za-z]{1,3}[.)]|\d+(\.\d+)*\.?|\[\d+\]")
_LONGEST = 120
"""Longer texts beside each other are columns of running text."""


def with_tables(segments: Sequence[Segment]) -> Iterator[Segment]:
    """The same segments from top to bottom; runs of rows that make a table are one, others are as they were."""
    rows = _visual_rows(segments)
    at = 0
    while at < len(rows):
        end = _end_of_run(rows, at)
        table = _table([_cells(row) for row in rows[at:end]]) if _enough(rows[at:end]) else None
        if table is not None:
            yield table
            at = end
        else:
            # Only the first row is given up: a table may begin with the next one.
            yield from rows[at]
            at += 1


def _visual_rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments that stand side by side; in the file's order but for those that it draws one above the other."""
    rows: list[list[Segment]] = []
    for one in segments:
        if rows and not one.rows and not rows[-1][0].rows and _beside(rows[-1], one):
            rows[-1].append(one)
        else:
            rows.append([one])
    for row in rows:
        row.sort(key=lambda one: one.box.left)
    return rows


def _beside(row: list[Segment], one: Segment) -> bool:
    height = min(row[0].box.bottom - row[0].box.top, one.box.bottom - one.box.top)
    overlap = min(row[0].box.bottom, one.box.bottom) - max(row[0].box.top, one.box.top)
    return overlap > height * 0.5 and all(
        one.box.left >= other.box.right or one.box.right <= other.box.left for other in row
    )


def _end_of_run(rows: Sequence[list[Segment]], at: int) -> int:
    end = at
    while end < len(rows) and _may_be_row(rows[end]) and (end == at or _close(rows[end - 1], rows[end])):
        end += 1
    return end


def _enough(rows: Sequence[list[Segment]]) -> bool:
    """Most rows must be divided by wide white space; narrow one alone is what justified text has, too."""
    return len(rows) >= _FEWEST_ROWS and sum(len(row) >= 2 for row in rows) > len(rows) / 2


def _cells(row: Sequence[Segment]) -> list[Segment]:
    return [piece for one in row for piece in (one.pieces or (one,))]


def _may_be_row(row: Sequence[Segment]) -> bool:
    return len(_cells(row)) >= 2 and not any(one.rows or len(one.text) > _LONGEST for one in row)


def _close(above: Sequence[Segment], below: Sequence[Segment]) -> bool:
    gap = below[0].box.top - above[0].box.bottom
    return -1 < gap < above[0].size * _LARGEST_GAP


def _table(rows: Sequence[list[Segment]]) -> Segment | None:
    columns = _columns(rows)
    if len(columns) < 2:
        return None
    placed = [_placed(row, columns) for row in rows]
    if any(cells is None for cells in placed):
        return None
    grid = [cells for cells in placed if cells is not None]
    if all(_MARK.fullmatch(row[0].text.strip()) for row in rows) and len(columns) == 2:
        return None
    box = rows[0][0].box
    for row in rows:
        for one in row:
            box = union(box, one.box)
    made = [Row(tuple(map(_cell, cells))) for cells in grid]
    text = " ".join(one.text for row in rows for one in row)
    return Segment(text, box, rows[0][0].size, rows[0][0].row, rows=with_header(made))


def _cell(segment: Segment | None) -> Cell:
    return Cell((Paragraph(joined_inlines([segment])),) if segment is not None else ())


def _columns(rows: Sequence[list[Segment]]) -> list[tuple[float, float]]:
    """Stretches across the page that some row fills, with white space from top to bottom between them."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((one.box.left, one.box.right) for row in rows for one in row):
        if columns and left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _placed(row: Sequence[Segment], columns: Sequence[tuple[float, float]]) -> list[Segment | None] | None:
    """One place per column; None when two texts would share one."""
    cells: list[Segment | None] = [None] * len(columns)
    for one in row:
        index = next(index for index, (left, right) in enumerate(columns) if left <= one.box.left <= right)
        if cells[index] is not None:
            return None
        cells[index] = one
    return cells
