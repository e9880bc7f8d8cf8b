"""Word documents, read part by part: headings by style or outline level, real lists, merged cells, notes."""

from __future__ import annotations

from collections.abc import Iterator

from modules.file_parser.contract import Heading, Paragraph
from modules.file_parser.domain.pieces import Piece
from modules.file_parser.infra.inlines import plain
from modules.file_parser.infra.office_facts import office_facts
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.word.body import Body
from modules.file_parser.infra.word.numbering import Numbering
from modules.file_parser.infra.word.styles import Styles
from modules.file_parser.infra.xml import Element, attribute, child, children, parse_xml
from modules.file_parser.infra.zip_parts import ZipParts

_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"))


def parse(document: Input) -> Iterator[Piece]:
    parts = ZipParts(document.data, document.budget)
    yield office_facts(parts)
    main = _main_part(parts)
    body = Body(
        Styles(_xml(parts, "word/styles.xml")),
        Numbering(_xml(parts, "word/numbering.xml")),
        links(parts, f"word/_rels/{main.rpartition('/')[2]}.rels"),
    )
    root = child(parse_xml(parts.read(main)), "body")
    if root is not None:
        yield from body.blocks(root)
    for part, tag in _NOTES:
        notes = _xml(parts, f"word/{part}.xml")
        if notes is not None:
            yield from _notes(body, notes, tag)


def links(parts: ZipParts, name: str) -> dict[str, str]:
    """Targets by relation id."""
    relations = _xml(parts, name)
    if relations is None:
        return {}
    return {str(one.get("Id")): str(one.get("Target")) for one in relations}


def _main_part(parts: ZipParts) -> str:
    """``word/document.xml`` nearly always; some writers number it."""
    for target in links(parts, "_rels/.rels").values():
        name = target.lstrip("/")
        if name.startswith("word/document"):
            return name
    return "word/document.xml"


def _xml(parts: ZipParts, name: str) -> Element | None:
    data = parts.read_optional(name)
    return parse_xml(data) if data is not None else None


def _notes(body: Body, notes: Element, tag: str) -> Iterator[Piece]:
    """Each note as a paragraph that begins with its mark; nothing refers to separators."""
    for note in children(notes, tag):
        mark = body.notes.of(tag, attribute(note, "id") or "")
        if mark is not None:
            yield from _note(body, note, mark)


def _note(body: Body, note: Element, mark: str) -> Iterator[Piece]:
    start = f"{mark} "
    for block in body.blocks(note):
        if isinstance(block, Paragraph | Heading):
            yield Paragraph((*plain(start), *block.inlines))
            start = ""
