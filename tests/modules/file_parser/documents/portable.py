"""PDF files, drawn with a real PDF library."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

_WIDTH, _HEIGHT = A4
LEFT_COLUMN = [f"Left line number {number} tells about the sea" for number in range(1, 9)]
RIGHT_COLUMN = [f"Right line number {number} tells about hills" for number in range(1, 9)]


def _drawn(draw: Callable[[Canvas], None], encrypt: StandardEncryption | None = None) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True, encrypt=encrypt)
    canvas.setTitle("Report on water")
    canvas.setAuthor("Ada Berg")
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def report_pdf() -> bytes:
    """Four pages with headings, a divided word, a list, running titles, page numbers, and one page without text."""

    def draw(canvas: Canvas) -> None:
        for page in range(1, 4):
            canvas.setFont("Helvetica", 9)
            canvas.drawString(72, _HEIGHT - 40, "Report on water")
            canvas.drawString(_WIDTH / 2, 30, f"Page {page} of 4")
            canvas.setFont("Helvetica-Bold", 18)
            canvas.drawString(72, _HEIGHT - 100, f"Chapter {page}")
            text = canvas.beginText(72, _HEIGHT - 130)
            text.setFont("Helvetica", 11)
            text.textLine(f"Chapter {page} is about rivers and lakes, and how the wa-")
            text.textLine("ter in them moves from the hills down to the sea.")
            text.moveCursor(0, 14)
            text.textLine("A second paragraph follows after a gap.")
            canvas.drawText(text)
            canvas.setFont("Helvetica-Bold", 11)
            canvas.drawString(72, _HEIGHT - 220, "What we need")
            canvas.setFont("Helvetica", 11)
            canvas.drawString(72, _HEIGHT - 245, "1. A boat with two oars")
            canvas.drawString(72, _HEIGHT - 260, "2. A map of the river")
            canvas.showPage()
        canvas.rect(100, 100, 200, 200, fill=1)
        canvas.showPage()

    return _drawn(draw)


def columns_pdf() -> bytes:
    """Two columns drawn line by line across both, under a heading that spans them."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Bold", 20)
        canvas.drawString(72, _HEIGHT - 80, "A heading that is wide enough to span both columns")
        canvas.setFont("Times-Roman", 10)
        for index, (left, right) in enumerate(zip(LEFT_COLUMN, RIGHT_COLUMN, strict=True)):
            canvas.drawString(72, _HEIGHT - 120 - index * 12, left)
            canvas.drawString(320, _HEIGHT - 120 - index * 12, right)
        canvas.showPage()

    return _drawn(draw)


def encrypted_pdf() -> bytes:
    """Cannot be opened without its password."""
    return _drawn(lambda canvas: canvas.drawString(72, 700, "secret"), StandardEncryption("user", "owner"))


def many_pages_pdf(pages: int, lines: int = 45) -> bytes:
    """For measuring: pages of running text."""

    def draw(canvas: Canvas) -> None:
        for page in range(pages):
            text = canvas.beginText(72, _HEIGHT - 80)
            for line in range(lines):
                text.textLine(f"Page {page} line {line}: the quick brown fox jumps over the lazy dog and runs away.")
            canvas.drawText(text)
            canvas.showPage()

    return _drawn(draw)


def bomb_pdf() -> bytes:
    """Three kilobytes whose page unpacks to four gigabytes: blanks, packed twice, shown sixteen times."""
    packed = zlib.compress(zlib.compress(b" " * (1 << 28), 9), 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents [%s] >>"
        % b" ".join([b"4 0 R"] * 16),
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    data, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(data) + end % (len(objects) + 1, table, len(objects) + 1, len(data))
