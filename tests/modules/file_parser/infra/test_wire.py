"""Whatever a parser gives arrives as it was; whatever a child that was taken over sends does not."""

from __future__ import annotations

from datetime import UTC, datetime

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.file_parser.contract import (
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
    block_text,
)
from modules.file_parser.domain.pieces import Facts, MoreRows, Note, PageWithoutText, Piece, TextRows
from modules.file_parser.infra.wire import pack, unpack

STYLES = st.builds(Style, *[st.booleans()] * 5)
WORDS = st.text(max_size=10)
INLINES: st.SearchStrategy[tuple[Inline, ...]] = st.lists(
    st.one_of(
        st.builds(Text, WORDS, STYLES), st.builds(Link, WORDS, WORDS, STYLES), st.builds(InlineCode, WORDS, STYLES)
    ),
    max_size=3,
).map(tuple)
COUNT = st.integers(0, 1_000)
MAYBE = st.none() | WORDS
BOXES = st.builds(Box, *[st.floats(0, 1_000)] * 4)
PLACES = st.none() | st.builds(Place, COUNT, COUNT, MAYBE, COUNT, MAYBE, st.none() | BOXES)
SIMPLE: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, COUNT, INLINES, PLACES),
    st.builds(Paragraph, INLINES, PLACES),
    st.builds(CodeBlock, WORDS, MAYBE, PLACES),
    st.builds(Image, MAYBE, MAYBE, MAYBE, PLACES),
    st.builds(HorizontalRule, PLACES),
    st.builds(PageBreak, PLACES),
)
MANY = st.lists(SIMPLE, max_size=3).map(tuple)
ROWS = st.lists(st.builds(Row, st.lists(st.builds(Cell, MANY), max_size=3).map(tuple), st.booleans()), max_size=3)
PIECES: st.SearchStrategy[Piece] = st.one_of(
    SIMPLE,
    st.builds(ListItem, COUNT, st.booleans(), MANY, PLACES),
    st.builds(Quote, MANY, PLACES),
    st.builds(Table, ROWS.map(tuple), PLACES),
    st.builds(MoreRows, ROWS.map(tuple)),
    st.builds(PageWithoutText, COUNT),
    st.builds(Note, WORDS),
    st.builds(Facts, title=MAYBE, page_count=COUNT, created_at=st.just(datetime(2024, 1, 31, tzinfo=UTC))),
)


@given(PIECES)
def test_a_piece_arrives_as_it_was(piece: Piece) -> None:
    assert unpack(msgpack.unpackb(msgpack.packb(pack(piece)))) == piece


def test_rows_of_text_arrive_as_a_table_and_more_rows() -> None:
    place = Place(sheet="A")
    table = unpack(pack(TextRows([["a", "b\nc"], ["d", ""]], begins=True, place=place)))
    more = unpack(pack(TextRows([["e"]], begins=False)))
    assert isinstance(table, Table)
    assert isinstance(more, MoreRows)
    assert (table.place, [row.is_header for row in table.rows]) == (place, [True, False])
    assert (block_text(table), block_text(Table(more.rows))) == ("a\tb c\nd\t", "e")


@pytest.mark.parametrize(
    "packed",
    [
        [],
        ["x", None],
        ["p", None],
        ["p", [1], "x"],
        ["l", None, 0, True, [["note", None, "x"]]],
        ["h", None, "x", 3],
        7,
    ],
)
def test_nonsense_is_refused(packed: object) -> None:
    with pytest.raises(DocumentBroken, match="nonsense"):
        unpack(packed)  # type: ignore[arg-type]  # that is what it is about
