"""OpenDocument texts: headings, lists, tables and notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from modules.file_parser.contract import (
    PLAIN,
    Block,
    Cell,
    DocumentEncrypted,
    Heading,
    Image,
    Inline,
    ListItem,
    Paragraph,
    Row,
    Style,
    Table,
)
from modules.file_parser.domain.pieces import Piece
from modules.file_parser.infra.grid import Grid
from modules.file_parser.infra.inlines import InlineBuilder, plain
from modules.file_parser.infra.office_facts import open_document_facts
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.xml import Element, attribute, child, children, local_name, parse_xml, text_of
from modules.file_parser.infra.zip_parts import ZipParts

_TRANSPARENT = frozenset({"section", "index-body"})


def parse(document: Input) -> Iterator[Piece]:
    parts = ZipParts(document.data, document.budget)
    if b"encryption-data" in (parts.read_optional("META-INF/manifest.xml") or b""):
        raise DocumentEncrypted("The document is protected by a password.")
    yield open_document_facts(parts)
    content = parse_xml(parts.read("content.xml"))
    body = child(content, "body", "text")
    if body is not None:
        yield from _Text(child(content, "automatic-styles")).blocks(body)


class _Text:
    def __init__(self, styles: Element | None) -> None:
        found = list(children(styles, "style")) if styles is not None else []
        self._styles: Mapping[str | None, Style] = {attribute(one, "name"): _style(one) for one in found}
        self._ordered = _ordered_lists(styles)
        self._notes: list[Block] = []

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Blocks of the whole text, its notes at the end."""
        yield from self._blocks(parent)
        yield from self._notes

    def _blocks(self, parent: Element) -> Iterator[Block]:
        for element in parent:
            match local_name(element):
                case "h":
                    level = attribute(element, "outline-level") or "1"
                    if inlines := self._inlines(element):
                        yield Heading(min(max(int(level), 1), 6), inlines)
                case "p":
                    if inlines := self._inlines(element):
                        yield Paragraph(inlines)
                    yield from self._frames(element)
                case "list":
                    yield from self._list(element, 0, attribute(element, "style-name"))
                case "table":
                    yield Table(tuple(self._rows(element)))
                case name if name in _TRANSPARENT or name.endswith("-index"):
                    yield from self._blocks(element)

    def _frames(self, paragraph: Element) -> Iterator[Block]:
        for frame in paragraph.iterfind(".//{*}frame"):
            boxes = list(children(frame, "text-box"))
            for box in boxes:
                yield from self._blocks(box)
            if not boxes:
                yield Image(alt=text_of(child(frame, "desc")), title=text_of(child(frame, "title")))

    def _list(self, element: Element, level: int, style: str | None) -> Iterator[Block]:
        ordered = (style, str(level + 1)) in self._ordered
        for item in children(element, "list-item", "list-header"):
            own = [block for part in item if local_name(part) in ("p", "h") for block in self._paragraph(part)]
            if own:
                yield ListItem(level, ordered, tuple(own))
            for inner in children(item, "list"):
                yield from self._list(inner, level + 1, attribute(inner, "style-name") or style)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        if inlines := self._inlines(element):
            yield Paragraph(inlines)

    def _rows(self, table: Element) -> Iterator[Row]:
        grid = Grid()
        headers: list[bool] = []
        for row in table.iterfind(".//{*}table-row"):
            parent = row.getparent()
            in_header = parent is not None and local_name(parent) == "table-header-rows"
            grid.start_row()
            for cell in children(row, "table-cell"):
                columns = _number(attribute(cell, "number-columns-spanned"))
                rows = _number(attribute(cell, "number-rows-spanned"))
                grid.add(Cell(tuple(self._blocks(cell))), columns=columns, rows=rows)
            headers.append(in_header)
        marked = any(headers)
        for index, cells in enumerate(grid.rows()):
            yield Row(cells, headers[index] or (not marked and index == 0 and len(headers) > 1))

    def _inlines(self, paragraph: Element) -> tuple[Inline, ...]:
        builder = InlineBuilder()
        self._walk(paragraph, builder, PLAIN, None)
        return builder.take()

    def _walk(self, element: Element, builder: InlineBuilder, style: Style, target: str | None) -> None:
        builder.add(element.text or "", style, target=target)
        for part in element:
            match local_name(part):
                case "span":
                    self._walk(part, builder, self._styles.get(attribute(part, "style-name"), style), target)
                case "a":
                    self._walk(part, builder, style, attribute(part, "href"))
                case "s":
                    builder.add(" " * min(_number(attribute(part, "c")), 100), style, target=target)
                case "tab":
                    builder.add("\t", style, target=target)
                case "line-break":
                    builder.add("\n", style, target=target)
                case "note":
                    builder.add(self._note(part))
            builder.add(part.tail or "", style, target=target)

    def _note(self, note: Element) -> str:
        """Keep the note for the end; its mark stays in the text."""
        mark = f"[{text_of(child(note, 'note-citation')) or len(self._notes) + 1}]"
        words = text_of(child(note, "note-body"))
        if words:
            self._notes.append(Paragraph(plain(f"{mark} {words}")))
        return mark


def _style(style: Element) -> Style:
    text = child(style, "text-properties")
    return Style(
        bold=attribute(text, "font-weight") == "bold",
        italic=attribute(text, "font-style") == "italic",
        underline=(attribute(text, "text-underline-style") or "none") != "none",
        strike=(attribute(text, "text-line-through-style") or "none") != "none",
    )


def _ordered_lists(styles: Element | None) -> set[tuple[str | None, str | None]]:
    """Which levels of which list styles are numbered."""
    if styles is None:
        return set()
    return {
        (attribute(style, "name"), attribute(level, "level"))
        for style in children(styles, "list-style")
        for level in children(style, "list-level-style-number")
    }


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 5 else 1
