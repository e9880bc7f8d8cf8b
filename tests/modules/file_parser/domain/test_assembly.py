"""Pieces become one document."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from modules.file_parser.contract import DocumentEmpty, HorizontalRule, Table, Uploaded, block_text
from modules.file_parser.domain.assembly import Assembly
from modules.file_parser.domain.pieces import Facts, MoreRows, Note, PageWithoutText
from modules.file_parser.infra.inlines import paragraph
from modules.file_parser.infra.tables import text_row
from tests.modules.file_parser.parser_support import SOME_ID

SOURCE = Uploaded("a.txt")


def test_later_rows_join_the_table_before_them() -> None:
    assembly = Assembly()
    assembly.add([MoreRows((text_row(["nobody's"]),)), paragraph("x"), Table((text_row(["1"]),))])
    assembly.add([Note("n"), MoreRows((text_row(["2"]),)), MoreRows((text_row(["3"]),)), paragraph("y")])
    document = assembly.document(SOME_ID, SOURCE, "a.txt")
    assert [block_text(block) for block in document.blocks] == ["x", "1\n2\n3", "y"]


def test_facts_add_up_and_later_ones_win() -> None:
    assembly = Assembly()
    moment = datetime(2024, 1, 31, tzinfo=UTC)
    assembly.add([Facts(title="one", author="Ada", properties={"a": "1"}), Facts(title="two", created_at=moment)])
    assembly.add([Facts(page_count=3, properties={"b": "2"}), paragraph("x"), Note("n"), Note("n")])
    document = assembly.document(SOME_ID, SOURCE, "a.txt")
    assert (document.title, document.meta.author, document.meta.created_at) == ("two", "Ada", moment)
    assert (document.page_count, document.notes) == (3, ("n",))
    assert document.meta.properties == {"a": "1", "b": "2"}


def test_a_document_without_a_title_has_its_files_name() -> None:
    assembly = Assembly()
    assembly.add([paragraph("x")])
    assert assembly.document(SOME_ID, SOURCE, "a.txt").title == "a.txt"


def test_pages_without_text_are_no_empty_document() -> None:
    assembly = Assembly()
    assembly.add([PageWithoutText(2)])
    document = assembly.document(SOME_ID, SOURCE, "a.pdf")
    assert document.needs_ocr
    assert document.pages_without_text == (2,)


def test_a_document_without_any_word_is_empty() -> None:
    assembly = Assembly()
    assembly.add([HorizontalRule(), Facts(title="t")])
    with pytest.raises(DocumentEmpty, match=r"no text in a\.txt"):
        assembly.document(SOME_ID, SOURCE, "a.txt")
