"""An electronic book whose chapters' files are not in their order."""

from __future__ import annotations

from collections.abc import Mapping

from tests.modules.file_parser.documents.packing import zip_bytes

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>The small book</dc:title><dc:creator>Ada Berg</dc:creator><dc:language>en-GB</dc:language>
<dc:date>2024-01-31</dc:date></metadata>
<manifest><item id="b" href="two%20b.xhtml"/><item id="a" href="one.xhtml"/><item id="c" href="gone.xhtml"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/></spine></package>"""


def small_epub(more: Mapping[str, str] | None = None, container: str = _CONTAINER) -> bytes:
    """Two chapters; ``more`` are further parts."""
    return zip_bytes(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/content.opf": _PACKAGE,
            "OEBPS/two b.xhtml": "<html><body><h1>Two</h1><p>The end.</p></body></html>",
            "OEBPS/one.xhtml": "<html><body><h1>One</h1><p>It was a <em>dark</em> night.</p></body></html>",
            **(more or {}),
        }
    )
