"""Follows the words of an RTF file and builds blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from modules.file_parser.contract import PLAIN, Block, Cell, Heading, ListItem, PageBreak, Paragraph, Row, Style, Table
from modules.file_parser.infra.inlines import InlineBuilder
from modules.file_parser.infra.rich_text.charsets import Charsets
from modules.file_parser.infra.rich_text.tokens import Token

_HIDDEN = frozenset(
    b"fonttbl colortbl stylesheet info pict object header footer headerl headerr headerf footerl footerr footerf"
    b" listtable listoverridetable rsidtbl generator themedata datastore latentstyles xmlnstbl filetbl revtbl"
    b" footnote annotation bkmkstart bkmkend nonshppict".split()
)
_LIST_MARKS = frozenset({b"listtext", b"pntext"})
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}"}
_CHARACTERS = {
    b"tab": "\t",
    b"line": "\n",
    b"lquote": "\u2018",
    b"rquote": "\u2019",
    b"ldblquote": "\u201c",
    b"rdblquote": "\u201d",
    b"endash": "\u2013",
    b"emdash": "\u2014",
    b"bullet": "\u2022",
}
_LOOKS = {b"b": "bold", b"i": "italic", b"ul": "underline", b"strike": "strike"}
_LINK = re.compile(rb'HYPERLINK\s+"([^"]+)"')
_DEEPEST = 1_000


@dataclass(slots=True)
class _Group:
    """What holds inside one pair of braces."""

    style: Style = PLAIN
    font: int | None = None
    fallback_bytes: int = 1
    hidden: bool = False
    marks: bool = False
    instruction: bool = False
    field: bytearray = field(default_factory=bytearray)
    """What a field's instruction says, shared by the groups inside the field."""


class RtfReader:
    """``headings``: levels by style number."""

    def __init__(self, charsets: Charsets, headings: dict[int, int]) -> None:
        self._charsets = charsets
        self._headings = headings
        self._groups = [_Group()]
        self._text = InlineBuilder()
        self._pending = bytearray()
        self._skip_bytes = 0
        self._level: int | None = None
        self._list_level: int | None = None
        self._list_mark = ""
        self._high: int | None = None
        self._in_table = False
        self._cell: list[Block] = []
        self._cells: list[Cell] = []
        self._rows: list[Row] = []

    def blocks(self, tokens: Iterable[Token]) -> Iterator[Block]:
        for token in tokens:
            if token.kind == "bytes":
                self._bytes(token.value)
                continue
            self._flush_bytes()
            self._skip_bytes = 0
            if token.kind == "open":
                self._open()
            elif token.kind == "close":
                if len(self._groups) > 1:
                    self._groups.pop()
            elif token.kind == "symbol":
                self._symbol(token.value)
            else:
                yield from self._word(token.value, token.number)
        self._flush_bytes()
        yield from self._paragraph()
        yield from self._table()

    @property
    def _group(self) -> _Group:
        return self._groups[-1]

    def _open(self) -> None:
        if len(self._groups) < _DEEPEST:
            self._groups.append(replace(self._group))

    def _bytes(self, value: bytes) -> None:
        skipped = min(self._skip_bytes, len(value))
        self._skip_bytes -= skipped
        self._pending += value[skipped:]

    def _flush_bytes(self) -> None:
        """Several bytes may be one character, so they are decoded together."""
        if not self._pending:
            return
        raw = bytes(self._pending)
        self._pending.clear()
        if self._group.instruction:
            self._group.field += raw
        else:
            self._add(raw.decode(self._charsets.of(self._group.font), errors="replace"))

    def _add(self, text: str) -> None:
        group = self._group
        if group.marks:
            self._list_mark += text
        elif not group.hidden and not group.instruction:
            link = _LINK.search(group.field)
            self._text.add(text, group.style, target=link.group(1).decode("latin-1") if link else None)

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._group.hidden = True  # a destination that readers may ignore; those we know undo it
        else:
            self._add(_SYMBOLS.get(symbol, ""))

    def _word(self, word: bytes, number: int | None) -> Iterator[Block]:
        group = self._group
        if word in _LOOKS:
            group.style = replace(group.style, **{_LOOKS[word]: number != 0})
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word in (b"par", b"sect", b"cell", b"row", b"page"):
            yield from self._end(word)
        elif word == b"u" and number is not None:
            self._unicode(number)
        elif word in _HIDDEN:
            group.hidden = True
        elif word in _LIST_MARKS:
            group.marks, group.hidden = True, False
        else:
            self._property(word, number)

    def _property(self, word: bytes, number: int | None) -> None:
        group = self._group
        match word:
            case b"plain":
                group.style = PLAIN
            case b"ulnone":
                group.style = replace(group.style, underline=False)
            case b"f":
                group.font = number
            case b"uc":
                group.fallback_bytes = number or 0
            case b"field":
                group.field = bytearray()
            case b"fldinst":
                group.instruction, group.hidden = True, False
            case b"pard":
                self._level, self._list_level, self._in_table = None, None, False
            case b"s" if number in self._headings:
                self._level = self._headings[number or 0]
            case b"outlinelevel" if number is not None and number < 9:
                self._level = min(number + 1, 6)
            case b"ls":
                self._list_level = self._list_level or 0
            case b"ilvl":
                self._list_level = number or 0
            case b"intbl":
                self._in_table = True

    def _unicode(self, number: int) -> None:
        """A signed 16-bit code; a character beyond them comes in two halves."""
        code = number % 0x10000
        self._add(chr(code) if not 0xD800 <= code < 0xE000 else self._surrogate(code))
        self._skip_bytes = self._group.fallback_bytes

    def _surrogate(self, code: int) -> str:
        if code < 0xDC00:
            self._high = code
            return ""
        high, self._high = self._high, None
        return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high is not None else "\ufffd"

    # -- what ends

    def _end(self, word: bytes) -> Iterator[Block]:
        if word == b"cell":
            self._cell += self._paragraph()
            self._cells.append(Cell(tuple(self._cell)))
            self._cell = []
        elif word == b"row":
            self._rows.append(Row(tuple(self._cells), is_header=not self._rows))
            self._cells = []
        elif self._in_table:
            self._cell += self._paragraph()
        else:
            done = list(self._paragraph())
            if done:
                yield from self._table()
            yield from done
            if word == b"page":
                yield PageBreak()

    def _paragraph(self) -> Iterator[Block]:
        inlines = self._text.take()
        mark, self._list_mark = self._list_mark, ""
        if not inlines:
            return
        if self._level is not None:
            yield Heading(self._level, inlines)
        elif self._list_level is not None or mark:
            ordered = any(map(str.isalnum, mark.replace("o", "")))
            yield ListItem(self._list_level or 0, ordered, (Paragraph(inlines),))
        else:
            yield Paragraph(inlines)

    def _table(self) -> Iterator[Block]:
        if self._rows:
            yield Table(tuple(self._rows))
            self._rows = []
