"""Nothing that was typed is lost while a message is on its way, whatever the user does meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.viewmodels.chat import ChatViewModel
from modkit.security import SecurityContext
from modules.chat.contract import AnswerEvent, Conversation, MessageTooLong
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor


class HeldChat(DemoChat):
    """Takes a message or makes a conversation only once it is let go, as while a model loads."""

    def __init__(self) -> None:
        super().__init__(pace_s=0.0, script="An answer.")
        self.let_go = asyncio.Event()
        self.refusal: Exception | None = None
        self.asked: list[str] = []

    async def create(self, ctx: SecurityContext, **settings: Any) -> Conversation:
        await self.let_go.wait()
        return await super().create(ctx, **settings)

    async def send(
        self, ctx: SecurityContext, conversation_id: UUID, text: str, **how: Any
    ) -> AsyncIterator[AnswerEvent]:
        self.asked.append(text)
        await self.let_go.wait()
        if self.refusal is not None:
            raise self.refusal
        async for event in super().send(ctx, conversation_id, text, **how):
            yield event


@pytest.fixture
def chat() -> HeldChat:
    return HeldChat()


@pytest.fixture
def bridge(make_bridge: MakeBridge, chat: HeldChat) -> Bridge:
    return make_bridge(profile.clients(chat=chat))


@pytest.fixture
def page(bridge: Bridge) -> ChatViewModel:
    return ChatViewModel(bridge)


def everything_done(bridge: Bridge, wait_for: WaitFor) -> None:
    """Whatever was asked of the host before this has happened."""
    seen: list[object] = []

    async def look(_: object) -> None:
        await asyncio.sleep(0)

    bridge.call(look, seen.append)
    wait_for(lambda: seen)


def opened(page: ChatViewModel, conversation: UUID, wait_for: WaitFor) -> None:
    page.open(str(conversation))
    wait_for(lambda: page.property("title"))


def test_the_draft_stays_stored_until_the_message_is(
    page: ChatViewModel, chat: HeldChat, bridge: Bridge, wait_for: WaitFor
) -> None:
    conversation = chat.seed("x", [])
    opened(page, conversation, wait_for)
    page.setProperty("draft", "a long message")
    page.keepDraft()
    wait_for(lambda: chat.draft_of(conversation) == "a long message")
    page.send("a long message")
    wait_for(lambda: chat.asked)
    page.newChat()
    everything_done(bridge, wait_for)
    assert chat.draft_of(conversation) == "a long message"


def test_a_refused_message_comes_back_above_what_was_typed_since(
    page: ChatViewModel, chat: HeldChat, bridge: Bridge, wait_for: WaitFor
) -> None:
    chat.refusal = MessageTooLong("Too long.")
    opened(page, chat.seed("x", []), wait_for)
    page.send("a long message")
    page.setProperty("draft", "the next one")
    bridge.on_host(chat.let_go.set)
    wait_for(lambda: page.property("errorSentence"))
    assert page.property("draft") == "a long message\nthe next one"


def test_an_error_that_nobody_foresaw_is_said_too(
    page: ChatViewModel, chat: HeldChat, bridge: Bridge, wait_for: WaitFor
) -> None:
    chat.refusal = RuntimeError("boom")
    opened(page, chat.seed("x", []), wait_for)
    page.send("a message")
    bridge.on_host(chat.let_go.set)
    wait_for(lambda: page.property("errorSentence"))
    assert page.property("draft") == "a message"
    assert not page.property("answering")


def test_a_first_message_is_answered_in_its_own_conversation_when_the_page_moves_on(
    page: ChatViewModel, chat: HeldChat, bridge: Bridge, wait_for: WaitFor
) -> None:
    other = chat.seed("other", [("user", "seen")])
    page.send("the very first")
    opened(page, other, wait_for)
    bridge.on_host(chat.let_go.set)
    wait_for(lambda: chat.asked)
    everything_done(bridge, wait_for)
    assert [row.plain for row in page.rows_now()] == ["seen"]
    assert page.property("conversationId") == str(other)
