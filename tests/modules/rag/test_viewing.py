"""A cited place in the text around it and on its page, also when the file is not what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from modkit.db import uuid7
from modules.file_parser.contract import DocumentUnsupported
from modules.rag.contract import Citation, FileNotAtHand, FileNotFound
from tests.modules.file_parser.documents.portable import report_pdf
from tests.modules.rag.rag_support import Workplace

TEXT = """# Garden

Tomatoes need water.

## Roses

Roses are cut in March. They are red.

## Trees

Trees are tall.
"""


@pytest.fixture
async def garden(work: Workplace, docs: Path) -> Workplace:
    (docs / "garden.md").write_text(TEXT)
    (docs / "report.pdf").write_bytes(report_pdf())
    await work.index()
    return work


async def cited(work: Workplace, text: str) -> Citation:
    work.provider.pieces = ("So it is [1].",)
    asked = await work.ask(text)
    return asked.done.citations[0]


async def test_a_sentence_is_shown_in_the_text_around_it_and_on_no_page(garden: Workplace, docs: Path) -> None:
    one = await cited(garden, "When are roses cut?")
    shown = await garden.rag.surroundings(garden.ctx, one.file_id, one.quote_start, one.quote_end)
    assert one.quote == shown.passage == "Roses are cut in March."
    assert shown.before == "Garden\n\nTomatoes need water.\n\nRoses\n\n"
    assert shown.after == " They are red.\n\nTrees\n\nTrees are tall."
    assert (shown.heading_path, shown.page, shown.has_pages) == (("Garden", "Roses"), None, False)
    assert shown.file.path.name == "garden.md"

    # a range over everything, and one behind the end
    whole = await garden.rag.surroundings(garden.ctx, one.file_id, 0, 10_000)
    behind = await garden.rag.surroundings(garden.ctx, one.file_id, 9_000, 9_010)
    assert (whole.before, whole.after) in (("", ""), ("Garden\n\n", ""))
    assert "Trees are tall." in whole.passage
    assert (behind.passage, behind.after) == ("", "")
    assert behind.before.endswith("Trees are tall.")

    with pytest.raises(DocumentUnsupported):
        await garden.rag.page_image(garden.ctx, one.file_id, 1, width=300)

    # also while the file is away
    (docs / "garden.md").unlink()
    shown = await garden.rag.surroundings(garden.ctx, one.file_id, one.char_start, one.char_end)
    assert "Roses are cut" in shown.passage


async def test_the_middle_of_a_long_file_is_shown_with_its_neighbours_only(work: Workplace, docs: Path) -> None:
    paragraphs = [f"Paragraph {number} tells about subject {number}. " + "Words follow. " * 60 for number in range(80)]
    (docs / "long.txt").write_text("\n\n".join(paragraphs))
    await work.index()
    one = await cited(work, "What is told about subject 57?")
    shown = await work.rag.surroundings(work.ctx, one.file_id, one.char_start, one.char_end)
    assert "subject 57." in shown.passage
    assert "subject 56." in shown.before
    assert "subject 58." in shown.after
    assert "subject 40." not in shown.before + shown.after


async def test_a_page_is_drawn_with_the_cited_text_marked_unless_the_file_changed(
    garden: Workplace, docs: Path
) -> None:
    one = await cited(garden, "What does the report say about water?")
    assert one.file_name == "report.pdf"
    assert one.page is not None
    image = await garden.rag.page_image(garden.ctx, one.file_id, one.page, width=300, mark=one.quote)
    assert (image.width, image.page) == (300, one.page)
    assert len(image.pixels) == image.width * image.height * 4
    assert image.marks
    assert (await garden.rag.surroundings(garden.ctx, one.file_id, one.char_start, one.char_end)).has_pages

    (docs / "report.pdf").write_bytes(report_pdf() + b"\n%more")
    with pytest.raises(FileNotAtHand, match="it has changed since it was read"):
        await garden.rag.page_image(garden.ctx, one.file_id, 1, width=300)
    (docs / "report.pdf").unlink()
    with pytest.raises(FileNotAtHand, match="no such file"):
        await garden.rag.page_image(garden.ctx, one.file_id, 1, width=300)


async def test_what_is_not_indexed_is_not_shown(work: Workplace) -> None:
    with pytest.raises(FileNotFound):
        await work.rag.surroundings(work.ctx, uuid7(), 0, 10)
    with pytest.raises(FileNotFound):
        await work.rag.page_image(work.ctx, uuid7(), 1, width=100)
