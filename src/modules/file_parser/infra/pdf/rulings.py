"""Finds the straight lines that a page draws, which may be the borders of tables."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from modules.file_parser.infra.pdf.text_layer import addressed

_THIN = 2.5
"""Filled rectangles that are not thicker are lines."""
_SHORTEST = 5.0
_MOST_OBJECTS = 20_000
_MOST_PATHS = 3_000
"""A page that draws more is a drawing."""
_MOST_POINTS = 400

_OBJECT = addressed(raw.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_int)
_TYPE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(raw.FPDFPageObj_GetType, ctypes.c_void_p).value or 0
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line from ``start`` to ``end``; ``at`` is where it stands on the other axis. Downwards, from the upper left."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rulings:
    horizontal: list[Ruling]
    vertical: list[Ruling]


def rulings_of(page: pdfium.PdfPage, left: float, top: float) -> Rulings:
    """All of them, in no order; none at all for pages that are drawings."""
    found = Rulings([], [])
    paths = _paths(page)
    if len(paths) <= _MOST_PATHS:
        for path in paths:
            for x0, y0, x1, y1 in _strokes(path):
                _note(found, x0 - left, top - y0, x1 - left, top - y1)
    return found


def _paths(page: pdfium.PdfPage) -> list[int]:
    handle = page.raw
    count = min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    objects = (_OBJECT(handle, index) for index in range(count))
    return [one for one in objects if one and _TYPE(one) == raw.FPDF_PAGEOBJ_PATH]


def _note(found: Rulings, x0: float, y0: float, x1: float, y1: float) -> None:
    if abs(y1 - y0) <= _THIN and abs(x1 - x0) >= _SHORTEST:
        found.horizontal.append(Ruling((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif abs(x1 - x0) <= _THIN and abs(y1 - y0) >= _SHORTEST:
        found.vertical.append(Ruling((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _strokes(address: int) -> Iterator[tuple[float, float, float, float]]:
    """Lines of a path, in the page's own space; a thin filled rectangle is one line."""
    path = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, ctypes.byref(filled), ctypes.byref(stroked))
    if stroked.value:
        yield from _segments(path)
    elif filled.value:
        edges = [ctypes.c_float() for _ in range(4)]
        raw.FPDFPageObj_GetBounds(path, *map(ctypes.byref, edges))
        x0, y0, x1, y1 = (edge.value for edge in edges)
        if min(x1 - x0, y1 - y0) <= _THIN:
            yield x0, y0, x1, y1


def _segments(path: raw.FPDF_PAGEOBJECT) -> Iterator[tuple[float, float, float, float]]:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    begin = last = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(path), _MOST_POINTS)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield *last, *point
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield *last, *begin
            last = begin
