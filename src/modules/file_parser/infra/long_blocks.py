"""Cuts blocks that are too long to be one: a file may be a single line of many megabytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from modules.file_parser.contract import CodeBlock, Paragraph
from modules.file_parser.domain.pieces import Given

MAX_CHARACTERS = 100_000


def split_long(piece: Given) -> Iterator[Given]:
    """The piece itself, or its parts in order; paragraphs are cut at a space where there is one."""
    match piece:
        case Paragraph() if _is_long(piece):
            for inline in piece.inlines:
                for part in _parts(inline.text):
                    yield replace(piece, inlines=(replace(inline, text=part),))
        case CodeBlock() if len(piece.code) > MAX_CHARACTERS:
            for part in _parts(piece.code):
                yield replace(piece, code=part)
        case _:
            yield piece


def _is_long(paragraph: Paragraph) -> bool:
    inlines = paragraph.inlines
    if len(inlines) == 1:
        return len(inlines[0].text) > MAX_CHARACTERS
    return sum(len(inline.text) for inline in inlines) > MAX_CHARACTERS


def _parts(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > MAX_CHARACTERS:
        end = start + MAX_CHARACTERS
        space = max(text.rfind(mark, start + MAX_CHARACTERS // 2, end) for mark in (" ", "\n"))
        end = space + 1 if space > 0 else end
        yield text[start:end]
        start = end
    yield text[start:]
