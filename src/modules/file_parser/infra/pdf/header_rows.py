"""Tells which of a table's first rows are its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from modules.file_parser.contract import Cell, Paragraph, Row

_NUMBER = re.compile(r"[-+−]?[\d.,'  ]*\d\s*[%€$£]?")
_MOST = 3


def with_header(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Bold rows at the top are the header, if not all rows are bold; otherwise the first, unless it has numbers."""
    bold = 0
    while bold < len(rows) and _is_bold(rows[bold]):
        bold += 1
    count = bold if 0 < bold <= _MOST and bold < len(rows) else 0 if any(map(_is_number, rows[0].cells)) else 1
    return tuple(replace(row, is_header=index < count) for index, row in enumerate(rows))


def _is_bold(row: Row) -> bool:
    inlines = [
        inline
        for cell in row.cells
        for block in cell.blocks
        if isinstance(block, Paragraph)
        for inline in block.inlines
        if inline.text.strip()
    ]
    return bool(inlines) and all(inline.style.bold for inline in inlines)


def _is_number(cell: Cell) -> bool:
    text = "".join(inline.text for block in cell.blocks if isinstance(block, Paragraph) for inline in block.inlines)
    return _NUMBER.fullmatch(text.strip()) is not None
