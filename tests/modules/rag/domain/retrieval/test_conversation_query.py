"""What is searched for when a question belongs to a conversation."""

from __future__ import annotations

import pytest

from modules.rag.contract import Question, RetrievalSettings, Turn
from modules.rag.domain.retrieval.conversation_query import leans, searches_for

HISTORY = (
    Turn("user", "What is the rent of the house in Juist?"),
    Turn("assistant", "The rent is 901 euros, payable to Anna Berg."),
)


def searched(text: str, history: tuple[Turn, ...] = HISTORY, *, use_history: bool = True) -> list[str]:
    settings = RetrievalSettings(use_history=use_history)
    return [one.text for one in searches_for(Question(text=text, history=history, settings=settings))]


@pytest.mark.parametrize(
    "message",
    [
        "And the deposit?",
        "Why?",
        "When is it due?",
        "Und wie lange gilt das?",
        "她什么时候搬进来？",
        "What about pets?",
    ],
)
def test_messages_that_lean_on_what_was_said(message: str) -> None:
    assert leans(message)


def test_a_question_that_stands_by_itself_is_searched_alone() -> None:
    assert searched("How large is the garden behind the house in Baltrum?") == [
        "How large is the garden behind the house in Baltrum?"
    ]


def test_a_question_that_leans_takes_the_users_words_and_the_answers_names_along() -> None:
    assert searched("And the deposit?") == [
        "And the deposit?",
        "rent house juist And the deposit?",
        "901 Anna Berg And the deposit?",
    ]


def test_earlier_messages_are_gone_through_until_they_say_something() -> None:
    history = (
        Turn("user", "Tell me about the ferry to Juist"),
        Turn("assistant", "It runs daily."),
        Turn("user", "Why?"),
    )
    assert searched("And when?", history)[0] == "ferry juist And when?"


def test_without_history_only_the_message_is_searched() -> None:
    assert searched("And the deposit?", use_history=False) == ["And the deposit?"]
    assert searched("And the deposit?", ()) == ["And the deposit?"]
