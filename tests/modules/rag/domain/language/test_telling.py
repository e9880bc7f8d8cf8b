"""What a text is about, sentence by sentence."""

from __future__ import annotations

import pytest

from modules.rag.domain.language.sentences import sentences
from modules.rag.domain.language.telling import numbers, shared, telling


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("How high is the lighthouse?", {"high", "lighthouse"}),
        ("Wie hoch ist die Miete?", {"hoch", "miete"}),
        ("The fee is 1,250.50 EUR", {"fee", "1250.50", "eur"}),
        ("1.250 und 3,5", {"1250", "3.5"}),
        ("租金是多少", {"租金", "金是", "是多", "多少"}),
        ("is it or not", set()),
    ],
)
def test_telling_words_are_those_a_text_is_about(text: str, words: set[str]) -> None:
    assert telling(text) == words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("leases", "lease", True),
        ("dog", "dogs", True),
        ("built", "build", True),
        ("Verträge", "Vertrages", True),
        ("car", "carpet", False),
        ("1874", "1875", False),
        ("1874", "18741", False),
        ("house", "hotel", False),
    ],
)
def test_forms_of_a_word_are_one_and_numbers_are_not(one: str, other: str, same: bool) -> None:
    assert bool(shared(telling(one), telling(other))) is same


def test_numbers_are_the_same_however_their_digits_are_grouped() -> None:
    assert numbers("1,250 and 3.5") == numbers("1.250, 3,5") == {"1250", "3.5"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is high. Very high! Is it? Yes", ["It is high.", "Very high!", "Is it?", "Yes"]),
        (
            "Dr. Berg pays 3.5 percent, e.g. in May. Then less.",
            ["Dr. Berg pays 3.5 percent, e.g. in May.", "Then less."],
        ),
        ("A line that\ngoes on. New\nLine", ["A line that\ngoes on.", "New", "Line"]),
        ("Name | Rent\nJuist | 900", ["Name | Rent", "Juist | 900"]),
        ("租金是九百欧元。狗可以养。", ["租金是九百欧元。", "狗可以养。"]),
        ("1. First point\n2. Second point", ["1. First point", "2. Second point"]),
        ("  \n ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert cut(text) == expected
