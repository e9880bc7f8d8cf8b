"""One real document of every format: its Markdown was looked at by a person and is kept in golden/."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image as PillowImage

from modules.file_parser.contract import (
    Block,
    CodeBlock,
    Heading,
    Image,
    ListItem,
    Paragraph,
    ParsedDocument,
    Place,
    Table,
    block_text,
    document_text,
    document_to_plain,
)
from modules.file_parser.domain.markdown import render
from tests.modules.file_parser.documents import pictures, portable, word
from tests.modules.file_parser.documents.samples import SAMPLES
from tests.modules.file_parser.parser_support import GOLDEN, parse_here

SAMPLE_FILES = Path(__file__).resolve().parents[4] / "resources" / "samples"


def parsed(name: str) -> ParsedDocument:
    return parse_here(SAMPLES[name](), name)


def place_of(document: ParsedDocument, text: str) -> Place:
    found = next(block for block in document.blocks if text in block_text(block))
    assert found.place is not None
    return found.place


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_of_every_format_keeps_its_structure(name: str) -> None:
    golden = (GOLDEN / f"{name.replace('.', '_')}.md").read_text(encoding="utf-8")
    assert render(parsed(name)) == golden


@pytest.mark.parametrize("name", SAMPLES)
def test_every_block_knows_its_character_range(name: str) -> None:
    document = parsed(name)
    text = document_text(document.blocks)
    cut = [text[block.place.start : block.place.end] for block in document.blocks if block.place is not None]
    assert cut == [block_text(block) for block in document.blocks]


def test_pdf_blocks_know_page_and_box() -> None:
    place = place_of(parsed("report.pdf"), "second paragraph")
    assert place.page == 1
    assert place.box is not None
    # The text begins 72 points from the left, and about 170 from the top of the page.
    assert (round(place.box.left), 155 < place.box.top < place.box.bottom < 176) == (72, True)


def test_the_left_column_is_read_before_the_right_one() -> None:
    text = document_text(parsed("columns.pdf").blocks)
    lines = [*portable.LEFT_COLUMN, *portable.RIGHT_COLUMN]
    assert sorted(lines, key=text.index) == lines


def test_a_pdf_page_without_text_needs_recognition() -> None:
    document = parsed("report.pdf")
    assert (document.page_count, document.pages_without_text, document.needs_ocr) == (4, (4,), True)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("plan.pptx", "Year", ("slide", 2)),
        ("budget.xlsx", "Rent", ("sheet", "Budget")),
        ("small.epub", "dark", ("member", "OEBPS/one.xhtml")),
        ("mixed.zip", "Deep words", ("member", "inner.zip/deep.txt")),
        ("lease.eml", "Kitchen", ("member", "rooms.csv")),
        ("module.py", "function_2", ("line", 23)),
        ("notes.md", "not coffee", ("line", 18)),
        ("manual.rst", "make install", ("line", 10)),
        ("log.txt", "Second", ("line", 5)),
    ],
)
def test_other_formats_say_where_a_block_stands(name: str, text: str, expected: tuple[str, object]) -> None:
    assert getattr(place_of(parsed(name), text), expected[0]) == expected[1]


def test_facts_of_an_office_document_are_found() -> None:
    meta = parsed("report.docx").meta
    assert (meta.author, meta.created_at, meta.modified_at) == (
        "Ada Berg",
        datetime(2024, 1, 31, 10, tzinfo=UTC),
        datetime(2024, 2, 1, 11, 30, tzinfo=UTC),
    )


def test_the_plain_form_is_that_of_the_http_interface() -> None:
    plain = document_to_plain(parsed("report.docx"))
    kinds = {block["type"] for block in plain["blocks"]}
    assert kinds >= {"heading", "paragraph", "list_item", "table", "quote", "code_block", "page_break", "image"}
    assert plain["meta"]["source"] == {"type": "uploaded", "original_name": "report.docx"}
    assert plain["blocks"][1]["inlines"][1] == {"type": "text", "text": "bright", "style": {"bold": True}}
    assert plain["blocks"][0]["place"] == {"start": 0, "end": 9}


def test_boxes_and_code_are_plain_lists_and_text() -> None:
    blocks = document_to_plain(parsed("report.pdf"))["blocks"]
    assert len(blocks[0]["place"]["box"]) == 4
    assert document_to_plain(parsed("page.html"))["blocks"][2]["inlines"][-2]["type"] == "code"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (pictures.png(), "a.png"),
        (pictures.gif(), "a.gif"),
        (pictures.jpeg(), "a.jpeg"),
        (pictures.webp(b"VP8X"), "a.webp"),
        (pictures.webp(b"VP8L"), "a.webp"),
        (pictures.webp(b"VP8 "), "a.webp"),
    ],
)
def test_an_image_is_one_block_with_its_size(data: bytes, name: str) -> None:
    document = parse_here(data, name)
    assert [type(block) for block in document.blocks] == [Image]
    assert document.meta.properties == {"width": "40", "height": "30"}
    assert document.needs_ocr


def test_an_image_says_what_its_camera_noted() -> None:
    document = parse_here((SAMPLE_FILES / "boathouse.jpg").read_bytes(), "boathouse.jpg")
    meta = document.meta
    assert (meta.author, meta.created_at) == ("Nadia Petrova", datetime(2026, 3, 28, 10, 15, tzinfo=UTC))
    assert (meta.properties["camera"], meta.properties["position"]) == ("Halcyon H-20", "54.3127, -3.0412")
    assert block_text(document.blocks[1]) == "The boathouse of Tern Island in spring"


def test_notes_of_a_camera_that_make_no_sense_are_left_out() -> None:
    image = PillowImage.new("RGB", (4, 3))
    exif = PillowImage.Exif()
    exif[0x0132] = "yesterday"
    exif.get_ifd(0x8825)[2] = (91.0, 0.0, 0.0)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    meta = parse_here(buffer.getvalue(), "a.jpg").meta
    assert (meta.created_at, meta.properties) == (None, {"width": "4", "height": "3"})


def test_word_headings_may_be_set_on_the_paragraph_itself() -> None:
    body = '<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>Third</w:t></w:r></w:p>'
    assert_kinds(parse_here(word.docx_of(body), "a.docx").blocks[:1], Heading)


def test_a_paragraph_taken_out_of_its_list_is_none_of_its_items() -> None:
    item = '<w:p><w:pPr><w:pStyle w:val="Listed"/>{}</w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
    body = item.format("") + item.format('<w:numPr><w:numId w:val="0"/></w:numPr>')
    assert_kinds(parse_here(word.docx_of(body), "a.docx").blocks[:2], ListItem, Paragraph)


def test_long_files_of_code_are_cut_between_definitions() -> None:
    blocks = parsed("module.py").blocks
    assert_kinds(blocks[:4], Heading, CodeBlock, Heading, CodeBlock)


def test_a_table_in_a_page_has_its_header_row_marked() -> None:
    table = next(block for block in parsed("page.html").blocks if isinstance(block, Table))
    assert [row.is_header for row in table.rows] == [True, False, False]


def assert_kinds(blocks: tuple[Block, ...], *kinds: type[Block]) -> None:
    assert [type(block) for block in blocks] == list(kinds)
