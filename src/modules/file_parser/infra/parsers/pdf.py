"""PDF files: text in reading order with headings, without what repeats on every page."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium

from modules.file_parser.contract import PageBreak, Place
from modules.file_parser.domain.pieces import Facts, PageWithoutText, Piece
from modules.file_parser.infra.pdf.dates import pdf_moment
from modules.file_parser.infra.pdf.file import open_pdf
from modules.file_parser.infra.pdf.footnotes import with_notes_last
from modules.file_parser.infra.pdf.furniture import without_furniture
from modules.file_parser.infra.pdf.headings import HeadingScale
from modules.file_parser.infra.pdf.page_lines import read_page
from modules.file_parser.infra.pdf.paragraphs import page_blocks
from modules.file_parser.infra.pdf.reading_order import in_reading_order
from modules.file_parser.infra.pdf.segment import Page
from modules.file_parser.infra.plugin import Input

_SIGN_OF_LIFE_PAGES = 20


def parse(document: Input) -> Iterator[Piece]:
    pdf = open_pdf(document.data)
    try:
        facts = _facts(pdf)
        pages: list[Page] = []
        for index in range(len(pdf)):
            if index % _SIGN_OF_LIFE_PAGES == 0:
                yield facts
            pages.append(_read(pdf, index))
    finally:
        pdf.close()
    yield from _pieces(without_furniture(pages))


def _pieces(pages: list[Page]) -> Iterator[Piece]:
    ordered = [in_reading_order(page) for page in pages]
    scale = HeadingScale(ordered)
    for number, (page, segments) in enumerate(zip(pages, ordered, strict=True), 1):
        if number > 1:
            yield PageBreak(Place(page=number - 1))
        text, notes = with_notes_last(page, segments, scale.body)
        yield from page_blocks(text, number, scale)
        yield from page_blocks(notes, number, scale)
        if page.wordless:
            yield PageWithoutText(number)


def _read(pdf: pdfium.PdfDocument, index: int) -> Page:
    try:
        page = pdf[index]
    except pdfium.PdfiumError:
        # One damaged page does not take the others with it; it is shown as one that needs recognition.
        return Page(0.0, [], wordless=True)
    try:
        return read_page(page, pdf)
    finally:
        page.close()


def _facts(pdf: pdfium.PdfDocument) -> Facts:
    known = pdf.get_metadata_dict(skip_empty=True)
    return Facts(
        title=known.get("Title"),
        author=known.get("Author"),
        created_at=pdf_moment(known.get("CreationDate")),
        modified_at=pdf_moment(known.get("ModDate")),
        page_count=len(pdf),
    )
