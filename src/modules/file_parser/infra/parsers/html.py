"""HTML pages: what a reader would see, with headings, lists, tables and links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from modules.file_parser.domain.pieces import Facts, Piece
from modules.file_parser.infra.html_blocks import HtmlBlocks, parse_page
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.text_decoding import decode

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def parse(document: Input) -> Iterator[Piece]:
    text, encoding = _decode(document.data)
    page = parse_page(text)
    title = page.css_first("title")
    root = page.root
    language = (root.attributes.get("lang") or "") if root is not None else ""
    yield Facts(
        title=title.text(strip=True) if title is not None else None,
        author=_named(page, "author"),
        language=language[:2].lower() or None,
        properties={"encoding": encoding},
    )
    if page.body is not None:
        yield from HtmlBlocks().blocks(page.body)


def _decode(data: bytes) -> tuple[str, str]:
    """As the page itself declares it, if that is true."""
    declared = _DECLARED.search(data[:2048])
    if declared is not None:
        encoding = declared.group(1).decode("ascii", "replace").lower()
        try:
            return data.decode(encoding), encoding
        except (UnicodeError, LookupError):
            pass
    return decode(data)


def _named(page: LexborHTMLParser, name: str) -> str | None:
    node = page.css_first(f'meta[name="{name}"]')
    return node.attributes.get("content") if node is not None else None
