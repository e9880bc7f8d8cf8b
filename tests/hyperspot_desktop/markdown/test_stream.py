"""Markdown that grows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperspot_desktop.demo.texts import ANSWER, EVERYTHING, HOSTILE, SHORT_ANSWER
from hyperspot_desktop.markdown import StreamRenderer, render


@pytest.mark.parametrize("text", [ANSWER, EVERYTHING, SHORT_ANSWER])
@pytest.mark.parametrize("step", [1, 7, 64])
def test_the_end_looks_as_if_it_had_been_read_at_once(text: str, step: int) -> None:
    renderer = StreamRenderer()
    for start in range(0, len(text), step):
        blocks = renderer.append(text[start : start + step])
    assert list(blocks) == render(text) == renderer.finish()


def test_finished_blocks_do_not_change_any_more() -> None:
    renderer = StreamRenderer()
    seen: list[object] = []
    for start in range(0, len(ANSWER), 5):
        blocks = renderer.append(ANSWER[start : start + 5])
        assert blocks[: len(seen)] == seen
        seen = list(blocks[: renderer.stable_count])
    assert len(seen) > 5


def test_only_the_end_of_a_long_answer_is_read_again() -> None:
    renderer = StreamRenderer()
    for number in range(2_000):
        renderer.append(f"Paragraph {number} has some words in it.\n\n")
    assert renderer.tail_length < 200


def test_a_reference_that_is_defined_later_becomes_a_link_at_the_end() -> None:
    renderer = StreamRenderer()
    renderer.append("See [the book][b].\n\nMore.\n\n")
    renderer.append("[b]: https://a.example/book\n")
    assert '<a href="https://a.example/book">' in renderer.finish()[0].html


def test_windows_line_ends_do_not_shift_the_cut() -> None:
    renderer = StreamRenderer()
    renderer.append("one\r\n\r\ntwo\r\n\r\nthree")
    assert [block.plain for block in renderer.append("!")] == ["one", "two", "three!"]


@given(st.lists(st.sampled_from([*HOSTILE.split(" "), "\n\n", "```", "| a |", "\u2028", "\x0b"]), max_size=60))
def test_any_stream_ends_like_its_whole(parts: list[str]) -> None:
    renderer = StreamRenderer()
    for part in parts:
        renderer.append(part + " ")
    assert renderer.finish() == render(renderer.text)
