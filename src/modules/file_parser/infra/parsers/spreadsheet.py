"""Workbooks: every sheet is a heading and a table over its used range."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import dropwhile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from modules.file_parser.contract import DocumentBroken, DocumentEncrypted, Heading, Place
from modules.file_parser.domain.pieces import Given
from modules.file_parser.infra.inlines import plain
from modules.file_parser.infra.office_facts import office_facts, open_document_facts
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.tables import table_pieces
from modules.file_parser.infra.zip_parts import ZipParts

Value = int | float | str | bool | time | date | datetime | timedelta


def parse(document: Input) -> Iterator[Given]:
    if document.extension != "xls":
        yield from _measured(document)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(document.data))
    except PasswordError as err:
        raise DocumentEncrypted("The workbook is protected by a password.") from err
    except (CalamineError, OSError, ValueError) as err:
        raise DocumentBroken("The workbook is damaged: its sheets cannot be found.") from err
    for sheet in workbook.sheets_metadata:
        place = Place(sheet=sheet.name)
        yield Heading(2, plain(sheet.name), place)
        if sheet.typ is SheetTypeEnum.WorkSheet:
            yield from table_pieces(_rows(workbook.get_sheet_by_name(sheet.name)), document.budget, place)


def _measured(document: Input) -> Iterator[Given]:
    """Let the budget see what the workbook unpacks to, before a library unpacks it unseen."""
    parts = ZipParts(document.data, document.budget)
    for entry in parts.entries():
        if entry.filename.endswith((".xml", ".bin", ".rels")):
            parts.read(entry.filename)
    yield open_document_facts(parts) if document.extension == "ods" else office_facts(parts)


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    merged = _merged(sheet)
    if not merged:
        # The library leaves out empty columns at the left, but not empty rows above.
        yield from dropwhile(lambda row: not any(row), ([_text(value) for value in row] for row in sheet.iter_rows()))
        return
    first_row, first_column = sheet.start or (0, 0)
    rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=True)]
    for (top, left), (bottom, right) in merged:
        _spread(rows, top - first_row, left - first_column, bottom - first_row, right - first_column)
    yield from rows


def _merged(sheet: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return list(sheet.merged_cell_ranges or ())


def _spread(rows: list[list[str]], top: int, left: int, bottom: int, right: int) -> None:
    """The text of a merged cell in each place it covers."""
    if not (0 <= top < len(rows) and 0 <= left < len(rows[top])):
        return
    text = rows[top][left]
    for row in rows[top : bottom + 1]:
        for column in range(left, min(right + 1, len(row))):
            row[column] = text


def _text(value: Value) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            return value.isoformat(sep=" ") if value.time() != time() else value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
