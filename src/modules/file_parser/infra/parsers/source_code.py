"""Source code: one block per run of top-level definitions, so that a hit points near the right line."""

from __future__ import annotations

from collections.abc import Iterator

from modules.file_parser.contract import CodeBlock, Place
from modules.file_parser.domain.pieces import Facts, Piece
from modules.file_parser.infra.languages import LANGUAGES
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.text_decoding import decode

_SMALL_LINES = 12
"""Definitions shorter than this stay together with their neighbours."""


def parse(document: Input) -> Iterator[Piece]:
    text, encoding = decode(document.data)
    yield Facts(properties={"encoding": encoding})
    yield from code_blocks(text, LANGUAGES.get(document.extension))


def code_blocks(text: str, language: str | None) -> Iterator[CodeBlock]:
    """Cut before a line at the margin that follows an empty one, unless the block would be very small."""
    lines: list[str] = []
    first = 1
    for number, line in enumerate(text.split("\n"), 1):
        at_margin = bool(line) and not line[0].isspace() and line[0] not in "})]"
        if at_margin and len(lines) >= _SMALL_LINES and not lines[-1].strip():
            yield from _block(lines, language, first)
            lines, first = [], number
        lines.append(line)
    yield from _block(lines, language, first)


def _block(lines: list[str], language: str | None, first: int) -> Iterator[CodeBlock]:
    skipped = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    code = "\n".join(lines[skipped:]).rstrip()
    if code:
        yield CodeBlock(code, language, Place(line=first + skipped))
