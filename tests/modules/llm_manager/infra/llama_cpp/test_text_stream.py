"""Characters are whole and stop strings never show, however the bytes are cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from modules.llm_manager.infra.llama_cpp.text_stream import TextStream


def streamed(pieces: Sequence[bytes], stops: Sequence[str] = ()) -> list[str]:
    stream = TextStream(stops)
    return [stream.feed(piece) for piece in pieces] + [stream.finish()]


def cut(data: bytes, sizes: Sequence[int]) -> list[bytes]:
    edges = sorted({min(size, len(data)) for size in sizes} | {0, len(data)})
    return [data[start:end] for start, end in pairwise(edges)]


@given(st.text(), st.lists(st.integers(0, 200)))
def test_any_cut_of_the_bytes_gives_the_same_text(text: str, sizes: list[int]) -> None:
    assert "".join(streamed(cut(text.encode("utf-8", "replace"), sizes))) == text.encode("utf-8", "replace").decode()


@given(st.text("ab#"), st.lists(st.integers(0, 60)), st.lists(st.text("ab#", min_size=1, max_size=4), max_size=3))
@example("#aa", [2], ["a", "#aa"])
@example("#aa", [], ["a", "#aa"])
def test_text_ends_before_the_stop_string_that_is_complete_first(text: str, sizes: list[int], stops: list[str]) -> None:
    met = [(text.find(stop) + len(stop), text.find(stop)) for stop in stops if stop in text]
    expected = text[: min(met)[1]] if met else text
    assert "".join(streamed(cut(text.encode(), sizes), stops)) == expected


def test_half_a_character_waits_for_its_other_half() -> None:
    assert streamed(["é".encode()[:1], "é".encode()[1:]]) == ["", "é", ""]


def test_a_possible_start_of_a_stop_string_is_held_back() -> None:
    assert streamed([b"yes E", b"N", b"D no"], ["END"]) == ["yes ", "", "", ""]


def test_what_turned_out_to_be_no_stop_string_is_shown() -> None:
    assert streamed([b"yes E", b"N", b"ough"], ["END"]) == ["yes ", "", "ENough", ""]


def test_a_held_start_is_shown_when_the_answer_ends_there() -> None:
    assert streamed([b"the EN"], ["END"]) == ["the ", "EN"]


def test_half_a_character_at_the_end_is_dropped() -> None:
    assert streamed([b"ok" + "é".encode()[:1]]) == ["ok", ""]


def test_nothing_follows_a_stop_string() -> None:
    stream = TextStream(["!"])
    stream.feed(b"hi! there")
    assert (stream.stopped, stream.feed(b"more"), stream.finish()) == (True, "", "")
