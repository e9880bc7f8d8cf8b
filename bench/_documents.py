"""Documents of many pages, rows and paragraphs, for measuring how fast they are read."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator, Mapping

from bench._profiles import VOCABULARY, word

PDF_PAGES = 200
_CHANCE_SEED = 11


def sentences(count: int, words: int = 14) -> Iterator[str]:
    """The same every time; a few words are frequent, as in a language."""
    chance = random.Random(_CHANCE_SEED)
    for _ in range(count):
        ranks = (int(VOCABULARY ** chance.random()) for _ in range(words))
        yield " ".join(word(max(rank, 1)) for rank in ranks).capitalize() + "."


def pdf() -> bytes:
    """Pages of 45 lines with a heading, a bold line and a running title."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    lines = sentences(PDF_PAGES * 45)
    for page in range(1, PDF_PAGES + 1):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 810, f"A long report, page {page}")
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(72, 780, f"Chapter {page}")
        text = canvas.beginText(72, 750)
        for number in range(45):
            text.setFont("Times-Bold" if number == 20 else "Times-Roman", 10)
            text.textLine(next(lines)[:95])
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def xlsx() -> bytes:
    """20,000 rows of five cells."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Data")
    sheet.append(["number", "name", "price", "words", "more"])
    for row, text in enumerate(sentences(20_000, 4)):
        sheet.append([row, f"name {row}", row * 1.5, text, "more"])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def csv() -> bytes:
    """60,000 rows of four cells."""
    rows = (f"{row},name {row % 1000},{row * 1.5},{text}" for row, text in enumerate(sentences(60_000, 4)))
    return "\n".join(("number,name,price,words", *rows)).encode()


def html() -> bytes:
    """Headings, paragraphs with links and bold words, lists and small tables."""
    parts = []
    for number, text in enumerate(sentences(12_000)):
        if number % 20 == 0:
            parts.append(f"<h2>Part {number}</h2>")
        first, rest = text.split(" ", 1)
        parts.append(f"<p><b>{first}</b> {rest} <a href='/a/{number}'>more</a></p>")
        if number % 50 == 0:
            parts.append("<ul><li>one</li><li>two</li></ul><table><tr><th>a</th></tr><tr><td>1</td></tr></table>")
    return f"<!doctype html><html><body>{''.join(parts)}</body></html>".encode()


def docx() -> bytes:
    """6,000 paragraphs, some bold words, a heading every twenty."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = []
    for number, text in enumerate(sentences(6_000)):
        if number % 20 == 0:
            heading = f'<w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>Part {number}</w:t></w:r>'
            parts.append(f"<w:p>{heading}</w:p>")
        first, rest = text.split(" ", 1)
        runs = f"<w:r><w:rPr><w:b/></w:rPr><w:t>{first}</w:t></w:r><w:r><w:t xml:space='preserve'> {rest}</w:t></w:r>"
        parts.append(f"<w:p>{runs}</w:p>")
    body = f"<w:document xmlns:w='{w}'><w:body>{''.join(parts)}</w:body></w:document>"
    return _packed({"[Content_Types].xml": "<Types/>", "word/document.xml": body})


def pptx() -> bytes:
    """300 slides of a title and six bullets."""
    names = (
        "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
        " xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main'"
        " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"
    )
    texts = sentences(300 * 7, 8)
    parts = {"[Content_Types].xml": "<Types/>"}
    for slide in range(1, 301):
        shapes = "".join(
            f"<p:sp><p:nvSpPr><p:nvPr><p:ph type='{kind}'/></p:nvPr></p:nvSpPr><p:txBody>"
            + "".join(f"<a:p><a:r><a:t>{next(texts)}</a:t></a:r></a:p>" for _ in range(count))
            + "</p:txBody></p:sp>"
            for kind, count in (("title", 1), ("body", 6))
        )
        parts[f"ppt/slides/slide{slide}.xml"] = f"<p:sld {names}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
    ids = "".join(f"<p:sldId id='{255 + slide}' r:id='r{slide}'/>" for slide in range(1, 301))
    links = "".join(f"<Relationship Id='r{slide}' Target='slides/slide{slide}.xml'/>" for slide in range(1, 301))
    parts["ppt/presentation.xml"] = f"<p:presentation {names}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"
    parts["ppt/_rels/presentation.xml.rels"] = f"<Relationships>{links}</Relationships>"
    return _packed(parts)


def markdown() -> bytes:
    """Headings, paragraphs with a bold word, and lists."""
    parts = []
    for number, text in enumerate(sentences(5_000)):
        first, rest = text.split(" ", 1)
        parts.append(f"## Part {number}" if number % 20 == 0 else f"**{first}** {rest}")
        if number % 30 == 0:
            parts.append("- one\n- two\n  - three")
    return "\n\n".join(parts).encode()


def text() -> bytes:
    """Paragraphs of a few lines."""
    return "\n\n".join(sentences(60_000)).encode()


def _packed(parts: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
