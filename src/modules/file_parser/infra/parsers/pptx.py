"""Presentations: one heading per slide, its title first, then its text, tables and speaker notes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from modules.file_parser.contract import (
    Block,
    Cell,
    Heading,
    Image,
    Inline,
    ListItem,
    PageBreak,
    Paragraph,
    Place,
    Quote,
    Row,
    Style,
    Table,
)
from modules.file_parser.domain.pieces import Facts, Piece
from modules.file_parser.infra.grid import Grid
from modules.file_parser.infra.inlines import InlineBuilder, plain
from modules.file_parser.infra.office_facts import office_facts
from modules.file_parser.infra.parsers.docx import links
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.xml import Element, attribute, child, children, local_name, parse_xml
from modules.file_parser.infra.zip_parts import ZipParts

_MAIN = "ppt/presentation.xml"
_TITLES = frozenset({"title", "ctrTitle"})
_NOT_CONTENT = frozenset({"dt", "ftr", "sldNum", "hdr", "sldImg"})


def parse(document: Input) -> Iterator[Piece]:
    parts = ZipParts(document.data, document.budget)
    yield office_facts(parts)
    names = _slides_in_order(parts)
    yield Facts(page_count=len(names))
    for number, name in enumerate(names, 1):
        if number > 1:
            yield PageBreak(Place(slide=number - 1))
        yield from _Slide(parts, name, Place(slide=number)).blocks()


def _slides_in_order(parts: ZipParts) -> list[str]:
    """As the presentation lists them; their files' names are in the order in which they were made."""
    targets = _links(parts, _MAIN)
    listed = child(parse_xml(parts.read(_MAIN)), "sldIdLst")
    ids = [str(value) for slide in (listed if listed is not None else ()) for value in _relation_ids(slide)]
    return [targets[one] for one in ids if targets.get(one, "") in parts]


def _relation_ids(element: Element) -> Iterator[str]:
    return (str(value) for key, value in element.attrib.items() if str(key).endswith("}id"))


def _links(parts: ZipParts, name: str) -> dict[str, str]:
    """Relation targets as names of parts; addresses stay what they are."""
    folder, _, file = name.rpartition("/")
    found = links(parts, f"{folder}/_rels/{file}.rels")
    return {
        key: target if "://" in target else posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
        for key, target in found.items()
    }


class _Slide:
    """One slide with its notes."""

    def __init__(self, parts: ZipParts, name: str, place: Place) -> None:
        self._parts = parts
        self._links = _links(parts, name)
        self._tree = child(parse_xml(parts.read(name)), "cSld", "spTree")
        self._place = place

    def blocks(self) -> Iterator[Block]:
        shapes = list(_shapes(self._tree)) if self._tree is not None else []
        titles = [shape for shape in shapes if _placeholder(shape) in _TITLES]
        title = " ".join(" ".join(map(_words, _paragraphs(shape))) for shape in titles).strip()
        yield Heading(
            2, plain(f"Slide {self._place.slide}: {title}" if title else f"Slide {self._place.slide}"), self._place
        )
        for shape in shapes:
            if shape not in titles and _placeholder(shape) not in _NOT_CONTENT:
                yield from self._shape(shape)
        yield from self._notes()

    def _shape(self, shape: Element) -> Iterator[Block]:
        table = next(shape.iterfind(".//{*}tbl"), None)
        if local_name(shape) == "pic":
            info = child(shape, "nvPicPr", "cNvPr")
            yield Image(alt=attribute(info, "descr"), title=attribute(info, "title"), place=self._place)
        elif table is not None:
            yield Table(tuple(self._rows(table)), self._place)
        else:
            yield from self._text(shape)

    def _text(self, shape: Element) -> Iterator[Block]:
        paragraphs = list(_paragraphs(shape))
        listed = _placeholder(shape) in ("body", "obj", "") and len(paragraphs) > 1
        for paragraph in paragraphs:
            inlines = self._inlines(paragraph)
            properties = child(paragraph, "pPr")
            level = attribute(properties, "lvl")
            numbered = child(properties, "buAutoNum") is not None
            marked = numbered or child(properties, "buChar") is not None or level is not None
            if inlines and (marked or listed) and child(properties, "buNone") is None:
                depth = int(level) if level and level.isdecimal() else 0
                yield ListItem(depth, numbered, (Paragraph(inlines),), self._place)
            elif inlines:
                yield Paragraph(inlines, self._place)

    def _inlines(self, paragraph: Element) -> tuple[Inline, ...]:
        builder = InlineBuilder()
        for run in paragraph:
            properties = child(run, "rPr")
            match local_name(run):
                case "r" | "fld":
                    link = attribute(child(properties, "hlinkClick"), "id")
                    text = child(run, "t")
                    words = (text.text or "") if text is not None else ""
                    builder.add(words, _style(properties), target=self._links.get(link or ""))
                case "br":
                    builder.add("\n")
        return builder.take()

    def _rows(self, table: Element) -> Iterator[Row]:
        grid = Grid()
        for row in children(table, "tr"):
            grid.start_row()
            for cell in children(row, "tc"):
                if attribute(cell, "hMerge") == "1" or attribute(cell, "vMerge") == "1":
                    continue
                content = [Paragraph(inlines) for one in _paragraphs(cell) if (inlines := self._inlines(one))]
                columns, rows = attribute(cell, "gridSpan"), attribute(cell, "rowSpan")
                grid.add(Cell(tuple(content)), columns=_span(columns), rows=_span(rows))
        for index, cells in enumerate(grid.rows()):
            yield Row(cells, is_header=index == 0)

    def _notes(self) -> Iterator[Block]:
        """What the speaker sees, as a quote below the slide."""
        name = next((target for target in self._links.values() if "/notesSlide" in target), None)
        if name is None or name not in self._parts:
            return
        tree = child(parse_xml(self._parts.read(name)), "cSld", "spTree")
        shapes = [shape for shape in _shapes(tree) if _placeholder(shape) == "body"] if tree is not None else []
        said = [Paragraph(inlines) for one in shapes for text in _paragraphs(one) if (inlines := self._inlines(text))]
        if said:
            yield Quote((Paragraph(plain("Speaker notes:")), *said), self._place)


def _shapes(tree: Element) -> Iterator[Element]:
    for element in tree:
        if local_name(element) == "grpSp":
            yield from _shapes(element)
        elif local_name(element) in ("sp", "pic", "graphicFrame"):
            yield element


def _placeholder(shape: Element) -> str | None:
    """The kind of place this shape fills; "" for an unnamed one, None for a free shape."""
    mark = next(shape.iterfind("./*/{*}nvPr/{*}ph"), None)
    return (attribute(mark, "type") or "") if mark is not None else None


def _paragraphs(shape: Element) -> Iterator[Element]:
    return (paragraph for body in children(shape, "txBody") for paragraph in children(body, "p"))


def _words(paragraph: Element) -> str:
    return "".join(text.text or "" for text in paragraph.iterfind(".//{*}t"))


def _style(properties: Element | None) -> Style:
    on = ("1", "true")
    return Style(
        bold=attribute(properties, "b") in on,
        italic=attribute(properties, "i") in on,
        underline=(attribute(properties, "u") or "none") != "none",
        strike=(attribute(properties, "strike") or "noStrike") != "noStrike",
    )


def _span(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 5 else 1
