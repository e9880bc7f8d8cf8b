"""Pages as Qt draws them, read back with PDFium."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage

from hyperspot_desktop.window import pdf_printer
from hyperspot_desktop.window.frame import load_fonts
from hyperspot_desktop.window.pdf_printer import QtPdfPrinter
from modules.portability.domain.rendering.html import html_pieces
from tests.modules.portability.exchange_support import long_tree


@pytest.fixture
def printer(application: QGuiApplication, quiet_qt: list[str]) -> QtPdfPrinter:
    load_fonts()
    return QtPdfPrinter()


# Lines of some width: PDFium takes a narrow column for one of a script that is written downwards.
WORDS = "Some words and others that fill a line or more, so that it is about as wide as the page is, and then some."


def pages(pdf: bytes) -> list[str]:
    """The text of every page."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


async def test_a_conversation_is_printed_on_numbered_pages(printer: QtPdfPrinter) -> None:
    tree = long_tree(0, title="Lease")
    html = "".join(html_pieces(tree)).replace("</body>", f"<p>{WORDS}</p>" * 60 + "<p>The end.</p></body>")
    # when: on a thread of Python's, as an export does
    read = pages(await asyncio.to_thread(printer.print_html, html, "Lease"))
    # then
    assert len(read) > 2
    assert "Lease" in read[0]
    assert [f"{number} / {len(read)}" in page for number, page in enumerate(read, 1)] == [True] * len(read)
    assert "".join(read).count("and then some.") == 60
    assert "The end." in read[-1]


async def test_who_speaks_and_markdown_stand_on_the_page_and_the_style_of_browsers_does_not(
    printer: QtPdfPrinter,
) -> None:
    html = (
        "<html><head><style>body { max-width: 46rem }</style></head><body><section>\n<h2>You "
        '<time datetime="2024-05-06T07:08">2024-05-06 07:08 UTC</time></h2>\n'
        "<p>Hello &lt;b&gt; "
        "<code>a -> b != c</code></p></section></body></html>"
    )
    [page] = pages(await asyncio.to_thread(printer.print_html, html, ""))
    assert "You 2024-05-06 07:08 UTC" in page
    assert "Hello <b> a -> b != c" in page
    assert "46rem" not in page


async def test_nothing_is_loaded_for_a_page(printer: QtPdfPrinter, tmp_path: Path) -> None:
    picture = QImage(90, 70, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    assert picture.save(str(tmp_path / "secret.png"))
    address = QUrl.fromLocalFile(str(tmp_path / "secret.png")).toString()
    pdf = await asyncio.to_thread(printer.print_html, f'<body><p>Text</p><img src="{address}"></body>', "")
    document = pypdfium2.PdfDocument(pdf)
    sizes = [item.get_px_size() for item in document[0].get_objects() if isinstance(item, pypdfium2.PdfImage)]
    document.close()
    assert (90, 70) not in sizes


async def test_what_goes_wrong_while_drawing_is_not_an_empty_file(
    printer: QtPdfPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(html: str, title: str) -> bytes:
        raise MemoryError("too long")

    monkeypatch.setattr(pdf_printer, "_print", fail)
    with pytest.raises(MemoryError, match="too long"):
        await asyncio.to_thread(printer.print_html, "<body></body>", "")
