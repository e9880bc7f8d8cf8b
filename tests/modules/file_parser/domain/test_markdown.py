"""Markdown comes out byte for byte as the HTTP interface promises it."""

from __future__ import annotations

from pathlib import Path

import pytest

from modules.file_parser.contract import (
    Block,
    Cell,
    CodeBlock,
    DocumentMeta,
    Heading,
    HorizontalRule,
    Image,
    InlineCode,
    Link,
    ListItem,
    LocalPath,
    PageBreak,
    Paragraph,
    ParsedDocument,
    Quote,
    Row,
    Style,
    Table,
    Text,
)
from modules.file_parser.domain.markdown import render, render_block, render_parts
from tests.modules.file_parser.parser_support import SOME_ID

WORDS = Paragraph((Text("words"),))


def row(*texts: str, header: bool = False) -> Row:
    return Row(tuple(Cell((Paragraph((Text(text),)),)) for text in texts), header)


@pytest.mark.parametrize(
    ("block", "markdown"),
    [
        (Heading(2, (Text("Title"),)), "## Title\n\n"),
        (Heading(0, (Text("Low"),)), "# Low\n\n"),
        (Heading(9, (Text("High"),)), "###### High\n\n"),
        (WORDS, "words\n\n"),
        (Paragraph((Text("a\tb\nc * _ |"),)), "a\tb\nc * _ |\n\n"),
        (ListItem(0, False, (WORDS,)), "- words\n"),
        (ListItem(2, True, (WORDS,)), "    1. words\n"),
        (ListItem(1, False, (WORDS, WORDS)), "  - words\n     words\n"),
        (CodeBlock("x = 1", "py"), "```py\nx = 1\n```\n\n"),
        (CodeBlock("x = 1\n"), "```\nx = 1\n```\n\n"),
        (Quote((WORDS, WORDS)), "> words\n> \n> words\n> \n\n"),
        (HorizontalRule(), "---\n\n"),
        (Image("alt", "title", "src"), '![alt](src "title")\n\n'),
        (Image(), "![]()\n\n"),
        (PageBreak(), "\n\n---\n\n"),
    ],
)
def test_each_kind_of_block_has_its_form(block: Block, markdown: str) -> None:
    assert render_block(block) == markdown


@pytest.mark.parametrize(
    ("inline", "markdown"),
    [
        (Text("x", Style(bold=True)), "**x**"),
        (Text("x", Style(italic=True, bold=True)), "***x***"),
        (Text("x", Style(True, True, True, True, True)), "`***__~~x~~__***`"),
        (Link("x", "to", Style(bold=True)), "[**x**](to)"),
        (InlineCode("x", Style(strike=True)), "`~~x~~`"),
    ],
)
def test_looks_are_wrapped_from_the_inside_out(inline: Text | Link | InlineCode, markdown: str) -> None:
    assert render_block(Paragraph((inline,))) == f"{markdown}\n\n"


def test_a_table_begins_with_its_header_row() -> None:
    table = Table((row("A", "B", header=True), row("1", "2")))
    assert render_block(table) == "| A | B |\n| --- | --- |\n| 1 | 2 |\n\n\n"


def test_a_first_row_that_is_no_header_is_repeated_as_data() -> None:
    assert render_block(Table((row("1", "2"),))) == "| 1 | 2 |\n| --- | --- |\n| 1 | 2 |\n\n\n"


def test_the_first_row_decides_how_many_columns_there_are() -> None:
    table = Table((row("A", "B", header=True), row("1"), row("1", "2", "3")))
    assert render_block(table) == "| A | B |\n| --- | --- |\n| 1 |  |\n| 1 | 2 |\n\n\n"


def test_cells_are_trimmed_joined_and_escaped() -> None:
    cell = Cell((Paragraph((Text(" a|b "),)), Paragraph((Text("c\\d"),))))
    assert render_block(Table((Row((cell,), True),))) == "| a\\|b<br/>c\\\\d |\n| --- |\n\n\n"


def test_an_empty_table_leaves_its_line_feeds_only() -> None:
    assert render_block(Table(())) == "\n\n"


def test_the_header_names_what_is_known_in_a_fixed_order() -> None:
    meta = DocumentMeta(LocalPath(Path("a.txt")), original_filename="a.txt", content_type="text/plain")
    document = ParsedDocument(SOME_ID, meta, (WORDS,), title="My *title*", language="en")
    expected = "# My *title*\n\n---\nlanguage: en\nfilename: a.txt\ncontent-type: text/plain\n---\n\n"
    assert list(render_parts(document)) == [expected, "words\n\n"]


def test_without_facts_there_is_no_header() -> None:
    assert render(ParsedDocument(SOME_ID, DocumentMeta(LocalPath(Path("a"))), (WORDS,))) == "words\n\n"
