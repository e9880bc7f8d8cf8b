"""Gives every block its character range in the document's normalised text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from modules.file_parser.contract import Block, ListItem, Paragraph, Place, Quote, Table, block_text
from modules.file_parser.contract.text import BLOCK_SEPARATOR


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
    """Made by hand for what documents consist of: replacing fields by name takes ten times as long."""
    place = _ranged_place(block.place, start, end)
    match block:
        case Paragraph():
            return Paragraph(block.inlines, place)
        case Table():
            return Table(block.rows, place)
        case ListItem():
            return ListItem(block.level, block.ordered, _ranged(block.blocks, start, "\n"), place)
        case Quote():
            return Quote(_ranged(block.blocks, start, "\n"), place)
        case _:
            return replace(block, place=place)


def _ranged_place(place: Place | None, start: int, end: int) -> Place:
    if place is None:
        return Place(start=start, end=end)
    return Place(place.page, place.slide, place.sheet, place.line, place.member, place.box, start, end)
