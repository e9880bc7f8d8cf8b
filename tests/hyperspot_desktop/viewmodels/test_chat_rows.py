"""What stands below an answer: how it ended, and whether it can go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.viewmodels.answers import Shown
from hyperspot_desktop.viewmodels.chat import ChatViewModel
from hyperspot_desktop.viewmodels.chat_rows import ChatRow, rows_of
from modules.chat.contract import ChatMessage, MessageStats, MessageStatus
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor

CUT = {"code": "answer_cut", "sentence": "The answer reached its length limit and was cut.", "action": "Continue it."}
BROKEN = {"code": "engine_died", "sentence": "The engine ended.", "action": "Try again."}


def footer(**changes: Any) -> ChatRow:
    nobody = UUID(int=0)
    message = ChatMessage(
        nobody, nobody, None, "assistant", "Half of", MessageStatus.COMPLETE, datetime(2026, 1, 1, tzinfo=UTC)
    )
    return rows_of(Shown(replace(message, **changes)))[-1]


def test_an_answer_cut_by_its_limit_can_go_on_and_is_no_error() -> None:
    row = footer(error=CUT)
    assert (row.cut, row.can_continue, row.notice, row.action) == (True, True, "", "")


def test_a_complete_answer_has_nothing_to_go_on_with() -> None:
    row = footer()
    assert (row.cut, row.can_continue, row.notice) == (False, False, "")


def test_a_failed_answer_says_why_and_is_not_called_cut() -> None:
    row = footer(error=BROKEN, status=MessageStatus.FAILED)
    assert (row.cut, row.can_continue, row.notice) == (False, True, "The engine ended.")


@pytest.mark.parametrize("error", [None, CUT])
def test_an_answer_says_that_older_messages_were_left_out(error: dict[str, str] | None) -> None:
    assert footer(error=error, stats=MessageStats(dropped_messages=3)).notice.startswith("The 3 oldest messages")


def test_a_cut_answer_goes_on_in_place(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    chat = DemoChat(pace_s=0.0, script="Half and whole.")
    page = ChatViewModel(make_bridge(profile.clients(chat=chat)))
    conversation = chat.seed("x", [("user", "q"), ("assistant", "Half")])
    answer = chat.branch(conversation)[-1]
    chat.put(replace(answer, error=CUT))
    page.open(str(conversation))
    wait_for(lambda: page.rows_now() and page.rows_now()[-1].cut)
    page.continueAnswer(str(answer.id))
    wait_for(lambda: page.rows_now()[-1].kind == "footer" and not page.rows_now()[-1].cut)
    assert page.messageText(str(answer.id)) == "Half and whole."
