"""Electronic books: their chapters in the order of their spine."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from modules.file_parser.contract import DocumentBroken, DocumentEncrypted, PageBreak, Place
from modules.file_parser.domain.pieces import Facts, Piece
from modules.file_parser.infra.html_blocks import HtmlBlocks, parse_page
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.text_decoding import decode
from modules.file_parser.infra.xml import Element, attribute, child, children, moment, parse_xml, text_of
from modules.file_parser.infra.zip_parts import ZipParts


def parse(document: Input) -> Iterator[Piece]:
    parts = ZipParts(document.data, document.budget)
    package_name = _package_name(parts)
    package = parse_xml(parts.read(package_name))
    yield _facts(package)
    if "META-INF/rights.xml" in parts:
        raise DocumentEncrypted("The book is protected by digital rights management.")
    first = True
    for name in _chapters(package, posixpath.dirname(package_name)):
        if name not in parts:
            continue
        if not first:
            yield PageBreak()
        first = False
        body = parse_page(decode(parts.read(name))[0]).body
        if body is not None:
            for block in HtmlBlocks().blocks(body):
                yield replace(block, place=Place(member=name))


def _package_name(parts: ZipParts) -> str:
    container = parse_xml(parts.read("META-INF/container.xml"))
    name = attribute(child(container, "rootfiles", "rootfile"), "full-path")
    if name is None:
        raise DocumentBroken("The book is damaged: it does not say where its chapters are.")
    return name


def _facts(package: Element) -> Facts:
    metadata = child(package, "metadata")
    language = text_of(child(metadata, "language")) or ""
    return Facts(
        title=text_of(child(metadata, "title")),
        author=text_of(child(metadata, "creator")),
        language=language[:2].lower() or None,
        created_at=moment(text_of(child(metadata, "date"))),
    )


def _chapters(package: Element, folder: str) -> Iterator[str]:
    manifest, spine = child(package, "manifest"), child(package, "spine")
    if manifest is None or spine is None:
        return
    files = {item.get("id"): item.get("href") or "" for item in children(manifest, "item")}
    for reference in children(spine, "itemref"):
        yield posixpath.normpath(posixpath.join(folder, unquote(str(files.get(reference.get("idref"), "")))))
