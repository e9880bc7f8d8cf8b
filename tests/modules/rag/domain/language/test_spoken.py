"""The language of a question, as far as the program itself can answer in it."""

from __future__ import annotations

import pytest

from modules.rag.domain.language.spoken import Language, language_of


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How much is the rent?", "en"),
        ("rent", "en"),
        ("", "en"),
        ("12 / 7?", "en"),
        ("Wann wurde das Bootshaus gebaut?", "de"),
        ("Wie hoch ist die Miete?", "de"),
        ("Was kostet der Strom?", "de"),
        ("Who is in the Landtag?", "en"),
        ("Was the boathouse built in May?", "en"),
        ("租金是多少？", "zh"),
        ("家賃はいくらですか", "en"),
        ("Quel est le loyer ?", "en"),
    ],
)
def test_the_program_speaks_the_language_of_the_question(question: str, expected: Language) -> None:
    assert language_of(question) == expected
