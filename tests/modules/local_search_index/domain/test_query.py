"""How a query is read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from modules.local_search_index.domain.query import MAX_CLAUSES, Clause, Query


def test_quotes_make_phrases_and_a_star_a_prefix() -> None:
    assert Query.parse('night "the last Train" lea*').clauses == (
        Clause("night", ("night",)),
        Clause("the last Train", ("the", "last", "train"), phrase=True),
        Clause("lea", ("lea",), prefix=True),
    )


def test_quotes_that_do_not_close_are_words() -> None:
    assert Query.parse('a "b c').clauses == (Clause("a", ("a",)), Clause("b", ("b",)), Clause("c", ("c",)))


def test_identifiers_are_looked_for_in_parts_and_as_a_whole() -> None:
    assert Query.parse("getUser()").clauses == (Clause("getUser", ("get", "user"), whole="getuser"),)


def test_runs_without_spaces_are_looked_for_in_pairs() -> None:
    assert Query.parse("東京都").clauses == (Clause("東京都", ("東京", "京都"), dense=True),)
    assert Query.parse("京").clauses == (Clause("京", ("京",), prefix=True, dense=True),)


def test_only_the_last_word_is_unfinished_while_typing() -> None:
    assert [one.prefix for one in Query.parse("night tra", typing=True).clauses] == [False, True]
    assert [one.prefix for one in Query.parse("night train ", typing=True).clauses] == [False, False]
    assert [one.prefix for one in Query.parse('"night train"', typing=True).clauses] == [False]


def test_a_few_plain_words_are_a_phrase_too() -> None:
    phrase = Query.parse("the night train").as_phrase()
    assert phrase == Query((Clause("the night train", ("the", "night", "train"), phrase=True),))
    assert Query.parse("night").as_phrase() is None
    assert Query.parse('night "train"').as_phrase() is None
    assert Query.parse("one two three four five six seven eight nine").as_phrase() is None


def test_only_words_of_three_letters_and_more_may_go_on() -> None:
    loose = Query.parse('lease of 2024 "night" 東京').loosened()
    assert [one.prefix for one in loose.clauses] == [True, False, False, False, False]


def test_what_is_one_piece_cannot_be_looked_for_in_part() -> None:
    assert [Query.parse(text).divisible for text in ("a", '"a b"', '"a" "b"', "")] == [False] * 4
    assert [Query.parse(text).divisible for text in ("a b", '"a" b', "東京都")] == [True] * 3


@given(st.text() | st.text(alphabet='ab"*.漢字_-\x00'), st.booleans())
def test_any_text_is_a_query(text: str, typing: bool) -> None:
    query = Query.parse(text, typing=typing)
    assert len(query.clauses) <= MAX_CLAUSES
    assert all(clause.terms and all(clause.terms) for clause in query.clauses)


def test_a_very_long_query_is_cut() -> None:
    assert len(Query.parse(" ".join(f"w{number}x" for number in range(5_000))).clauses) == MAX_CLAUSES
