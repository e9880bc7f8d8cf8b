"""The body of a Word document as blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from modules.file_parser.contract import (
    Block,
    Cell,
    CodeBlock,
    Heading,
    Image,
    Inline,
    ListItem,
    PageBreak,
    Paragraph,
    Quote,
    Row,
    Table,
)
from modules.file_parser.infra.grid import Grid
from modules.file_parser.infra.word.note_marks import NoteMarks
from modules.file_parser.infra.word.numbering import Numbering
from modules.file_parser.infra.word.runs import inlines_of
from modules.file_parser.infra.word.styles import ParagraphStyle, Styles, numbering_of
from modules.file_parser.infra.xml import Element, attribute, child, children, local_name

_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})


class Body:
    """Reads block-level content: of the document, of a cell, of a note."""

    def __init__(self, styles: Styles, numbering: Numbering, links: Mapping[str, str]) -> None:
        self._styles = styles
        self._numbering = numbering
        self._links = links
        self.notes = NoteMarks()

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Blocks in order; lines of code that follow each other become one block."""
        code: list[str] = []
        for block in self._raw(parent):
            if isinstance(block, CodeBlock):
                code.append(block.code)
                continue
            if code:
                yield CodeBlock("\n".join(code))
                code = []
            yield block
        if code:
            yield CodeBlock("\n".join(code))

    def _raw(self, parent: Element) -> Iterator[Block]:
        for element in parent:
            name = local_name(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                table = Table(tuple(self._rows(element)))
                if table.rows:
                    yield table
            elif name in _WRAPPERS:
                yield from self._raw(element)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        properties = child(element, "pPr")
        style = self._styles.of(attribute(child(properties, "pStyle"), "val"))
        if any(attribute(mark, "type") == "page" for mark in element.iterfind(".//{*}br")):
            yield PageBreak()
        inlines = inlines_of(element, self._links, self.notes)
        if inlines:
            yield self._block(inlines, style, properties)
        for drawing in element.iterfind(".//{*}docPr"):
            yield Image(alt=drawing.get("descr"), title=drawing.get("title"))
        for box in element.iterfind(".//{*}txbxContent"):
            # Word writes a box twice, once for readers that know nothing newer.
            if not any(local_name(outer) == "Fallback" for outer in box.iterancestors()):
                yield from self._raw(box)

    def _block(self, inlines: tuple[Inline, ...], style: ParagraphStyle, properties: Element | None) -> Block:
        outline = attribute(child(properties, "outlineLvl"), "val")
        level = min(int(outline) + 1, 6) if outline is not None and outline in "012345678" else style.level
        if level is not None:
            return Heading(level, inlines)
        number, list_level = numbering_of(properties) or style.numbering or ("0", 0)
        if number != "0":
            ordered = self._numbering.ordered(number, list_level)
            return ListItem(list_level, ordered, (Paragraph(inlines),))
        if style.code:
            return CodeBlock("".join(inline.text for inline in inlines))
        return Quote((Paragraph(inlines),)) if style.quote else Paragraph(inlines)

    def _rows(self, table: Element) -> Iterator[Row]:
        """Merged cells stand in every place they cover."""
        grid = Grid()
        headers: list[bool] = []
        for row in children(table, "tr"):
            properties = child(row, "trPr")
            grid.start_row()
            grid.skip(_number(child(properties, "gridBefore"), 0))
            for cell in _cells(row):
                self._add_cell(grid, cell)
            flag = child(properties, "tblHeader")
            headers.append(flag is not None and attribute(flag, "val") not in ("0", "false", "off"))
        for index, cells in enumerate(grid.rows()):
            if cells:
                # A table of several rows without a mark has its header where people put it: in the first.
                yield Row(cells, headers[index] or (index == 0 and len(headers) > 1))

    def _add_cell(self, grid: Grid, cell: Element) -> None:
        properties = child(cell, "tcPr")
        merge = child(properties, "vMerge")
        goes_on = merge is not None and attribute(merge, "val") != "restart"
        content = grid.above() if goes_on else Cell(tuple(self.blocks(cell)))
        grid.add(content, columns=_number(child(properties, "gridSpan"), 1))


def _cells(row: Element) -> Iterator[Element]:
    for element in row:
        if local_name(element) == "tc":
            yield element
        elif local_name(element) in _WRAPPERS:
            yield from _cells(element)


def _number(element: Element | None, default: int) -> int:
    text = attribute(element, "val") or ""
    return int(text) if text.isdecimal() and len(text) < 5 else default
