"""What PDF pages only show: tables, looks, links, notes and code."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table as DrawnTable
from reportlab.platypus import TableStyle

from modules.file_parser.contract import (
    Block,
    CodeBlock,
    Heading,
    Link,
    ListItem,
    Paragraph,
    ParsedDocument,
    Style,
    Table,
    Text,
    block_text,
)
from modules.file_parser.contract.text import row_text
from modules.file_parser.infra.pdf.ruled_grids import ruled_grids
from modules.file_parser.infra.pdf.rulings import Ruling, Rulings
from tests.modules.file_parser.parser_support import parse_here

_ROWS = [
    ["Boat", "Type", "Price"],
    ["Dunlin", "single", "6,900"],
    ["Knot", "single", "6,900"],
    ["Whimbrel", "quad", "9,000"],
]


def drawn(draw: Callable[[Canvas], None]) -> ParsedDocument:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    draw(canvas)
    canvas.save()
    return parse_here(buffer.getvalue(), "a.pdf")


def with_table(rows: Sequence[Sequence[str]], *styles: object, widths: Sequence[float] | None = None) -> ParsedDocument:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 780, "Words above the table that stand alone.")
        table = DrawnTable([list(row) for row in rows], colWidths=widths, style=TableStyle(list(styles)))
        table.wrapOn(canvas, 400, 400)
        table.drawOn(canvas, 72, 600)
        canvas.drawString(72, 560, "Words below the table that stand alone.")

    return drawn(draw)


def only_table(document: ParsedDocument) -> Table:
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return table


def texts(blocks: Sequence[Block]) -> list[str]:
    return [block_text(block) for block in blocks]


GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
WIDE = [120.0, 120.0, 120.0]


def test_a_ruled_table_keeps_its_place_its_rows_and_its_header() -> None:
    document = with_table(_ROWS, GRID)
    table = only_table(document)
    assert [row_text(row) for row in table.rows] == ["\t".join(row) for row in _ROWS]
    assert [row.is_header for row in table.rows] == [True, False, False, False]
    assert texts(document.blocks)[0].startswith("Words above")
    assert texts(document.blocks)[-1].startswith("Words below")
    assert table.place is not None
    assert table.place.box is not None
    assert 65 < table.place.box.left < 80


def test_merged_cells_say_their_text_in_every_place() -> None:
    rows = [["Boat", "Price", ""], ["", "Members", "Guests"], ["Single", "14", "19"]]
    table = only_table(with_table(rows, GRID, ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1))))
    assert [row_text(row) for row in table.rows] == ["Boat\tPrice\tPrice", "Boat\tMembers\tGuests", "Single\t14\t19"]


def test_cells_of_several_lines_are_one_text() -> None:
    rows = [["Boat", "Remark"], ["Dunlin", "was repaired\nin spring"], ["Knot", ""]]
    table = only_table(with_table(rows, GRID))
    assert [row_text(row) for row in table.rows] == ["Boat\tRemark", "Dunlin\twas repaired in spring", "Knot\t"]


def test_narrow_columns_are_divided_where_their_lines_are() -> None:
    rows = [["aaaa", "bbbb"], ["cccc", "dddd"], ["eeee", "ffff"]]
    tight = (("LEFTPADDING", (0, 0), (-1, -1), 1), ("RIGHTPADDING", (0, 0), (-1, -1), 1))
    table = only_table(with_table(rows, GRID, *tight, widths=[26, 26]))
    assert [row_text(row) for row in table.rows] == ["aaaa\tbbbb", "cccc\tdddd", "eeee\tffff"]


def test_columns_without_any_lines_are_a_table() -> None:
    table = only_table(with_table(_ROWS, widths=WIDE))
    assert [row_text(row) for row in table.rows] == ["\t".join(row) for row in _ROWS]


def test_a_bold_header_with_little_white_space_belongs_to_the_table_below_it() -> None:
    rows = [
        ["Squad name", "Outings", "Kilometres"],
        *(["Masters", "4", "7,9"], ["Novice", "2", "2,4"], ["Junior", "3", "2,1"]),
    ]
    table = only_table(
        with_table(rows, ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 10), ("ALIGN", (1, 0), (-1, -1), "RIGHT"))
    )
    assert [row.is_header for row in table.rows] == [True, False, False, False]


def test_a_first_row_of_numbers_is_no_header() -> None:
    table = only_table(with_table([["1", "2"], ["3", "4"], ["5", "6"]], GRID))
    assert not any(row.is_header for row in table.rows)


def test_a_frame_around_words_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 600, 300, 100)
        canvas.drawString(72, 660, "Words in a frame")
        canvas.grid([400, 420, 440], [600, 620, 640])

    assert texts(drawn(draw).blocks) == ["Words in a frame"]


def test_thin_filled_rectangles_are_lines_as_well() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (600, 620, 640):
            canvas.rect(72, y, 200, 0.5, stroke=0, fill=1)
        for x in (72, 172, 272):
            canvas.rect(x, 600, 0.5, 40, stroke=0, fill=1)
        for x, y, word in ((80, 626, "A"), (180, 626, "B"), (80, 606, "C"), (180, 606, "D")):
            canvas.drawString(x, y, word)

    assert [row_text(row) for row in only_table(drawn(draw)).rows] == ["A\tB", "C\tD"]


def test_a_table_may_be_open_at_its_sides() -> None:
    lines = Rulings([Ruling(y, 0, 100) for y in (0, 20, 40)], [Ruling(50, 0, 40)])
    (grid,) = ruled_grids(lines)
    assert list(grid.columns) == [0, 50, 100]
    inside = {x: grid.cell_at(x, 10) for x in (10, 60, -5)}
    assert inside == {10: 0, 60: 1, -5: None}


def test_a_grid_of_which_nearly_all_is_merged_is_a_drawing() -> None:
    columns = [Ruling(x * 10.0, 0, 4) for x in range(1, 20)]
    assert ruled_grids(Rulings([Ruling(y * 20.0, 0, 200) for y in range(6)], [*columns, Ruling(0, 0, 100)])) == []


@pytest.mark.parametrize("count", [400, 40_000])
def test_a_drawing_of_very_many_lines_is_no_table(count: int) -> None:
    lines = Rulings([Ruling(y * 5.0, 0, 100) for y in range(count)], [Ruling(50, 0, 40)])
    assert ruled_grids(lines) == []


def test_bold_and_italic_words_are_kept_without_the_marks_behind_them() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, 700)
        for font, words in (
            ("Roman", "a notice of "),
            ("Bold", "six months"),
            ("Roman", ", but "),
            ("Italic", "not"),
            ("Roman", " now"),
        ):
            text.setFont(f"Times-{font}", 12)
            text.textOut(words)
        canvas.drawText(text)

    (paragraph,) = drawn(draw).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines == (
        Text("a notice of "),
        Text("six months", Style(bold=True)),
        Text(", but "),
        Text("not", Style(italic=True)),
        Text(" now"),
    )


def test_a_link_over_two_lines_is_one() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Its text is found on the pages of")
        canvas.drawString(72, 686, "the Harbour Board and elsewhere.")
        width = canvas.stringWidth("Its text is found ", "Helvetica", 12)
        canvas.linkURL("https://example.org/rules", (72 + width, 697, 400, 712))
        canvas.linkURL(
            "https://example.org/rules", (72, 683, 72 + canvas.stringWidth("the Harbour Board", "Helvetica", 12), 697)
        )
        canvas.bookmarkPage("here")
        canvas.linkRect("", "here", (72, 500, 100, 520))

    (paragraph,) = drawn(draw).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines == (
        Text("Its text is found "),
        Link("on the pages of the Harbour Board", "https://example.org/rules"),
        Text(" and elsewhere."),
    )


def noted(canvas: Canvas) -> None:
    text = canvas.beginText(72, 700)
    text.setFont("Times-Roman", 12)
    text.textOut("The deposit is paid")
    text.setFont("Times-Roman", 7)
    text.setRise(5)
    text.textOut("1")
    text.setRise(0)
    text.setFont("Times-Roman", 12)
    text.textOut(" at once, for 2 years.")
    canvas.drawText(text)
    canvas.setFont("Times-Roman", 8)
    canvas.drawString(72, 100, "1 It bears interest, which is")
    canvas.drawString(72, 90, "paid out at the end.")
    canvas.setFont("Times-Roman", 12)
    canvas.drawString(72, 600, "The text goes on, and says more than its note does.")


def test_a_note_stands_behind_the_text_with_its_mark() -> None:
    assert texts(drawn(noted).blocks) == [
        "The deposit is paid[1] at once, for 2 years.",
        "The text goes on, and says more than its note does.",
        "[1] It bears interest, which is paid out at the end.",
    ]


def test_lines_of_fixed_width_are_code() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 700, "The log is read with this function:")
        canvas.setFont("Courier", 11)
        for line, words in enumerate(("def read(log):", "    return log")):
            canvas.drawString(72 + (len(words) - len(words.lstrip())) * 6.6, 680 - line * 13, words.lstrip())

    assert (
        next(block for block in drawn(draw).blocks if isinstance(block, CodeBlock)).code
        == "def read(log):\n    return log"
    )


def test_headings_and_items_lose_looks_and_marks_but_no_words() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawString(72, 740, "What to bring")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 700, "All of this is needed on the first evening by everybody.")
        text = canvas.beginText(72, 680)
        text.setFont("Helvetica", 11)
        text.textOut("1. Your ")
        text.setFont("Helvetica-Bold", 11)
        text.textOut("certificate")
        canvas.drawText(text)

    heading, _, item = drawn(draw).blocks
    assert isinstance(heading, Heading)
    assert heading.inlines == (Text("What to bring"),)
    assert isinstance(item, ListItem)
    (paragraph,) = item.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines == (Text("Your "), Text("certificate", Style(bold=True)))
