"""Pieces as plain data for the pipe: short lists, and a cell that is a single plain text is just that text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from modules.file_parser.contract import (
    PLAIN,
    Block,
    Box,
    Cell,
    CodeBlock,
    DocumentBroken,
    Heading,
    HorizontalRule,
    Image,
    Inline,
    InlineCode,
    Link,
    ListItem,
    PageBreak,
    Paragraph,
    Place,
    Quote,
    Row,
    Style,
    Table,
    Text,
    TextRow,
)
from modules.file_parser.domain.pieces import Facts, Given, MoreRows, Note, PageWithoutText, Piece, TextRows

_FACT_TIMES = ("created_at", "modified_at")


def pack(piece: Given) -> list[Any]:
    """What ``unpack`` reads."""
    match piece:
        case Heading():
            return ["h", _pack_place(piece.place), piece.level, _pack_inlines(piece.inlines)]
        case Paragraph():
            return ["p", _pack_place(piece.place), _pack_inlines(piece.inlines)]
        case ListItem():
            children = [pack(child) for child in piece.blocks]
            return ["l", _pack_place(piece.place), piece.level, piece.ordered, children]
        case CodeBlock():
            return ["c", _pack_place(piece.place), piece.code, piece.language]
        case Table():
            return ["t", _pack_place(piece.place), [_pack_row(row) for row in piece.rows]]
        case Quote():
            return ["q", _pack_place(piece.place), [pack(child) for child in piece.blocks]]
        case HorizontalRule():
            return ["r", _pack_place(piece.place)]
        case Image():
            return ["i", _pack_place(piece.place), piece.alt, piece.title, piece.src]
        case PageBreak():
            return ["b", _pack_place(piece.place)]
        case MoreRows():
            return ["rows", None, [_pack_row(row) for row in piece.rows]]
        case TextRows():
            rows = [_pack_texts(row, piece.begins and not index) for index, row in enumerate(piece.rows)]
            return ["t", _pack_place(piece.place), rows] if piece.begins else ["rows", None, rows]
        case Facts():
            return ["facts", None, _pack_facts(piece)]
        case PageWithoutText():
            return ["no_text", None, piece.page]
        case Note():
            return ["note", None, piece.sentence]


def unpack(packed: Sequence[Any]) -> Piece:
    """The piece again.

    Raises:
        DocumentBroken: this is nothing that ``pack`` makes; the child that sent it was taken over or is broken.
    """
    try:
        kind, place, *rest = packed
        return _UNPACKERS[kind](_unpack_place(place), *rest)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError) as err:
        raise DocumentBroken("The parser of this document answered nonsense.") from err


def _unpack_block(packed: Sequence[Any]) -> Block:
    piece = unpack(packed)
    if isinstance(piece, MoreRows | Facts | PageWithoutText | Note):
        raise ValueError("only blocks stand inside blocks")
    return piece


_UNPACKERS: dict[str, Callable[..., Piece]] = {
    "h": lambda place, level, inlines: Heading(int(level), _unpack_inlines(inlines), place),
    "p": lambda place, inlines: Paragraph(_unpack_inlines(inlines), place),
    "l": lambda place, level, ordered, blocks: ListItem(int(level), bool(ordered), _unpack_blocks(blocks), place),
    "c": lambda place, code, language: CodeBlock(str(code), language, place),
    "t": lambda place, rows: Table(tuple(map(_unpack_row, rows)), place),
    "q": lambda place, blocks: Quote(_unpack_blocks(blocks), place),
    "r": lambda place: HorizontalRule(place),
    "i": lambda place, alt, title, src: Image(alt, title, src, place),
    "b": lambda place: PageBreak(place),
    "rows": lambda _, rows: MoreRows(tuple(map(_unpack_row, rows))),
    "facts": lambda _, facts: _unpack_facts(facts),
    "no_text": lambda _, page: PageWithoutText(int(page)),
    "note": lambda _, sentence: Note(str(sentence)),
}


def _unpack_blocks(blocks: Sequence[Any]) -> tuple[Block, ...]:
    return tuple(map(_unpack_block, blocks))


# -- text


def _pack_inlines(inlines: tuple[Inline, ...]) -> str | list[Any]:
    if len(inlines) == 1 and isinstance(inlines[0], Text) and inlines[0].style == PLAIN:
        return inlines[0].text
    return [_pack_inline(inline) for inline in inlines]


def _pack_inline(inline: Inline) -> list[Any]:
    style = inline.style
    bits = style.bold | style.italic << 1 | style.underline << 2 | style.strike << 3 | style.code << 4
    match inline:
        case Link():
            return ["l", inline.text, bits, inline.target]
        case InlineCode():
            return ["c", inline.text, bits]
        case _:
            return ["t", inline.text, bits]


def _unpack_inlines(inlines: str | Sequence[Any]) -> tuple[Inline, ...]:
    return (Text(inlines),) if isinstance(inlines, str) else tuple(map(_unpack_inline, inlines))


def _unpack_inline(packed: Sequence[Any]) -> Inline:
    kind, text, bits, *target = packed
    style = _STYLES[bits]
    if kind == "l":
        return Link(text, target[0], style)
    return InlineCode(text, style) if kind == "c" else Text(text, style)


_STYLES = [PLAIN, *(Style(*(bool(bits >> bit & 1) for bit in range(5))) for bits in range(1, 32))]


# -- tables


def _pack_row(row: Row) -> list[Any]:
    return [row.is_header, [_pack_cell(cell) for cell in row.cells]]


def _pack_cell(cell: Cell) -> str | list[Any]:
    if len(cell.blocks) == 1 and isinstance(cell.blocks[0], Paragraph) and cell.blocks[0].place is None:
        text = _pack_inlines(cell.blocks[0].inlines)
        if isinstance(text, str):
            return text
    return [pack(block) for block in cell.blocks]


def _pack_texts(row: Sequence[str], is_header: bool) -> list[Any]:
    """Most rows have no line break in any cell, and are no more than their texts."""
    if "\n" in "".join(row):
        return [is_header, list(map(_pack_text, row))]
    return [is_header, row, True]


def _pack_text(text: str) -> str | list[Any]:
    """A cell of plain text; each line of it is a paragraph of its own."""
    return text if "\n" not in text else [["p", None, line] for line in text.split("\n")]


def _unpack_row(packed: Sequence[Any]) -> Row:
    is_header, cells, *only_texts = packed
    if only_texts:
        "".join(cells)  # whatever is no text raises here, and not where somebody reads the row
        return TextRow(tuple(cells), bool(is_header))
    return Row(tuple(map(_unpack_cell, cells)), bool(is_header))


def _unpack_cell(packed: str | Sequence[Any]) -> Cell:
    if isinstance(packed, str):
        return _text_cell(packed)
    return Cell(_unpack_blocks(packed))


@lru_cache(maxsize=4096)
def _text_cell(text: str) -> Cell:
    """Columns repeat themselves: cells that say the same can be the same."""
    return Cell((Paragraph((Text(text),)),))


# -- places and facts


def _pack_place(place: Place | None) -> list[Any] | None:
    if place is None:
        return None
    box = place.box and [place.box.left, place.box.top, place.box.right, place.box.bottom]
    return [place.page, place.slide, place.sheet, place.line, place.member, box]


def _unpack_place(packed: Sequence[Any] | None) -> Place | None:
    if packed is None:
        return None
    page, slide, sheet, line, member, box = packed
    return Place(page, slide, sheet, line, member, Box(*box) if box else None)


def _pack_facts(facts: Facts) -> dict[str, Any]:
    known = {field.name: value for field in fields(facts) if (value := getattr(facts, field.name)) is not None}
    times = {name: known[name].isoformat() for name in _FACT_TIMES if name in known}
    return known | times | {"properties": dict(facts.properties)}


def _unpack_facts(packed: dict[str, Any]) -> Facts:
    times = {name: datetime.fromisoformat(packed[name]) for name in _FACT_TIMES if name in packed}
    return Facts(**(packed | times))
