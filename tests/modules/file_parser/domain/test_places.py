"""Character ranges point at exactly the words they belong to."""

from __future__ import annotations

from modules.file_parser.contract import (
    Block,
    Cell,
    CodeBlock,
    Heading,
    HorizontalRule,
    Image,
    ListItem,
    Paragraph,
    Place,
    Quote,
    Row,
    Table,
    Text,
    block_text,
    document_text,
)
from modules.file_parser.domain.places import with_ranges


def words(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def spoken(blocks: tuple[Block, ...], text: str) -> list[str]:
    places = [block.place for block in blocks]
    return [text[place.start : place.end] for place in places if place is not None]


def test_every_range_cuts_out_the_blocks_own_text() -> None:
    table = Table((Row((Cell((words("a"), words("b\nc"))), Cell(()))), Row((Cell((words("d"),)),))))
    blocks = with_ranges(
        [Heading(1, (Text("Top"),)), HorizontalRule(), table, CodeBlock("x = 1"), Image(alt="sea"), words("end")]
    )
    text = document_text(blocks)
    assert text == "Top\n\na b c\t\nd\n\nx = 1\n\nsea\n\nend"
    assert spoken(blocks, text) == ["Top", "", "a b c\t\nd", "x = 1", "sea", "end"]


def test_blocks_inside_items_and_quotes_have_ranges_of_their_own() -> None:
    item, quote = with_ranges([ListItem(0, False, (words("one"), words("two"))), Quote((words("three"),))])
    text = document_text([item, quote])
    assert isinstance(item, ListItem)
    assert isinstance(quote, Quote)
    assert spoken(item.blocks, text) == ["one", "two"]
    assert spoken(quote.blocks, text) == [block_text(quote)]


def test_what_the_parser_said_about_the_place_stays() -> None:
    (block,) = with_ranges([Paragraph((Text("x"),), Place(page=3, sheet="A"))])
    assert block.place == Place(page=3, sheet="A", start=0, end=1)
