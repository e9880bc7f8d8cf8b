"""Corners of single formats that no sample has."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest

from modules.file_parser.contract import Box, DocumentBroken, document_text
from modules.file_parser.contract.text import row_text
from modules.file_parser.infra.pdf.dates import pdf_moment
from modules.file_parser.infra.pdf.headings import HeadingScale
from modules.file_parser.infra.pdf.paragraphs import page_blocks
from modules.file_parser.infra.pdf.reading_order import in_reading_order
from modules.file_parser.infra.pdf.segment import Page, Segment
from modules.file_parser.infra.rich_text.charsets import Charsets
from tests.modules.file_parser.documents.samples import SAMPLES
from tests.modules.file_parser.parser_support import parse_here


def segment(text: str, row: int, left: float = 72.0) -> Segment:
    return Segment(text, Box(left, row * 12.0, left + len(text) * 5, row * 12.0 + 10), 10.0, row)


def text_of(data: bytes, name: str) -> str:
    return document_text(parse_here(data, name).blocks)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("D:20240131120000+01'00'", datetime(2024, 1, 31, 12, tzinfo=timezone(timedelta(hours=1)))),
        ("D:20240131120000-0230", datetime(2024, 1, 31, 12, tzinfo=timezone(-timedelta(hours=2, minutes=30)))),
        ("D:2024", datetime(2024, 1, 1, tzinfo=UTC)),
        ("20240131120000Z", datetime(2024, 1, 31, 12, tzinfo=UTC)),
        ("D:20249931", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_times_in_pdf_files_are_as_precise_as_they_say(text: str | None, moment: datetime | None) -> None:
    assert pdf_moment(text) == moment


def test_cells_beside_each_other_are_a_table_and_no_columns() -> None:
    cells = [segment(f"cell {row}{side}", row, left) for row in range(6) for side, left in (("a", 72.0), ("b", 300.0))]
    (table,) = in_reading_order(Page(800.0, cells))
    assert row_text(table.rows[1]) == "cell 1a\tcell 1b"


def test_two_rows_of_cells_are_lines_of_text() -> None:
    cells = [segment(f"cell {row}{side}", row, left) for row in range(2) for side, left in (("a", 72.0), ("b", 300.0))]
    assert [one.text for one in in_reading_order(Page(800.0, cells))] == ["cell 0a cell 0b", "cell 1a cell 1b"]


def test_marks_of_a_list_are_no_column() -> None:
    items = [segment(text, row, left) for row in range(5) for text, left in ((f"{row}.", 72.0), ("some words", 100.0))]
    assert next(one.text for one in in_reading_order(Page(800.0, items))) == "0. some words"


def test_words_divided_at_the_end_of_a_line_are_whole_again() -> None:
    lines = [segment("The wa-", 0), segment("ter of the X-", 1), segment("Ray", 2)]
    assert document_text(page_blocks(lines, 1, HeadingScale([lines]))) == "The water of the X- Ray"


def test_an_indented_line_begins_a_paragraph() -> None:
    lines = [segment("First line of it", 0), segment("and its second", 1), segment("Another one", 2, 90.0)]
    blocks = list(page_blocks(lines, 1, HeadingScale([lines])))
    assert document_text(blocks) == "First line of it and its second\n\nAnother one"


def test_a_page_that_declares_its_encoding_is_believed_if_that_is_true() -> None:
    page = "<html><meta charset='{}'><p>Größe</p>"
    assert text_of(page.format("iso-8859-1").encode("latin-1"), "a.html") == "Größe"
    assert text_of(page.format("ascii").encode(), "a.html") == "Größe"
    assert text_of(page.format("no-such").encode(), "a.html") == "Größe"


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (b"Content-Type: text/plain; charset=no-such", "Größe".encode(), "Größe"),
        (b"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit", b"Gr\xf6\xdfe", "Größe"),
        (b"Content-Type: text/plain", "Größe".encode(), "Größe"),
        (b"Date: the day before\nContent-Type: text/plain", b"words", "Date: the day before\n\nwords"),
        (b"Content-Type: multipart/mixed; boundary=x", b"--x\n\nwords\n--x--", "words"),
    ],
)
def test_odd_messages_are_read(head: bytes, body: bytes, text: str) -> None:
    assert text_of(b"Subject: Odd\n" + head + b"\n\n" + body, "a.eml") == text


@pytest.mark.parametrize(
    ("head", "codec"),
    [(rb"\ansicpg1251", "cp1251"), (rb"\ansicpg99999", "cp1252"), (rb"{\fonttbl{\f3\fcharset128 X;}}", "cp932")],
)
def test_rich_text_knows_its_code_page(head: bytes, codec: str) -> None:
    assert Charsets(rb"{\rtf1" + head).of(3) == codec


@pytest.mark.parametrize("day", [b"\\yr2024\\mo13\\dy1", b"\\yr0\\mo0\\dy0"])
def test_an_impossible_day_is_no_day(day: bytes) -> None:
    document = parse_here(rb"{\rtf1{\info{\creatim" + day + rb"}}words\par}", "a.rtf")
    assert document.meta.created_at is None


def test_a_list_of_any_other_shape_in_front_of_markdown_is_no_fact() -> None:
    document = parse_here(b"---\n- a\n- b\n---\nwords\n", "a.md")
    assert (document.title, text_of(b"---\n[: {\n---\nwords\n", "a.md")) == ("a.md", "words")


def test_damage_inside_a_packed_document_is_damage() -> None:
    data = bytearray(SAMPLES["garden.odt"]())
    data[38:60] = b"\xff" * 22
    with pytest.raises(DocumentBroken):
        parse_here(bytes(data), "garden.odt")


def test_no_library_that_reads_foreign_bytes_is_imported_outside_the_child() -> None:
    foreign = {"lxml", "pypdfium2", "python_calamine", "selectolax", "charset_normalizer"}
    code = f"import sys, modules.file_parser.module; print(sorted({foreign!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
