"""Source code: definitions under headings that name them, by grammar; by its margin where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modules.file_parser.contract import Block, CodeBlock, Heading, Place
from modules.file_parser.domain.pieces import Facts, Piece
from modules.file_parser.infra.code_outline import Definition, outline
from modules.file_parser.infra.inlines import plain
from modules.file_parser.infra.languages import LANGUAGES
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.text_decoding import decode

_SMALL_LINES = 12
"""Definitions shorter than this stay together with their neighbours."""
_LARGE_LINES = 60
"""Classes longer than this are divided into their methods."""


def parse(document: Input) -> Iterator[Piece]:
    text, encoding = decode(document.data)
    yield Facts(properties={"encoding": encoding})
    language = LANGUAGES.get(document.extension)
    definitions = outline(text, language)
    if definitions:
        yield from _Outlined(text, language).blocks(definitions)
    else:
        yield from code_blocks(text, language)


class _Outlined:
    """Code whose definitions are known."""

    def __init__(self, text: str, language: str | None) -> None:
        self._lines = text.split("\n")
        self._language = language

    def blocks(self, definitions: Sequence[Definition]) -> Iterator[Block]:
        """What stands before the first definition has no heading; what stands between two says where."""
        yield from self._range(definitions, 0, len(self._lines) - 1, 1, "")

    def _range(self, definitions: Sequence[Definition], at: int, end: int, level: int, prefix: str) -> Iterator[Block]:
        begun = level > 1
        for group in _groups(definitions):
            first, last = max(group[0].first, at), max(one.last for one in group)
            if first > at:
                yield from self._between(at, first - 1, level if begun and level == 1 else None)
            begun = True
            names = ", ".join(f"{prefix}{one.name}" for one in group)
            yield Heading(level, plain(names), Place(line=first + 1))
            if len(group) == 1 and group[0].inner and last - first >= _LARGE_LINES:
                yield from self._range(group[0].inner, first, last, level + 1, f"{group[0].name}.")
            else:
                yield from self._block(first, last)
            at = last + 1
        yield from self._between(at, end, level if level == 1 else None)

    def _between(self, first: int, last: int, level: int | None) -> Iterator[Block]:
        """Code outside of definitions; ``level`` of its own heading, so that it is not taken for part of the last."""
        blocks = list(self._block(first, last))
        if blocks and level is not None:
            place = blocks[0].place
            line = place.line if place is not None and place.line is not None else first + 1
            yield Heading(level, plain(f"From line {line}"), Place(line=line))
        yield from blocks

    def _block(self, first: int, last: int) -> Iterator[Block]:
        return _block(self._lines[first : last + 1], self._language, first + 1)


def _groups(definitions: Sequence[Definition]) -> Iterator[list[Definition]]:
    """Neighbours that are small together; a class stays alone."""
    group: list[Definition] = []
    for one in definitions:
        apart = group and (one.container or group[0].container or one.last - group[0].first >= _SMALL_LINES * 2)
        if group and (apart or group[-1].last - group[0].first >= _SMALL_LINES or one.first > group[-1].last + 4):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


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
