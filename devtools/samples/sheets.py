"""Workbooks: the price list in its new form, an old one, and one of the kind that may hold macros."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from devtools.samples.packing import core_properties, repacked

_PRICES = (
    ("Boat hire", "Single", 14, 19),
    (None, "Double or pair", 20, 28),
    (None, "Quad or four", 32, 44),
    ("Courses", "Beginners, five evenings", 95, 130),
    (None, "Sculling for juniors", 0, 60),
    ("Berths", "Rack for a single, a year", 180, 240),
)


def price_list_xlsx() -> bytes:
    """Two sheets with merged cells, dates, a formula with its value, and a sum."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Prices 2026"
    sheet.append(["Group", "What", "Members", "Guests"])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in _PRICES:
        sheet.append(list(row))
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("A5:A6")
    sheet.append([])
    sheet.append(["Prices in euros; boat hire is by the hour."])
    sheet.merge_cells("A9:D9")
    other = workbook.create_sheet("Valid")
    other.append(["From", "Until", "Decided by"])
    other.append([date(2026, 4, 1), date(2027, 3, 31), "Committee, 12 February 2026"])
    return _saved(workbook, "Price list", "Ines Okafor")


def hire_xlsm() -> bytes:
    """Bookings of April, in a file of the kind that may hold macros; it has none."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "April"
    sheet.append(["Day", "Boat", "Member", "Minutes", "Paid"])
    sheet.append([datetime(2026, 4, 4, 9, 0), "Dunlin", 190, 60, True])
    sheet.append([datetime(2026, 4, 4, 10, 30), "Whimbrel", 152, 90, True])
    sheet.append([datetime(2026, 4, 11, 8, 15), "Knot", 211, 45, False])
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    return _saved(workbook, "Boat hire in April", "Omar Haddad", (plain, macros))


def _saved(workbook: Workbook, title: str, author: str, kind: tuple[str, str] = ("", "")) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    core = core_properties(title, author, "2026-02-12T21:00:00Z", "2026-02-13T07:30:00Z")
    types = _part(buffer.getvalue(), "[Content_Types].xml").replace(*kind) if kind[0] else ""
    return repacked(buffer.getvalue(), {"docProps/core.xml": core, "[Content_Types].xml": types})


def _part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()
