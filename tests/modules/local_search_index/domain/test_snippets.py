"""How hits are explained."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from modules.local_search_index.contract import MATCH_END, MATCH_START
from modules.local_search_index.domain.query import Query
from modules.local_search_index.domain.snippets import SNIPPET_CHARACTERS, Findings, find, snippet


def _shown(query: str, text: str) -> str:
    return snippet(text, find(Query.parse(query), text).spans).replace(MATCH_START, "[").replace(MATCH_END, "]")


def test_a_long_passage_is_shown_where_most_matches_are() -> None:
    text = "fish " + "filler " * 100 + "fish and more fish here " + "filler " * 100
    shown = _shown("fish", text)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "[fish] and more [fish] here" in shown


def test_without_a_match_the_beginning_is_shown() -> None:
    assert _shown("nothing", "word " * 100) == "word " * 47 + "word…"


def test_white_space_is_shown_as_single_spaces() -> None:
    assert _shown("b", " a\n\n\tb  c ") == "a [b] c"


def test_words_beside_the_text_count_but_are_not_shown() -> None:
    query = Query.parse("deposit fish")
    assert find(query, "fish", "Deposit") == Findings(("deposit", "fish"), ((0, 4),), phrase=False)


def test_of_a_question_the_smallest_words_are_not_marked() -> None:
    assert _shown("how do I leave the lease", "How to leave the lease.") == "How to [leave] the [lease]."


def test_small_words_are_marked_where_nothing_else_is_found() -> None:
    assert _shown("how do I win", "How it is.") == "[How] it is."


def test_a_phrase_is_told() -> None:
    assert find(Query.parse("night train"), "the night train").phrase
    assert find(Query.parse('"night train"'), "the night train").phrase
    assert not find(Query.parse("night train"), "the train at night").phrase


def test_overlapping_matches_are_marked_once() -> None:
    assert _shown("東京 京都", "東京都") == "[東京都]"


@given(st.text(alphabet="ab 漢字_.\n"), st.text(alphabet='ab" 漢字_.*'))
def test_a_snippet_is_the_text_with_marks(text: str, query: str) -> None:
    shown = snippet(text, find(Query.parse(query), text).spans)
    assert shown.replace(MATCH_START, "").replace(MATCH_END, "") == " ".join(text.split())
    assert shown.count(MATCH_START) == shown.count(MATCH_END)


@given(st.text(alphabet="ab .", min_size=1_000, max_size=2_000))
def test_a_snippet_is_short(text: str) -> None:
    marks = 2 * SNIPPET_CHARACTERS
    assert len(snippet(text, find(Query.parse("a b"), text).spans)) <= SNIPPET_CHARACTERS + 2 + marks
