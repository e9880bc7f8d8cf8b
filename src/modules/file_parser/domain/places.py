"""Gives every block its character range in the document's normalised text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from modules.file_parser.contract import Block, ListItem, Place, Quote, block_text
from modules.file_parser.contract.text import BLOCK_SEPARATOR

_NOWHERE = Place()


def with_ranges(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The same blocks; those with text know where it stands in ``document_text``.

    Blocks inside list items and quotes get theirs too. Cells do not: a table of a million cells would double.
    """
    return _ranged(blocks, 0, BLOCK_SEPARATOR)


def _ranged(blocks: Iterable[Block], start: int, separator: str) -> tuple[Block, ...]:
    done: list[Block] = []
    for block in blocks:
        length = len(block_text(block))
        done.append(_at(block, start, start + length))
        if length:
            start += length + len(separator)
    return tuple(done)


def _at(block: Block, start: int, end: int) -> Block:
    place = replace(block.place or _NOWHERE, start=start, end=end)
    if isinstance(block, ListItem | Quote):
        return replace(block, place=place, blocks=_ranged(block.blocks, start, "\n"))
    return replace(block, place=place)
