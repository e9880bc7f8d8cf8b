"""The normalised text of a document, which character ranges count in."""

from __future__ import annotations

from collections.abc import Iterable

from modules.file_parser.contract.blocks import (
    Block,
    CodeBlock,
    Heading,
    Image,
    ListItem,
    Paragraph,
    Quote,
    Row,
    Table,
    TextRow,
)

BLOCK_SEPARATOR = "\n\n"


def document_text(blocks: Iterable[Block]) -> str:
    """The text of all blocks, an empty line between any two; blocks without text leave no trace."""
    return BLOCK_SEPARATOR.join(filter(None, map(block_text, blocks)))


def block_text(block: Block) -> str:
    """The words of one block without any markup: rows are lines, their cells divided by tabs."""
    match block:
        case Heading() | Paragraph():
            inlines = block.inlines
            return inlines[0].text if len(inlines) == 1 else "".join(inline.text for inline in inlines)
        case CodeBlock():
            return block.code
        case ListItem() | Quote():
            return "\n".join(filter(None, map(block_text, block.blocks)))
        case Table():
            return "\n".join(map(row_text, block.rows))
        case Image():
            return block.alt or ""
        case _:
            return ""


def row_text(row: Row) -> str:
    """One line, as ``block_text`` has it in a table."""
    if isinstance(row, TextRow):
        return "\t".join(row.texts)
    return "\t".join(" ".join(map(block_text, cell.blocks)).replace("\n", " ") for cell in row.cells)
