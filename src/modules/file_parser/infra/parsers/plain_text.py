"""Plain text: paragraphs are what stands between empty lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from modules.file_parser.contract import Paragraph, Place
from modules.file_parser.domain.pieces import Facts, Piece
from modules.file_parser.infra.inlines import plain
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.text_decoding import decode

_EMPTY_LINES = re.compile(r"\n[^\S\n]*\n\s*")


def parse(document: Input) -> Iterator[Piece]:
    text, encoding = decode(document.data)
    yield Facts(properties={"encoding": encoding})
    line, start = 1, 0
    for gap in _EMPTY_LINES.finditer(text):
        yield from _paragraph(text[start : gap.start()], line)
        line += text.count("\n", start, gap.end())
        start = gap.end()
    yield from _paragraph(text[start:], line)


def _paragraph(raw: str, line: int) -> Iterator[Piece]:
    words = raw.strip()
    if words:
        # Only the first paragraph can begin with empty lines: the gaps before all others hold theirs.
        lead = raw.count("\n", 0, raw.index(words[0]))
        yield Paragraph(plain(words), Place(line=line + lead))
