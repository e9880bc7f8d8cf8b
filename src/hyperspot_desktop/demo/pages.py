"""Draws a page for the demo, as the parser would: black on white, with the places of the marked text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from modules.file_parser.contract import Box
from modules.rag.contract import PageImage

RATIO = 2**0.5
"""Height to width of a DIN page."""


def draw_page(page: int, count: int, sections: Sequence[tuple[str, str]], width: int, mark: str = "") -> PageImage:
    """Sections are headings with their text; ``mark`` is the text of one of them."""
    height = round(width * RATIO)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    margin, line = width * 0.11, width * 0.022
    y = margin
    marks: list[Box] = []
    for heading, text in sections:
        y = _write(painter, heading, margin, y, width, line * 1.15, bold=True)
        end = _write(painter, text, margin, y, width, line, bold=False)
        if mark and mark.strip() == text.strip():
            marks.append(Box(margin, y, width - margin, end - line))
        y = end + line
    painter.end()
    return PageImage(page, count, width, height, bytes(image.constBits()), tuple(marks))


def _write(painter: QPainter, text: str, x: float, y: float, width: int, size: float, *, bold: bool) -> float:
    """Wrapped within the margins; gives the place below."""
    font = QFont("Inter")
    font.setPixelSize(max(1, round(size)))
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(QColor("black"))
    box = QRectF(x, y, width - 2 * x, 10_000)
    flags = int(Qt.TextFlag.TextWordWrap)
    used = painter.boundingRect(box, flags, text)
    painter.drawText(box, flags, text)
    return used.bottom() + size
