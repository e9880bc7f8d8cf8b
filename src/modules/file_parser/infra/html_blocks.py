"""Walks an HTML tree and gives blocks; pages, books and messages are read with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from modules.file_parser.contract import (
    PLAIN,
    Block,
    Cell,
    CodeBlock,
    DocumentTooLarge,
    Heading,
    HorizontalRule,
    Image,
    ListItem,
    Paragraph,
    Quote,
    Row,
    Style,
    Table,
)
from modules.file_parser.infra.grid import Grid
from modules.file_parser.infra.inlines import InlineBuilder

_DEEPEST = 150
"""Deeper nesting is nothing a person wrote; its text is taken without structure."""
_SILENT = frozenset({"script", "style", "template", "head", "noscript", "svg", "iframe", "object", "select"})
_STYLES = {
    "b": {"bold": True},
    "strong": {"bold": True},
    "i": {"italic": True},
    "em": {"italic": True},
    "cite": {"italic": True},
    "u": {"underline": True},
    "ins": {"underline": True},
    "s": {"strike": True},
    "del": {"strike": True},
    "strike": {"strike": True},
}
_CODES = frozenset({"code", "kbd", "samp", "tt"})
_INLINE = frozenset({"a", "abbr", "span", "small", "sub", "sup", "mark", "q", "label", "font", "time", "var", "bdi"})


def parse_page(text: str) -> LexborHTMLParser:
    """The tree of a page; any text makes one.

    Raises:
        DocumentTooLarge: there is not enough memory for it.
    """
    try:
        return LexborHTMLParser(text)
    except SelectolaxError as err:
        raise DocumentTooLarge("Reading the page takes more memory than a parser may use.") from err


class HtmlBlocks:
    """One walk over one tree."""

    def __init__(self) -> None:
        self._sink: list[Block] = []
        self._text = InlineBuilder(collapse=True)
        self._list_level = -1
        self._depth = 0

    def blocks(self, root: LexborNode) -> Iterator[Block]:
        """What stands below ``root``, in order."""
        for node in root.iter(include_text=True, skip_empty=False):
            self._visit(node, PLAIN, None)
            if self._depth == 0 and self._sink:
                yield from self._taken()
        self._flush()
        yield from self._taken()

    def _taken(self) -> list[Block]:
        taken, self._sink = self._sink, []
        return taken

    def _flush(self) -> None:
        inlines = self._text.take()
        if inlines:
            self._sink.append(Paragraph(inlines))

    def _children(self, node: LexborNode, style: Style, target: str | None) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._text.add(node.text(), style, target=target)
        else:
            for child in node.iter(include_text=True, skip_empty=False):
                self._visit(child, style, target)
        self._depth -= 1

    def _visit(self, node: LexborNode, style: Style, target: str | None) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self._text.add(node.text(deep=False), style, target=target)
        elif tag in _SILENT or tag.startswith(("-", "_", "!")):
            return
        elif tag in _STYLES:
            self._children(node, _styled(style, tag), target)
        elif tag in _CODES:
            self._text.add(node.text(), style, target=target, code=True)
        elif tag in _INLINE:
            self._children(node, style, (node.attributes.get("href") or target) if tag == "a" else target)
        elif tag == "br":
            self._text.line_break()
        else:
            self._flush()
            self._block(tag, node, style, target)
            self._flush()

    def _block(self, tag: str, node: LexborNode, style: Style, target: str | None) -> None:
        match tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._heading(int(tag[1]), node)
            case "ul" | "ol":
                self._list_level += 1
                self._children(node, style, target)
                self._list_level -= 1
            case "li":
                self._item(node, style)
            case "pre":
                self._code(node)
            case "blockquote":
                quoted = tuple(self._apart(node, style))
                if quoted:
                    self._sink.append(Quote(quoted))
            case "table":
                self._table(node)
            case "hr":
                self._sink.append(HorizontalRule())
            case "img":
                attributes = node.attributes
                self._sink.append(Image(attributes.get("alt"), attributes.get("title"), attributes.get("src")))
            case _:
                self._children(node, style, target)

    def _heading(self, level: int, node: LexborNode) -> None:
        self._children(node, PLAIN, None)
        inlines = self._text.take()
        if inlines:
            self._sink.append(Heading(level, inlines))

    def _item(self, node: LexborNode, style: Style) -> None:
        level = max(0, self._list_level)
        ordered = node.parent is not None and node.parent.tag == "ol"
        own: list[Block] = []
        for block in self._apart(node, style):
            if isinstance(block, ListItem):
                # An inner list follows its item; what comes after it is an item of its own.
                self._close_item(level, ordered, own)
                self._sink.append(block)
            else:
                own.append(block)
        self._close_item(level, ordered, own)

    def _close_item(self, level: int, ordered: bool, own: list[Block]) -> None:
        if own:
            self._sink.append(ListItem(level, ordered, tuple(own)))
            own.clear()

    def _code(self, node: LexborNode) -> None:
        code = node.text().strip("\n")
        inner = node.css_first("code")
        classes = (node.attributes.get("class") or "") + " " + ((inner.attributes.get("class") or "") if inner else "")
        language = next(
            (word.partition("-")[2] for word in classes.split() if word.startswith(("language-", "lang-"))), None
        )
        if code.strip():
            self._sink.append(CodeBlock(code, language))

    def _table(self, table: LexborNode) -> None:
        grid = Grid()
        headers: list[bool] = []
        for row in _rows(table):
            cells = [cell for cell in row.iter() if cell.tag in ("td", "th")]
            grid.start_row()
            for cell in cells:
                content = Cell(tuple(self._apart(cell, PLAIN)))
                grid.add(content, columns=_span(cell, "colspan"), rows=_span(cell, "rowspan"))
            in_head = row.parent is not None and row.parent.tag == "thead"
            headers.append(in_head or (bool(cells) and all(cell.tag == "th" for cell in cells)))
        rows = tuple(Row(cells_of, header) for cells_of, header in zip(grid.rows(), headers, strict=True) if cells_of)
        if rows:
            self._sink.append(Table(rows))

    def _apart(self, node: LexborNode, style: Style) -> list[Block]:
        """The blocks below ``node``, kept out of the current sink."""
        outer, self._sink = self._sink, []
        self._children(node, style, None)
        self._flush()
        inner, self._sink = self._sink, outer
        return inner


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child.iter() if row.tag == "tr")


def _span(cell: LexborNode, name: str) -> int:
    text = cell.attributes.get(name) or "1"
    return int(text) if text.isdecimal() and len(text) < 5 else 1


@lru_cache(maxsize=512)
def _styled(style: Style, tag: str) -> Style:
    """The look inside an element; there are few, and they come up again and again."""
    return replace(style, **_STYLES[tag])
