"""Draws the pages of a PDF with Qt, which shapes every script; implements the printer that exports ask for."""

from __future__ import annotations

import re
import threading
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, QThread, QUrl
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

_MARGIN_MM = 18.0
_POINTS_PER_INCH = 72.0
_FOOT_POINTS = 24.0
_FOOT_PIXELS = 8
# The page's own style is made for browsers; this is the part of CSS that Qt knows.
_STYLE = """
body { font-size: 10pt }
h1 { font-size: 17pt }
.who { font-size: 11pt; font-weight: 600; margin-top: 18px; margin-bottom: 2px }
.when { color: #6a7280; font-size: 8.5pt; font-weight: 400 }
p, li { line-height: 135% }
pre, code { font-family: 'JetBrains Mono', monospace; font-size: 9pt }
pre { background-color: #f3f4f6; white-space: pre-wrap }
td, th { border: 1px solid #c5c9d2; padding: 3px }
table { border-collapse: collapse }
.sources, .mark, footer { color: #6a7280; font-size: 8.5pt }
a { color: #14171c; text-decoration: none }
"""
_OWN_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
# Qt draws a heading larger than its style says; who speaks is a line, no heading. Texts of messages are escaped: this
# markup can only be the page's own.
_WHO = re.compile(r"<section>\n<h2>(.*?)</h2>", re.DOTALL)
_WHEN = re.compile(r"<time [^>]*>(.*?)</time>", re.DOTALL)


class QtPdfPrinter:
    """Implements PdfPrinter; one document at a time, because a long one takes memory."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()

    def print_html(self, html: str, title: str) -> bytes:
        with self._one_at_a_time:
            drawing = _Drawing(_adapted(html), title)
            drawing.start()
            drawing.wait()
        if drawing.error is not None:
            raise drawing.error
        return drawing.pdf


class _Drawing(QThread):
    """A thread of Qt's own: the layout of a long text uses timers, which threads of Python have none for."""

    def __init__(self, html: str, title: str) -> None:
        super().__init__()
        self._html, self._title = html, title
        self.pdf = b""
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self.pdf = _print(self._html, self._title)
        except Exception as error:  # a thread has nobody above it: the caller raises this
            self.error = error


class _Document(QTextDocument):
    """Loads nothing, whatever a text names: a page must not tell anybody that it is printed."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802 - the name of Qt
        # Nothing at all would make Qt look for the file itself.
        return QImage(1, 1, QImage.Format.Format_RGB32)


def _adapted(html: str) -> str:
    plain = _OWN_STYLE.sub("", html, count=1)
    return _WHEN.sub(r'<span class="when">\1</span>', _WHO.sub(r'<p class="who">\1</p>', plain))


def _print(html: str, title: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("HyperSpot")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    body = _body_size(writer)
    document = _Document()
    document.setDefaultFont(_font())
    document.setDefaultStyleSheet(_STYLE)
    document.setHtml(html)
    document.setDocumentMargin(0)
    document.setPageSize(body)
    painter = QPainter(writer)
    scale = writer.resolution() / _POINTS_PER_INCH
    painter.scale(scale, scale)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        _draw_page(painter, document, body, number)
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def _font() -> QFont:
    """Without contextual forms: what is copied out of the PDF would have signs of nobody's alphabet in their place."""
    font = QFont("Inter", 10)
    font.setFeature(QFont.Tag("calt"), 0)
    return font


def _body_size(writer: QPdfWriter) -> QSizeF:
    """What the text may take of a page, in points."""
    page = writer.pageLayout().paintRectPoints()
    return QSizeF(page.width(), page.height() - _FOOT_POINTS)


def _draw_page(painter: QPainter, document: QTextDocument, body: QSizeF, number: int) -> None:
    painter.save()
    painter.translate(0, -number * body.height())
    document.drawContents(painter, QRectF(0, number * body.height(), body.width(), body.height()))
    painter.restore()
    font = _font()
    font.setPixelSize(_FOOT_PIXELS)  # in the painter's own units, which are points here
    painter.setFont(font)
    text = f"{number + 1} / {document.pageCount()}"
    width = painter.fontMetrics().horizontalAdvance(text)
    painter.drawText(round(body.width() - width), round(body.height() + _FOOT_POINTS - 4), text)
