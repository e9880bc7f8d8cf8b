"""What goes to the model when a conversation outgrows the window, and what the meter says about it."""

from __future__ import annotations

import asyncio

import pytest

from modkit.db import uuid7
from modkit.security import SecurityContext
from modules.chat.contract import ChatParams, ContextMeter, MessageStatus, MessageTooLong, NoModelInstalled
from modules.chat.domain.context import Window
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.repository import SqlChatStore
from modules.llm_gateway.contract import ContextLengthExceeded, LlmGatewayError
from tests.modules.chat.chat_support import Gate, ScriptedGateway, tokens_of, told

LONG = "word " * 400  # 500 tokens


@pytest.mark.parametrize(
    ("size", "asked", "reserve"),
    [(2048, None, 512), (32_768, None, 1024), (2048, 100, 100), (2048, 5_000, 1024), (8, None, 2)],
)
def test_the_reserve_for_the_answer_leaves_most_of_the_window(size: int, asked: int | None, reserve: int) -> None:
    assert Window.of(size, ChatParams(max_output_tokens=asked)).reserve == reserve


async def test_what_fits_is_sent_whole_and_counted_only_when_it_might_not(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    await told(chat.send(ctx, conversation.id, "Hello"))
    assert gateway.counts == 0


async def test_the_oldest_turns_are_dropped_and_that_is_said(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx, system_prompt="Be brief.")
    for number in range(4):
        gateway.script("ok")
        last = await told(chat.send(ctx, conversation.id, f"{number} {LONG}"))
    sent = gateway.requests[-1].messages
    stats = last.finished.answer.stats
    assert tokens_of(sent) <= 2048 - 512
    assert (sent[0].text, sent[1].role, sent[-1].text[:1]) == ("Be brief.", "user", "3")
    assert stats is not None
    assert stats.dropped_messages == 7 - (len(sent) - 1)
    assert last.finished.meter is not None
    assert last.finished.meter.dropped_messages == stats.dropped_messages > 0
    assert (await chat.messages(ctx, conversation.id)).total == 8


async def test_after_an_overflow_the_beginning_stays_the_same_for_some_turns(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    starts: list[str] = []
    for number in range(24):
        gateway.script("ok")
        await told(chat.send(ctx, conversation.id, f"{number} {'word ' * 100}"))
        starts.append(gateway.requests[-1].messages[0].text[:3])
    overflowed = [start for start in starts if start != "0 w"]
    assert overflowed
    assert len(set(overflowed)) <= len(overflowed) / 2


async def test_the_answer_may_not_be_longer_than_the_window_has_room(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx, params=ChatParams(max_output_tokens=1_000_000))
    await told(chat.send(ctx, conversation.id, LONG))
    request = gateway.requests[-1]
    assert request.params.max_output_tokens is not None
    assert tokens_of(request.messages) + request.params.max_output_tokens <= 2048


async def test_a_message_longer_than_the_window_is_refused_with_numbers_and_not_stored(
    chat: ChatService, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    with pytest.raises(MessageTooLong, match=r"2,\d\d\d tokens.*1,920"):
        await told(chat.send(ctx, conversation.id, LONG * 5))
    assert (await chat.messages(ctx, conversation.id)).total == 0


async def test_ten_megabytes_are_refused_without_asking_the_model(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    with pytest.raises(MessageTooLong, match="about"):
        await told(chat.send(ctx, conversation.id, "word " * 2_000_000))
    assert gateway.counts == 0


async def test_a_last_turn_over_the_budget_is_sent_as_long_as_a_short_answer_fits(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    answer = await told(chat.send(ctx, conversation.id, "word " * 1_400))
    assert answer.finished.answer.status is MessageStatus.COMPLETE
    assert tokens_of(gateway.requests[-1].messages) > 2048 - 512


async def test_a_model_that_cannot_count_fails_the_answer_and_keeps_the_message(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gateway.count_error = LlmGatewayError("The engine ended.", action="Send again.")
    conversation = await chat.create(ctx)
    answer = await told(chat.send(ctx, conversation.id, LONG))
    assert answer.finished.answer.status is MessageStatus.FAILED
    assert (await chat.messages(ctx, conversation.id)).messages[0].content == LONG.strip()


async def test_failed_answers_are_not_shown_to_the_model(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gateway.script(LlmGatewayError("No.", action="Again."))
    conversation = await chat.create(ctx)
    await told(chat.send(ctx, conversation.id, "One"))
    await told(chat.send(ctx, conversation.id, "Two"))
    assert [(message.role, message.text) for message in gateway.requests[-1].messages] == [("user", "One\n\nTwo")]


async def test_the_meter_counts_the_branch_and_the_draft(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    empty = await chat.meter(ctx, conversation.id)
    await told(chat.send(ctx, conversation.id, "Hello"))
    told_so_far = await chat.meter(ctx, conversation.id)
    with_draft = await chat.meter(ctx, conversation.id, "word " * 8)
    assert empty == ContextMeter(0, 2048, 512, 0)
    assert told_so_far == ContextMeter(2 + 4 + 2 + 4 + 4, 2048, 512, 0)
    assert with_draft.used == told_so_far.used + 4 + 10


async def test_the_meter_says_what_would_be_dropped_and_never_refuses(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    await told(chat.send(ctx, conversation.id, LONG))
    meter = await chat.meter(ctx, conversation.id, LONG * 6)
    assert meter.dropped_messages == 2
    assert meter.used > meter.window


async def test_the_meter_estimates_when_the_model_cannot_count(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    await told(chat.send(ctx, conversation.id, "Hello"))
    gateway.count_error = LlmGatewayError("The engine ended.", action="Send again.")
    assert (await chat.meter(ctx, conversation.id)).exact is False


async def test_the_meter_loads_no_model_for_a_conversation_that_is_only_looked_at(
    store: SqlChatStore, chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    answered = await told(chat.send(ctx, conversation.id, "Hello"))
    after_a_restart = ChatService(store, gateway, uuid7)
    meter = await after_a_restart.meter(ctx, conversation.id, "word")
    stats = answered.finished.answer.stats
    assert stats is not None
    assert (gateway.counts, meter.exact) == (0, False)
    assert meter.used == stats.input_tokens + stats.output_tokens + 2


async def test_a_model_loaded_with_a_smaller_window_than_expected_gets_less_instead_of_failing(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    gateway.script("ok")
    await told(chat.send(ctx, conversation.id, LONG))
    gateway.script("ok")
    await told(chat.send(ctx, conversation.id, LONG))
    gateway.script(ContextLengthExceeded("Too long."))
    gateway.script("fits")
    answer = await told(chat.send(ctx, conversation.id, LONG[:1_600]))
    assert (answer.text, answer.finished.answer.status) == ("fits", MessageStatus.COMPLETE)
    assert tokens_of(gateway.requests[-1].messages) < tokens_of(gateway.requests[-2].messages)


async def test_the_meter_needs_a_model(chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx)
    gateway.installed = False
    with pytest.raises(NoModelInstalled):
        await chat.meter(ctx, conversation.id)


async def test_a_long_message_waits_as_the_draft_while_the_model_loads_to_count_it(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    text = (LONG * 3).strip()
    gate = gateway.count_gate = Gate()
    sending = asyncio.create_task(told(chat.send(ctx, conversation.id, text, from_draft=True)))
    await gate.reached.wait()
    waiting = await chat.get(ctx, conversation.id)
    gate.opened.set()
    await sending
    sent = await chat.get(ctx, conversation.id)
    assert (waiting.draft, sent.draft) == (text, "")
    assert (await chat.messages(ctx, conversation.id)).messages[0].content == text
