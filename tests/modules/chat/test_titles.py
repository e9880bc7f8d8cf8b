"""Titles made from messages and from what a model says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.chat.domain.titles import FALLBACK_CHARACTERS, MAX_CHARACTERS, fallback_title, model_title


@pytest.mark.parametrize(
    ("message", "title"),
    [
        ("Hello", "Hello"),
        ("What is a lease? I have one.", "What is a lease?"),
        ("  two\nlines  here", "two lines here"),
        ("x" * 80, "x" * 47 + "…"),
        (
            "Please explain to me in simple words how a heat pump works",
            "Please explain to me in simple words how a heat…",
        ),
        ("version 3.11 is out", "version 3.11 is out"),
    ],
)
def test_the_fallback_is_the_beginning_of_the_first_sentence(message: str, title: str) -> None:
    assert fallback_title(message) == title


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ('"Plans for Rome."', "Plans for Rome"),
        ("Title: Plans for Rome\n\nThis title says…", "Plans for Rome"),
        ("**Plans**", "Plans"),
        ("", None),
        ("\n \n", None),
        ("The user wants to know what to see in Rome and how to get there by train", None),
        ("x" * 61, None),
    ],
)
def test_a_model_title_is_one_plain_short_line_or_nothing(answer: str, title: str | None) -> None:
    assert model_title(answer) == title


@given(st.text())
def test_no_text_makes_a_long_or_broken_title(text: str) -> None:
    fallback, made = fallback_title(text), model_title(text) or ""
    assert len(fallback) <= FALLBACK_CHARACTERS
    assert len(made) <= MAX_CHARACTERS
    assert not {"\n", "\r", "\x00"} & set(fallback + made)
