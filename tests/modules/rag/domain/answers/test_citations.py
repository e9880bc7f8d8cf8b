"""Citations in streamed text, however it is cut into pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.rag.domain.answers.citations import CitationFilter


def shown(pieces: list[str], passages: int) -> tuple[str, tuple[int, ...]]:
    checked = CitationFilter(passages)
    text = "".join([*map(checked.feed, pieces), checked.end()])
    return text, checked.cited


@pytest.mark.parametrize(
    ("text", "expected", "cited"),
    [
        ("High [1].", "High [1].", (1,)),
        ("High [3].", "High.", ()),
        ("High [1, 9; 2].", "High [1][2].", (1, 2)),
        ("Both [2][1] and [2].", "Both [2][1] and [2].", (2, 1)),
        ("As [Passage 2] and 【1】 say [source 7].", "As [2] and [1] say.", (2, 1)),
        ("a[i] and [note] and [", "a[i] and [note] and [", ()),
        ("Zero [0] and huge [99999999999].", "Zero and huge.", ()),
    ],
)
def test_only_numbers_of_passages_stay(text: str, expected: str, cited: tuple[int, ...]) -> None:
    assert shown([text], 2) == (expected, cited)
    assert shown(list(text), 2) == (expected, cited)


def test_what_is_no_citation_is_not_held_back() -> None:
    checked = CitationFilter(1)
    assert checked.feed("See [the") == "See [the"
    assert checked.feed(" list [1") == " list"


@given(st.text(alphabet="a [],;12 ", max_size=80), st.integers(1, 7))
def test_pieces_of_any_size_give_the_same_text(text: str, size: int) -> None:
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert shown(pieces, 1) == shown([text], 1)
