"""A conversation's own settings: checked, stored with it, and there before its first message."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.viewmodels import chat_settings
from hyperspot_desktop.viewmodels.chat import ChatViewModel
from modkit.security import SecurityContext
from modules.chat.contract import ChatParams, Conversation
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor

CTX = SecurityContext.local_user()


@pytest.fixture
def chat() -> DemoChat:
    return DemoChat(pace_s=0.0, script="An answer.")


@pytest.fixture
def page(make_bridge: MakeBridge, chat: DemoChat) -> ChatViewModel:
    return ChatViewModel(make_bridge(profile.clients(chat=chat)))


def with_texts(page: ChatViewModel, **texts: str) -> dict[str, Any]:
    return {**page.settingTexts(), **texts}


async def stored(chat: DemoChat, page: ChatViewModel) -> Conversation:
    return await chat.get(CTX, UUID(page.property("conversationId")))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("temperature", "2.1"),
        ("temperature", "warm"),
        ("temperature", "nan"),
        ("top_p", "-0.1"),
        ("top_p", "inf"),
        ("max_output_tokens", "0"),
        ("max_output_tokens", "1.5"),
        ("seed", "-1"),
        ("seed", str(2**32 - 1)),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_a_sentence(name: str, text: str) -> None:
    assert chat_settings.problem(name, text).endswith(".")


@pytest.mark.parametrize(
    ("name", "text"),
    [("temperature", "0,7"), ("top_p", " 0.95 "), ("max_output_tokens", "512"), ("seed", "0"), ("seed", "  ")],
)
def test_a_number_that_can_be_has_no_problem(name: str, text: str) -> None:
    assert chat_settings.problem(name, text) == ""


def test_the_sentence_names_what_is_allowed() -> None:
    assert chat_settings.problem("temperature", "9") == "A number from 0 to 2."
    assert chat_settings.problem("max_output_tokens", "x") == "A whole number from 1 to 1,000,000."


def test_fields_read_back_as_they_were_written() -> None:
    params = ChatParams(temperature=0.7, max_output_tokens=1_000_000, seed=2**32 - 2, top_k=40)
    assert chat_settings.params_with(params, chat_settings.texts_of(params)) == params


async def test_settings_are_stored_with_their_conversation(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    conversation = chat.seed("x", [("user", "q")])
    chat.tune(conversation, "", ChatParams(seed=7, top_k=40))
    page.open(str(conversation))
    wait_for(lambda: page.rows_now())
    assert page.settingTexts()["seed"] == "7"
    texts = with_texts(page, system_prompt="Be brief.\nBe kind.", temperature="0.5", seed="", model="smollm2-1.7b")
    assert page.saveSettings(texts)
    wait_for(lambda: page.settingTexts()["system_prompt"] == "Be brief.\nBe kind.")
    kept = await stored(chat, page)
    assert (kept.params, kept.model) == (ChatParams(temperature=0.5, top_k=40), "smollm2-1.7b")


async def test_settings_given_before_the_first_message_belong_to_the_new_conversation(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    texts = with_texts(page, system_prompt="Be brief.", top_p="0.9", max_output_tokens="64", model="smollm2-1.7b")
    assert page.saveSettings(texts)
    assert page.settingTexts() == texts
    page.send("Hello")
    wait_for(lambda: page.rows_now() and page.rows_now()[-1].kind == "footer")
    made = await stored(chat, page)
    assert (made.system_prompt, made.model) == ("Be brief.", "smollm2-1.7b")
    assert made.params == ChatParams(top_p=0.9, max_output_tokens=64)


def test_the_settings_of_a_new_conversation_do_not_stay_for_the_next_one(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    page.saveSettings(with_texts(page, system_prompt="Be brief.", seed="3"))
    page.send("Hello")
    wait_for(lambda: page.rows_now() and page.rows_now()[-1].kind == "footer")
    page.newChat()
    assert (page.settingTexts()["system_prompt"], page.settingTexts()["seed"]) == ("", "")


def test_nothing_is_stored_while_a_field_is_refused(page: ChatViewModel) -> None:
    assert not page.saveSettings(with_texts(page, system_prompt="Be brief.", temperature="hot"))
    assert page.settingTexts()["system_prompt"] == ""
