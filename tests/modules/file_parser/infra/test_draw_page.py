"""Pages as pictures: their size, their pixels, and the places of a quotation on them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from modules.file_parser.contract import (
    DocumentBroken,
    DocumentEncrypted,
    DocumentTooLarge,
    DocumentUnsupported,
    FileParserError,
)
from modules.file_parser.infra import pictures
from modules.file_parser.infra.catalogue import PLUGINS
from modules.file_parser.infra.draw_page import draw_page
from modules.file_parser.infra.drawing import MAX_HEIGHT, MAX_PIXELS, DrawnPage, drawn_size
from tests.modules.file_parser.documents import portable, texts

_WHITE = b"\xff\xff\xff\xff"


def drawn(data: bytes, name: str = "a.pdf", *, page: int = 1, width: int = 595, mark: str = "") -> DrawnPage:
    return draw_page(data, name, PLUGINS, page=page, width=width, mark=mark)


def pdf_of(draw: Callable[[Canvas], None], size: tuple[float, float] = (200, 100)) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=True)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def pixel(page: DrawnPage, x: int, y: int) -> bytes:
    at = (y * page.width + x) * 4
    return page.pixels[at : at + 4]


def with_red_corner(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(0, 50, 100, 50, stroke=0, fill=1)


def test_pixels_are_blue_green_red_from_the_upper_left_corner() -> None:
    page = drawn(pdf_of(with_red_corner), width=200)
    assert (page.width, page.height, page.page, page.page_count) == (200, 100, 1, 1)
    assert pixel(page, 5, 5) == b"\x00\x00\xff\xff"
    assert pixel(page, 195, 5) == pixel(page, 5, 95) == _WHITE
    assert set(page.pixels[3::4]) == {255}


def test_a_turned_page_is_drawn_as_people_see_it() -> None:
    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        with_red_corner(canvas)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(10, 20, "turned words")

    page = drawn(pdf_of(turned, (100, 200)), width=100, mark="turned words")
    assert (page.width, page.height) == (100, 200)
    assert pixel(page, 95, 5) == b"\x00\x00\xff\xff"
    (mark,) = page.marks
    assert mark.bottom - mark.top > mark.right - mark.left


def test_a_quotation_is_found_whatever_its_blanks_and_divided_words_are() -> None:
    quotation = "rivers  and lakes,\nand how the water in\tthem moves from the HILLS"
    page = drawn(portable.report_pdf(), mark=quotation)
    first, second = page.marks
    # One line under the other, at about 130 and 144 points from the top.
    assert 115 < first.top < first.bottom < second.bottom < 155
    assert first.left > 150
    assert second.left < 75
    box = (int(second.left), int(second.top), int(second.right), int(second.bottom))
    darkest = min(pixel(page, x, y) for x in range(box[0], box[2]) for y in range(box[1], box[3]))
    assert darkest != _WHITE


def test_marks_grow_with_the_picture() -> None:
    (small,) = drawn(portable.report_pdf(), width=595, mark="A second paragraph").marks
    (large,) = drawn(portable.report_pdf(), width=1190, mark="A second paragraph").marks
    assert (large.left, large.right) == pytest.approx((small.left * 2, small.right * 2), abs=3)


def test_a_quotation_that_goes_through_columns_is_marked_in_both() -> None:
    left = ["The keeper lights the lamp", "when evening comes to the bay,"]
    right = ["and nobody on the hills", "sees how the boats return."]

    def columns(canvas: Canvas) -> None:
        for row, (one, other) in enumerate(zip(left, right, strict=True)):
            canvas.drawString(20, 700 - row * 14, one)
            canvas.drawString(320, 700 - row * 14, other)

    marks = drawn(pdf_of(columns, (600, 800)), mark=" ".join([*left, *right])).marks
    assert [mark.left < 300 for mark in marks] == [True, True, False, False]


def test_a_quotation_from_another_page_marks_only_what_is_here() -> None:
    marks = drawn(
        portable.report_pdf(), page=2, mark="and these words stand elsewhere: Chapter 2 is about rivers"
    ).marks
    assert len(marks) == 1


@pytest.mark.parametrize("mark", ["", " \n-", "nothing of this is anywhere on it", "zz"])
def test_what_is_not_on_the_page_is_not_marked(mark: str) -> None:
    assert drawn(portable.report_pdf(), mark=mark).marks == ()


@pytest.mark.parametrize("size", [(14_400, 14_400), (1, 14_400), (14_400, 1), (0.0, 0.0)])
def test_a_picture_stays_small_whatever_the_page_measures(size: tuple[float, float]) -> None:
    width, height = drawn_size(*size, 100_000)
    assert 1 <= width <= 4_000
    assert 1 <= height <= MAX_HEIGHT
    assert width * height <= MAX_PIXELS


def test_a_poster_is_drawn_within_the_limits() -> None:
    page = drawn(pdf_of(with_red_corner, (14_400, 14_400)), width=100_000)
    assert len(page.pixels) == page.width * page.height * 4 <= MAX_PIXELS * 4


@pytest.mark.parametrize(
    ("data", "name", "page", "error"),
    [
        (portable.report_pdf(), "a.pdf", 5, DocumentUnsupported),
        (portable.report_pdf(), "a.pdf", 0, DocumentUnsupported),
        (texts.NOTES_MD.encode(), "notes.md", 1, DocumentUnsupported),
        (portable.encrypted_pdf(), "locked.pdf", 1, DocumentEncrypted),
        (portable.report_pdf()[:300], "cut.pdf", 1, DocumentBroken),
        (b"\x89PNG\r\n\x1a\n", "cut.png", 1, DocumentBroken),
    ],
)
def test_what_cannot_be_drawn_has_its_own_error(
    data: bytes, name: str, page: int, error: type[FileParserError]
) -> None:
    with pytest.raises(error) as caught:
        drawn(data, name, page=page)
    assert caught.value.action


def image_of(kind: str, size: tuple[int, int] = (40, 30), **settings: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, kind, **settings)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_an_image_is_its_own_page(kind: str) -> None:
    page = drawn(image_of(kind), f"a.{kind.lower()}", width=20)
    assert (page.width, page.height, page.page_count) == (20, 15, 1)
    blue, green, red, alpha = pixel(page, 10, 7)
    assert (blue < 20, green < 20, red > 235, alpha) == (True, True, True, 255)


def test_a_photograph_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    page = drawn(image_of("JPEG", exif=exif), "a.jpg", width=30)
    assert (page.width, page.height) == (30, 40)


def test_an_image_has_one_page() -> None:
    with pytest.raises(DocumentUnsupported):
        drawn(image_of("PNG"), "a.png", page=2)


def test_an_image_of_too_many_pixels_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_DECODED_PIXELS", 1_000)
    with pytest.raises(DocumentTooLarge, match="40 times 30"):
        drawn(image_of("PNG"), "a.png")
