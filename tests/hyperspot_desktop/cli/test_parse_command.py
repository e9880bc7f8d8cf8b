"""``hyperspot parse``, the real program in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.modules.file_parser.documents.samples import SAMPLES
from tests.support.program import Program


@pytest.fixture
def program(home: Path) -> Program:
    return Program(home)


def test_a_document_is_printed_as_markdown_and_its_notes_beside_it(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(SAMPLES["report.pdf"]())
    done = program.run("parse", str(path))
    assert done.code == 0, done.err
    assert done.out.startswith("# Report on water\n")
    assert "only character recognition could read them: page 4." in done.err


def test_json_has_every_block_and_on_request_the_markdown(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes(SAMPLES["notes.md"]())
    answer = program.type("parse", str(path), "--json", "--markdown").json
    assert answer["document"]["blocks"][0]["type"] == "heading"
    assert answer["markdown"].startswith("# Notes on tea\n")


def test_a_document_that_cannot_be_read_is_a_sentence_and_a_code(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(b"no pdf")
    done = program.type("parse", str(path))
    assert (done.code, done.out) == (2, "")
    assert "locked.pdf is not a PDF file, although it is called one." in done.err
    assert program.type("parse", str(tmp_path / "missing.txt")).code == 3
