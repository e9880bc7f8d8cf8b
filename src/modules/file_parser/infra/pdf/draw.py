"""Draws one page of a PDF file."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from modules.file_parser.contract import Box, DocumentBroken, DocumentUnsupported
from modules.file_parser.infra.drawing import DrawnPage, drawn_size
from modules.file_parser.infra.pdf.file import open_pdf
from modules.file_parser.infra.pdf.find_text import PageRect, find_text

_WHITE = (255, 255, 255, 255)


def draw(data: bytes, page: int, width: int, mark: str) -> DrawnPage:
    """Page ``page`` (from 1), at most ``width`` pixels wide.

    Raises:
        DocumentUnsupported: there is no such page.
        DocumentEncrypted, DocumentBroken
    """
    pdf = open_pdf(data)
    try:
        if not 1 <= page <= len(pdf):
            raise DocumentUnsupported(
                f"The document has no page {page}; it has {len(pdf)}.", action="Choose one of its pages."
            )
        return _drawn(pdf, page, width, mark)
    finally:
        pdf.close()


def _drawn(pdf: pdfium.PdfDocument, number: int, width: int, mark: str) -> DrawnPage:
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError as err:
        raise DocumentBroken(f"Page {number} of the document is damaged.") from err
    try:
        page_width, page_height = page.get_size()
        columns, rows = drawn_size(page_width, page_height, width)
        marks = tuple(_in_pixels(page, one, columns, rows) for one in find_text(page, mark))
        scale = columns / max(page_width, 0.01)
        return DrawnPage(number, len(pdf), columns, rows, _pixels(page, columns, rows), marks, scale)
    finally:
        page.close()


def _pixels(page: pdfium.PdfPage, columns: int, rows: int) -> bytes:
    bitmap = pdfium.PdfBitmap.new_native(columns, rows, raw.FPDFBitmap_BGRA)
    try:
        bitmap.fill_rect(_WHITE, 0, 0, columns, rows)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, raw.FPDF_ANNOT)
        return bytes(bitmap.buffer)
    finally:
        bitmap.close()


def _in_pixels(page: pdfium.PdfPage, rectangle: PageRect, columns: int, rows: int) -> Box:
    """The page may be turned, so which corner is the upper left one is not known before."""
    corners = [
        _device_point(page, columns, rows, x, y)
        for x, y in ((rectangle.left, rectangle.bottom), (rectangle.right, rectangle.top))
    ]
    (x1, y1), (x2, y2) = corners
    return Box(
        max(min(x1, x2), 0.0), max(min(y1, y2), 0.0), min(max(x1, x2), columns * 1.0), min(max(y1, y2), rows * 1.0)
    )


def _device_point(page: pdfium.PdfPage, columns: int, rows: int, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, columns, rows, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return float(across.value), float(down.value)
