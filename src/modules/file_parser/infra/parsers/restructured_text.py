"""reStructuredText: headings, lists, literal blocks and tables; roles and directives are reduced to their text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from modules.file_parser.contract import (
    Block,
    CodeBlock,
    Heading,
    HorizontalRule,
    Inline,
    ListItem,
    Paragraph,
    Place,
    Quote,
    Style,
    Table,
)
from modules.file_parser.domain.pieces import Facts, Piece
from modules.file_parser.infra.inlines import InlineBuilder
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.tables import text_row
from modules.file_parser.infra.text_decoding import decode

_RULE = re.compile(r"([!-/:-@[-`{-~])\1{2,}\s*$")
_SIMPLE_TABLE = re.compile(r"=+( +=+)+\s*$")
_GRID_TABLE = re.compile(r"\+[-=+]+\+\s*$")
_ITEM = re.compile(r"(?:([-*+•])|(?:\d+|#|[a-zA-Z])[.)]|\((?:\d+|[a-zA-Z])\))\s+(?=\S)")
_DIRECTIVE = re.compile(r"\.\.\s+([\w-]+)::\s*(.*)")
_CODE_DIRECTIVES = frozenset({"code", "code-block", "sourcecode", "parsed-literal", "highlight"})
_INLINE = re.compile(
    r"``(?P<code>.+?)``|\*\*(?P<bold>[^*]+)\*\*|\*(?P<italic>[^*]+)\*"
    r"|`(?P<text>[^`<]+?)\s*<(?P<target>[^`>]+)>`__?|:[\w:+-]+:`(?P<role>[^`]+)`|`(?P<name>[^`]+)`_?_?",
    re.DOTALL,
)


def parse(document: Input) -> Iterator[Piece]:
    text, encoding = decode(document.data)
    yield Facts(properties={"encoding": encoding})
    yield from _Reader(text.expandtabs(8).split("\n")).blocks()


class _Reader:
    """Goes down the lines; ``_at`` is the next one to read."""

    def __init__(self, lines: list[str], first_line: int = 1) -> None:
        self._lines = lines
        self._first_line = first_line
        self._at = 0
        self._marks: list[str] = []

    def blocks(self) -> Iterator[Block]:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            place = Place(line=self._at + self._first_line)
            if not line.strip():
                self._at += 1
            elif line[0] == " ":
                yield Quote(tuple(_Reader(self._indented(), self._at).blocks()), place)
            elif (directive := _DIRECTIVE.match(line)) is not None:
                yield from self._directive(directive, place)
            elif line.startswith(".. ") or line.strip() == "..":
                self._at += 1
                self._indented()
            elif _SIMPLE_TABLE.match(line) or _GRID_TABLE.match(line):
                yield self._table(place)
            elif (heading := self._heading(place)) is not None:
                yield heading
            elif _ITEM.match(line):
                yield from self._items(0)
            else:
                yield from self._paragraph(place)

    def _peek(self, ahead: int) -> str:
        index = self._at + ahead
        return self._lines[index] if index < len(self._lines) else ""

    def _heading(self, place: Place) -> Block | None:
        over, text, under = self._peek(0), self._peek(1), self._peek(2)
        if _RULE.match(over) and text.strip() and under.rstrip() == over.rstrip():
            self._at += 3
            return Heading(self._level(over[0] * 2), _inlines(text.strip()), place)
        if _RULE.match(text) and len(text.rstrip()) >= len(over.rstrip()) and not _RULE.match(over):
            self._at += 2
            return Heading(self._level(text[0]), _inlines(over.strip()), place)
        if _RULE.match(over) and not text.strip():
            self._at += 1
            return HorizontalRule(place)
        return None

    def _level(self, mark: str) -> int:
        """Levels are numbered in the order in which their marks first appear."""
        if mark not in self._marks:
            self._marks.append(mark)
        return min(self._marks.index(mark) + 1, 6)

    def _indented(self) -> list[str]:
        """The indented lines from here on, with their common margin removed."""
        start = self._at
        while self._at < len(self._lines) and (not self._peek(0).strip() or self._peek(0)[0] == " "):
            self._at += 1
        lines = self._lines[start : self._at]
        margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
        return "\n".join(line[margin:].rstrip() for line in lines).rstrip("\n").split("\n")

    def _directive(self, directive: re.Match[str], place: Place) -> Iterator[Block]:
        self._at += 1
        name, argument = directive.groups()
        body = self._indented()
        while body and not body[0]:
            body.pop(0)
        while body and re.match(r":[\w-]+:", body[0]):
            body.pop(0)
        if name in _CODE_DIRECTIVES:
            if any(body):
                yield CodeBlock("\n".join(body).strip("\n"), argument or None, place)
            return
        if argument and name not in ("image", "figure", "include", "contents", "toctree"):
            yield Paragraph(_inlines(argument), place)
        yield from _Reader(body, place.line or 1).blocks()

    def _items(self, level: int) -> Iterator[Block]:
        while (match := _ITEM.match(self._peek(0))) is not None:
            place = Place(line=self._at + self._first_line)
            first = self._peek(0)[match.end() :]
            self._at += 1
            rest = self._indented()
            inner = _Reader([first, *rest], self._at)
            own: list[Block] = []
            for block in inner.blocks():
                if isinstance(block, ListItem):
                    if own:
                        yield ListItem(level, match.group(1) is None, tuple(own), place)
                        own = []
                    yield ListItem(block.level + level + 1, block.ordered, block.blocks, block.place)
                else:
                    own.append(block)
            if own:
                yield ListItem(level, match.group(1) is None, tuple(own), place)

    def _paragraph(self, place: Place) -> Iterator[Block]:
        start = self._at
        while self._peek(0).strip() and self._peek(0)[0] != " ":
            self._at += 1
            if self._at - start and _ITEM.match(self._peek(0)) and self._peek(-1).endswith(":"):
                break
        text = "\n".join(line.strip() for line in self._lines[start : self._at])
        literal = text.endswith("::")
        text = text.removesuffix("::") + ":" if literal and text.strip(": \n") else text.removesuffix("::")
        if text.strip():
            yield Paragraph(_inlines(text), place)
        if literal:
            while self._at < len(self._lines) and not self._peek(0).strip():
                self._at += 1
            first = self._at + self._first_line
            code = "\n".join(self._indented()).strip("\n")
            if code:
                yield CodeBlock(code, None, Place(line=first))

    def _table(self, place: Place) -> Block:
        start = self._at
        while self._peek(0).strip():
            self._at += 1
        lines = self._lines[start : self._at]
        rows, headers = _grid_rows(lines) if lines[0].startswith("+") else _simple_rows(lines)
        return Table(tuple(text_row(row, is_header=index < headers) for index, row in enumerate(rows)), place)


def _simple_rows(lines: list[str]) -> tuple[list[list[str]], int]:
    spans = [match.span() for match in re.finditer("=+", lines[0])]
    spans[-1] = (spans[-1][0], max(map(len, lines)))
    rules = [index for index, line in enumerate(lines) if _SIMPLE_TABLE.match(line)]
    body = [line for index, line in enumerate(lines) if index not in rules]
    rows = [[line[left:right].strip() for left, right in spans] for line in body]
    return rows, rules[1] - rules[0] - 1 if len(rules) > 2 else 0


def _grid_rows(lines: list[str]) -> tuple[list[list[str]], int]:
    rows: list[list[str]] = []
    headers, fresh = 0, True
    for line in lines[1:]:
        if line.startswith("+"):
            headers = len(rows) if "=" in line else headers
            fresh = True
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if fresh:
            rows.append(cells)
        else:
            rows[-1] = [f"{old} {new}".strip() for old, new in zip(rows[-1], cells, strict=False)]
        fresh = False
    return rows, headers


def _inlines(text: str) -> tuple[Inline, ...]:
    builder = InlineBuilder()
    end = 0
    for match in _INLINE.finditer(text):
        builder.add(text[end : match.start()])
        found = {name: value for name, value in match.groupdict().items() if value is not None}
        if "target" in found:
            builder.add(found["text"], target=found["target"])
        elif "code" in found:
            builder.add(found["code"], code=True)
        else:
            name, value = next(iter(found.items()))
            builder.add(value, Style(bold=name == "bold", italic=name == "italic"))
        end = match.end()
    builder.add(text[end:])
    return builder.take()
