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
    for gap in [*(match.span() for match in _EMPTY_LINES.finditer(text)), (len(text), len(text))]:
        raw = text[start : gap[0]]
        if raw.strip():
            lead = raw[: len(raw) - len(raw.lstrip())].count("\n")
            yield Paragraph(plain(raw.strip()), Place(line=line + lead))
        line += text.count("\n", start, gap[1])
        start = gap[1]
