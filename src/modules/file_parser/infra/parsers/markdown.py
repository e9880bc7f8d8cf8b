"""Markdown files, by the same grammar in which answers are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from modules.file_parser.contract import (
    PLAIN,
    Block,
    Cell,
    CodeBlock,
    Heading,
    HorizontalRule,
    Image,
    Inline,
    ListItem,
    Paragraph,
    Place,
    Quote,
    Row,
    Table,
    Text,
)
from modules.file_parser.domain.pieces import Facts, Piece
from modules.file_parser.infra.inlines import InlineBuilder
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.text_decoding import decode

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
_STYLES = {"strong": {"bold": True}, "em": {"italic": True}, "s": {"strike": True}}


def parse(document: Input) -> Iterator[Piece]:
    text, encoding = decode(document.data)
    yield Facts(properties={"encoding": encoding})
    front = _FRONT_MATTER.match(text)
    first_line = 1
    if front is not None:
        yield _front_facts(front.group(1))
        first_line += front.group(0).count("\n")
        text = text[front.end() :]
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    yield from _Reader(tokens, first_line).blocks()


def _front_facts(text: str) -> Facts:
    """Title, author and language from the YAML that many tools write in front."""
    try:
        front = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return Facts()
    known = {str(key).lower(): str(value) for key, value in front.items()} if isinstance(front, dict) else {}
    return Facts(title=known.get("title"), author=known.get("author"), language=(known.get("lang") or "")[:2] or None)


class _Reader:
    """Turns the flat list of tokens into blocks."""

    def __init__(self, tokens: Sequence[Token], first_line: int) -> None:
        self._tokens = tokens
        self._first_line = first_line
        self._at = 0

    def blocks(self, end: str | None = None, list_level: int = 0) -> Iterator[Block]:
        """Blocks up to the token of type ``end``, which is consumed."""
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == end:
                return
            yield from self._block(token, list_level)

    def _block(self, token: Token, list_level: int) -> Iterator[Block]:
        place = Place(line=token.map[0] + self._first_line) if token.map else None
        match token.type:
            case "heading_open":
                yield Heading(int(token.tag[1]), _inlines(self._inline()), place)
            case "paragraph_open":
                yield from _paragraph(self._inline(), place)
            case "fence" | "code_block":
                yield CodeBlock(token.content.rstrip("\n"), token.info.split(" ")[0] or None, place)
            case "blockquote_open":
                yield Quote(tuple(self.blocks("blockquote_close")), place)
            case "bullet_list_open" | "ordered_list_open":
                yield from self._list(token.type.replace("open", "close"), list_level)
            case "table_open":
                yield Table(tuple(self._rows()), place)
            case "hr":
                yield HorizontalRule(place)
            case "html_block":
                text = re.sub(r"<!--.*?-->|<[^>]*>", "", token.content, flags=re.DOTALL).strip()
                if text:
                    yield Paragraph((Text(text),), place)

    def _inline(self) -> Token:
        """The inline token that follows; the closing token behind it is skipped."""
        token = self._tokens[self._at]
        self._at += 2
        return token

    def _list(self, end: str, level: int) -> Iterator[Block]:
        ordered = end.startswith("ordered")
        while self._tokens[self._at].type != end:
            token = self._tokens[self._at]
            self._at += 1
            place = Place(line=token.map[0] + self._first_line) if token.map else None
            own: list[Block] = []
            for block in self.blocks("list_item_close", level + 1):
                if isinstance(block, ListItem):
                    if own:
                        yield ListItem(level, ordered, tuple(own), place)
                        own = []
                    yield block
                else:
                    own.append(block)
            if own:
                yield ListItem(level, ordered, tuple(own), place)
        self._at += 1

    def _rows(self) -> Iterator[Row]:
        cells: list[Cell] = []
        in_head = False
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            match token.type:
                case "thead_open" | "thead_close":
                    in_head = token.type == "thead_open"
                case "inline":
                    cells.append(Cell((Paragraph(_inlines(token) or (Text(""),)),)))
                case "tr_close":
                    yield Row(tuple(cells), in_head)
                    cells = []
        self._at += 1


def _paragraph(token: Token, place: Place | None) -> Iterator[Block]:
    """A paragraph; images in it become blocks behind it."""
    inlines = _inlines(token)
    if inlines:
        yield Paragraph(inlines, place)
    for child in token.children or ():
        if child.type == "image":
            title = child.attrGet("title")
            yield Image(child.content or None, str(title) if title else None, str(child.attrGet("src")), place)


def _inlines(token: Token) -> tuple[Inline, ...]:
    builder = InlineBuilder()
    style, target = PLAIN, None
    for child in token.children or ():
        kind = child.type.removesuffix("_open").removesuffix("_close")
        if kind in _STYLES:
            style = replace(style, **dict.fromkeys(_STYLES[kind], child.type.endswith("_open")))
        elif child.type == "link_open":
            target = str(child.attrGet("href") or "") or None
        elif child.type == "link_close":
            target = None
        elif child.type == "code_inline":
            builder.add(child.content, style, target=target, code=True)
        elif child.type in ("softbreak", "hardbreak"):
            builder.add("\n", style, target=target)
        elif child.type == "text":
            builder.add(child.content, style, target=target)
    return builder.take()
