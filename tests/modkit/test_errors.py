"""The error tree: codes, sentences, actions, and the way through a pipe."""

from __future__ import annotations

import pytest

from modkit.errors import ErrorKind, HyperSpotError, RemoteError


class ChatGone(HyperSpotError):
    kind = ErrorKind.GONE
    action = "Look in the trash."


class NamedError(HyperSpotError):
    code = "its_own_code"


class SubError(NamedError):
    """Does not inherit the code: each leaf can be told apart."""


def test_a_code_is_made_from_the_name_unless_the_class_sets_one() -> None:
    assert (ChatGone.code, NamedError.code) == ("chat_gone", "its_own_code")
    assert SubError.code == "sub"


def test_an_error_is_a_sentence_with_an_action() -> None:
    error = ChatGone("The chat is gone.")
    assert (str(error), error.sentence, error.action) == (
        "The chat is gone.",
        "The chat is gone.",
        "Look in the trash.",
    )
    assert ChatGone("Gone.", action="Ask Ann.").action == "Ask Ann."


def test_an_error_survives_the_way_through_a_pipe() -> None:
    data = ChatGone("The chat is gone.").to_dict()
    remote = RemoteError(data)
    assert remote.to_dict() == data
    assert (remote.remote_kind, remote.remote_code) == (ErrorKind.GONE, "chat_gone")


@pytest.mark.parametrize("data", [{}, {"kind": "from the future"}])
def test_incomplete_data_is_an_internal_error(data: dict[str, str]) -> None:
    assert RemoteError(data).to_dict()["kind"] == "internal"
