"""Where a PDF page has links, and where they lead."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from modules.file_parser.contract import Box

_MOST = 500
_ADDRESS_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class PageLink:
    box: Box
    target: str


def links_of(page: pdfium.PdfPage, document: pdfium.PdfDocument, left: float, top: float) -> list[PageLink]:
    """Links to addresses, in points from the page's upper left corner; links inside the document are left out."""
    found: list[PageLink] = []
    position = ctypes.c_int(0)
    link = raw.FPDF_LINK()
    while len(found) < _MOST and raw.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
        target = _target(document, link)
        rectangle = raw.FS_RECTF()
        if target and raw.FPDFLink_GetAnnotRect(link, ctypes.byref(rectangle)):
            box = Box(rectangle.left - left, top - rectangle.top, rectangle.right - left, top - rectangle.bottom)
            found.append(PageLink(box, target))
    return found


def _target(document: pdfium.PdfDocument, link: raw.FPDF_LINK) -> str:
    action = raw.FPDFLink_GetAction(link)
    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
        return ""
    buffer = ctypes.create_string_buffer(_ADDRESS_BYTES)
    size = raw.FPDFAction_GetURIPath(document, action, buffer, _ADDRESS_BYTES)
    return buffer.value.decode("utf-8", "replace") if 0 < size <= _ADDRESS_BYTES else ""
