"""Workbooks, written by a real spreadsheet library."""

from __future__ import annotations

import io
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def budget_xlsx() -> bytes:
    """Two sheets, with every kind of value and a merged cell; the second is hidden."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Budget"
    sheet.append(["Item", "Price", "Paid", "On"])
    sheet.append(["Rent", 300, True, date(2024, 1, 31)])
    sheet.append(["Water | gas", 12.5, False, datetime(2024, 2, 1, 8, 30)])
    sheet.append(["Both", "=1/0", None, None])
    sheet.merge_cells("A5:B6")
    sheet["A5"] = "Merged"
    sheet["C6"] = "end"
    other = workbook.create_sheet("Notes")
    other.sheet_state = "hidden"
    other["B2"] = "A single note"
    workbook.properties.title = "Budget of the year"
    workbook.properties.creator = "Ada Berg"
    return _saved(workbook)


def large_xlsx(rows: int) -> bytes:
    """For measuring: rows of five cells."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Data")
    for row in range(rows):
        sheet.append([row, f"name {row}", row * 1.5, "some words", "more"])
    return _saved(workbook)


def _saved(workbook: Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()
