"""Question sets from files: what is taken, and what is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from hyperspot_desktop.cli.question_file import MAX_BYTES, read_question_set
from modules.rag.contract import EvalQuestion, Expected, InvalidQuestionSet

YAML = """
name: rent
questions:
  - question: How high is the rent?
    expected: [lease.pdf, {file: terms.pdf, text: 940 euros}]
  - question: Who is the landlord?
    expected: lease.pdf
"""


def test_yaml_with_files_and_passages(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(YAML)
    found = read_question_set(path, "C", None)
    assert (found.name, found.collection) == ("rent", "C")
    assert found.questions == (
        EvalQuestion("How high is the rent?", (Expected("lease.pdf"), Expected("terms.pdf", "940 euros"))),
        EvalQuestion("Who is the landlord?", (Expected("lease.pdf"),)),
    )
    assert read_question_set(path, "C", "mine").name == "mine"


def test_json_without_a_name_is_named_after_its_file(tmp_path: Path) -> None:
    path = tmp_path / "basics.json"
    path.write_text('[{"text": "Why?", "expected": [{"path": "a.md"}]}]')
    found = read_question_set(path, "C", None)
    assert (found.name, found.questions) == ("basics", (EvalQuestion("Why?", (Expected("a.md"),)),))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"questions: 3", "it has no list of questions"),
        (b"just words", "it has no list of questions"),
        (b"[{expected: a.md}]", "question 1 has no text"),
        (b"[3]", "question 1 has no text"),
        (b"[{question: Why}]", "question 1 does not say what it should find"),
        (b"[{question: Why, expected: [{place: a}]}]", "question 1 does not say what it should find"),
        (b"a: [", "is neither YAML nor JSON"),
        (b"\xff\xfe\x00", "is neither YAML nor JSON"),
        (b"!!python/object/apply:os.system [true]", "is neither YAML nor JSON"),
        (b" " * (MAX_BYTES + 1), "it is larger than 16 MiB"),
    ],
)
def test_what_is_no_question_set_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "set.yaml"
    path.write_bytes(content)
    with pytest.raises(InvalidQuestionSet, match=why):
        read_question_set(path, "C", None)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidQuestionSet, match=r"none\.yaml cannot be read"):
        read_question_set(tmp_path / "none.yaml", "C", None)
