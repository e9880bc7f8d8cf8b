"""Answers while they are written: stopping, breaking, continuing, following, and a disk that is full."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from modkit.db import uuid7
from modkit.db.errors import ROOM_BYTES, NoSpace
from modkit.security import SecurityContext
from modules.chat.config import ChatConfig
from modules.chat.contract import (
    AnswerDelta,
    AnswerFinished,
    AnswerInProgress,
    AnswerStarted,
    ChatMessage,
    ConversationPatch,
    MessageStatus,
    NotPossible,
)
from modules.chat.domain.ports import AnswerRow
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.repository import SqlChatStore
from tests.modules.chat.chat_support import EngineGone, Gate, ScriptedGateway, soon, told


async def test_both_rows_are_on_disk_when_the_answer_starts(
    chat: ChatService, store: SqlChatStore, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gate = Gate()
    gateway.script(gate, "done")
    conversation = await chat.create(ctx)
    events = chat.send(ctx, conversation.id, "Hello")
    started = await soon(anext(events))
    assert isinstance(started, AnswerStarted)
    assert started.user_message is not None
    question = await store.message(ctx, started.user_message.id)
    answer = await store.message(ctx, started.answer.id)
    assert question is not None
    assert answer is not None
    assert (question.content, answer.status) == ("Hello", MessageStatus.STREAMING)
    gate.opened.set()


async def test_streamed_text_reaches_the_disk_while_the_answer_goes_on(
    chat: ChatService, store: SqlChatStore, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gate = Gate()
    gateway.script("Once ", "upon ", gate, "a time")
    conversation = await chat.create(ctx)
    reading = asyncio.create_task(told(chat.send(ctx, conversation.id, "Tell")))
    await soon(gate.reached.wait())
    row = await _row_with_text(chat, store, ctx, conversation.id, "Once upon ")
    assert row.status is MessageStatus.STREAMING
    gate.opened.set()
    assert (await soon(reading)).text == "Once upon a time"


async def test_stopping_keeps_the_text(
    chat: ChatService, store: SqlChatStore, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gate = Gate()
    gateway.script("Once upon ", gate, "never")
    conversation = await chat.create(ctx)
    reading = asyncio.create_task(told(chat.send(ctx, conversation.id, "Tell")))
    await soon(gate.reached.wait())
    assert await soon(chat.stop(ctx, conversation.id)) is True
    answer = (await soon(reading)).finished.answer
    row = await store.message(ctx, answer.id)
    assert row is not None
    assert (row.content, row.status, gateway.closed) == ("Once upon ", MessageStatus.STOPPED, 1)
    assert await chat.stop(ctx, conversation.id) is False


async def test_stopping_before_the_answer_has_begun_is_not_forgotten(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gate = gateway.count_gate = Gate()  # as while a model loads, to count a long message
    conversation = await chat.create(ctx)
    reading = asyncio.create_task(told(chat.send(ctx, conversation.id, "word " * 500)))
    await soon(gate.reached.wait())
    assert await soon(chat.stop(ctx, conversation.id)) is True
    gateway.count_gate = None
    gate.opened.set()
    answer = (await soon(reading)).finished.answer
    assert (answer.status, answer.content, gateway.requests) == (MessageStatus.STOPPED, "", [])
    assert (await soon(told(chat.send(ctx, conversation.id, "again")))).finished.answer.content.endswith("again")


async def test_a_reader_that_goes_away_does_not_end_the_answer(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gate = Gate()
    gateway.script("Once upon ", gate, "a time")
    conversation = await chat.create(ctx)
    reading = asyncio.create_task(told(chat.send(ctx, conversation.id, "Tell")))
    await soon(gate.reached.wait())
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    following = asyncio.create_task(told(chat.attach(ctx, conversation.id)))
    await asyncio.sleep(0)
    gate.opened.set()
    followed = await soon(following)
    assert followed.started.answer.content == "Once upon "
    assert (followed.text, followed.finished.answer.status) == ("Once upon a time", MessageStatus.COMPLETE)


async def test_following_when_nothing_runs_ends_at_once(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx)
    assert [event async for event in chat.attach(ctx, conversation.id)] == []


async def test_a_slow_reader_gets_what_it_missed_in_one_piece(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gate, end = Gate(), Gate()
    gateway.script(gate, *["word "] * 5_000, end)
    conversation = await chat.create(ctx)
    events = chat.send(ctx, conversation.id, "Tell")
    await soon(anext(events))
    gate.opened.set()
    await soon(end.reached.wait())
    missed = await soon(anext(events))
    end.opened.set()
    finished = await soon(anext(events))
    assert isinstance(missed, AnswerDelta)
    assert missed.text == "word " * 5_000
    assert isinstance(finished, AnswerFinished)


async def test_a_page_shows_the_text_that_is_ahead_of_the_disk(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gate = Gate()
    gateway.script("Once upon ", gate)
    conversation = await chat.create(ctx)
    reading = asyncio.create_task(told(chat.send(ctx, conversation.id, "Tell")))
    await soon(gate.reached.wait())
    assert (await chat.messages(ctx, conversation.id)).messages[-1].content == "Once upon "
    gate.opened.set()
    await soon(reading)


async def test_only_one_answer_at_a_time_per_conversation(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gate = Gate()
    gateway.script("a", gate)
    conversation, other = await chat.create(ctx), await chat.create(ctx)
    reading = asyncio.create_task(told(chat.send(ctx, conversation.id, "One")))
    await soon(gate.reached.wait())
    with pytest.raises(AnswerInProgress):
        await told(chat.send(ctx, conversation.id, "Two"))
    assert (await told(chat.send(ctx, other.id, "Elsewhere"))).text == "You said: Elsewhere"
    gate.opened.set()
    await soon(reading)
    assert (await chat.messages(ctx, conversation.id)).total == 2


async def test_two_sends_at_the_same_moment_make_one_turn(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx)
    sends = [told(chat.send(ctx, conversation.id, text)) for text in ("One", "Two")]
    results = await soon(asyncio.gather(*sends, return_exceptions=True))
    assert sorted(type(result).__name__ for result in results) == ["AnswerInProgress", "Told"]
    assert (await chat.messages(ctx, conversation.id)).total == 2


async def test_an_engine_that_dies_leaves_text_that_can_be_continued(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gateway.script("Once upon ", EngineGone("The engine ended."))
    gateway.script("a time")
    conversation = await chat.create(ctx)
    broken = (await told(chat.send(ctx, conversation.id, "Tell"))).finished.answer
    continued = await told(chat.continue_answer(ctx, broken.id))
    assert (broken.status, broken.content) == (MessageStatus.INTERRUPTED, "Once upon ")
    assert broken.error is not None
    assert broken.error["sentence"] == "The engine ended."
    assert (continued.started.user_message, continued.started.answer.content) == (None, "Once upon ")
    assert (continued.text, continued.finished.answer.id) == ("Once upon a time", broken.id)
    assert continued.finished.answer.error is None
    assert gateway.requests[-1].continue_last is True
    assert gateway.requests[-1].messages[-1].text == "Once upon "


async def test_an_engine_that_dies_at_once_is_a_failure_and_the_next_attempt_is_a_fresh_one(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gateway.script(EngineGone("The engine ended."))
    conversation = await chat.create(ctx)
    failed = (await told(chat.send(ctx, conversation.id, "Tell"))).finished.answer
    again = await told(chat.continue_answer(ctx, failed.id))
    assert (failed.status, failed.content) == (MessageStatus.FAILED, "")
    assert (again.text, gateway.requests[-1].continue_last) == ("You said: Tell", False)


async def test_a_bug_fails_the_answer_without_its_text(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gateway.script(ZeroDivisionError("secret"))
    conversation = await chat.create(ctx)
    failed = (await told(chat.send(ctx, conversation.id, "Tell"))).finished.answer
    assert failed.error is not None
    assert failed.error["code"] == "answer_crashed"
    assert "secret" not in str(failed.error)


async def test_an_answer_cut_by_its_limit_says_so_and_can_be_continued(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gateway.finish_reason = "length"
    conversation = await chat.create(ctx)
    cut = (await told(chat.send(ctx, conversation.id, "Tell"))).finished.answer
    gateway.finish_reason = "stop"
    gateway.script(" and more")
    continued = await told(chat.continue_answer(ctx, cut.id))
    assert cut.error is not None
    assert (cut.status, cut.error["code"]) == (MessageStatus.COMPLETE, "answer_cut")
    assert (continued.text, continued.finished.answer.error) == ("You said: Tell and more", None)


async def test_an_answer_that_the_conversation_went_past_cannot_be_continued(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gateway.script("Once ", EngineGone("Gone."))
    conversation = await chat.create(ctx)
    broken = (await told(chat.send(ctx, conversation.id, "Tell"))).finished.answer
    await told(chat.send(ctx, conversation.id, "Never mind"))
    with pytest.raises(NotPossible, match="gone on"):
        await told(chat.continue_answer(ctx, broken.id))


async def test_closing_the_program_keeps_the_text_as_interrupted(
    chat: ChatService, store: SqlChatStore, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gate = Gate()
    gateway.script("Once upon ", gate)
    conversation = await chat.create(ctx)
    reading = asyncio.create_task(told(chat.send(ctx, conversation.id, "Tell")))
    await soon(gate.reached.wait())
    await soon(chat.close(5))
    answer = (await soon(reading)).finished.answer
    row = await store.message(ctx, answer.id)
    assert row is not None
    assert (row.content, row.status) == ("Once upon ", MessageStatus.INTERRUPTED)


async def test_what_a_killed_program_left_streaming_is_marked_at_start(
    chat: ChatService, store: SqlChatStore, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    answer = (await told(chat.send(ctx, conversation.id, "Tell"))).finished.answer
    await store.save_answer(ctx, answer.id, AnswerRow("Once upon ", MessageStatus.STREAMING))
    assert await chat.recover() == 1
    left = await chat.message(ctx, answer.id)
    assert (left.status, left.content) == (MessageStatus.INTERRUPTED, "Once upon ")
    assert left.error is not None
    assert [hit.message_id for hit in await chat.search(ctx, "upon")] == [answer.id]


class FullDisk(SqlChatStore):
    """A store whose disk is full while ``full`` is set."""

    full = False
    refused = 0

    async def save_answer(self, ctx: SecurityContext, message_id: UUID, row: AnswerRow) -> None:
        if self.full:
            self.refused += 1
            raise NoSpace(Path("hyperspot.db"))
        await super().save_answer(ctx, message_id, row)


async def test_a_full_disk_ends_no_answer_and_what_was_written_is_stored_when_there_is_space(
    store: SqlChatStore, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    full_disk = FullDisk(store._database)
    chat = ChatService(full_disk, gateway, uuid7, ChatConfig(title_from_model=False))
    gate = Gate()
    gateway.script("Once ", "upon ", gate, "a time")
    conversation = await chat.create(ctx)
    events = chat.send(ctx, conversation.id, "Tell")
    full_disk.full = True
    reading = asyncio.create_task(told(events))
    await soon(gate.reached.wait())
    gate.opened.set()
    finished = (await soon(reading)).finished.answer
    shown = (await chat.messages(ctx, conversation.id)).messages[-1]
    assert finished.error is not None
    assert (finished.error["code"], finished.content) == ("no_space", "Once upon a time")
    assert "at least 17 MB" in finished.error["action"]
    assert finished.error["needed_bytes"] == str(ROOM_BYTES)
    assert shown.content == "Once upon a time"
    full_disk.full = False
    row = await _row_with_text(chat, store, ctx, conversation.id, "Once upon a time")
    await soon(_until_idle(chat))
    stored = await store.message(ctx, row.id)
    assert stored is not None
    assert (stored.status, stored.error) == (MessageStatus.COMPLETE, None)
    await chat.close(5)


async def test_a_conversation_is_named_at_once_and_better_after_its_first_answer(
    store: SqlChatStore, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    chat = ChatService(store, gateway, uuid7)
    gate = Gate()
    gateway.script(gate, "Hi")
    gateway.title = 'Title: "Plans for Rome".\nAnd so on'
    conversation = await chat.create(ctx)
    reading = asyncio.create_task(told(chat.send(ctx, conversation.id, "What should I see in Rome? I have a day.")))
    await soon(gate.reached.wait())
    early = await chat.get(ctx, conversation.id)
    gate.opened.set()
    await soon(reading)
    await soon(_until_idle(chat))
    await chat.answering.titling.idle()
    late = await chat.get(ctx, conversation.id)
    assert (early.title, early.title_source) == ("What should I see in Rome?", "auto")
    assert (late.title, late.title_source) == ("Plans for Rome", "auto")
    await chat.close(5)


async def test_a_title_that_a_person_chose_stays(
    store: SqlChatStore, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    chat = ChatService(store, gateway, uuid7)
    gateway.title_gate = Gate()
    conversation = await chat.create(ctx)
    await told(chat.send(ctx, conversation.id, "Hello"))
    await soon(gateway.title_gate.reached.wait())
    await chat.update(ctx, conversation.id, ConversationPatch(title="Mine"))
    gateway.title_gate.opened.set()
    await chat.answering.titling.idle()
    named = await chat.get(ctx, conversation.id)
    assert (named.title, named.title_source) == ("Mine", "user")
    await chat.close(5)


async def test_a_new_message_does_not_wait_for_a_title(
    store: SqlChatStore, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    chat = ChatService(store, gateway, uuid7)
    gateway.title_gate = Gate()
    conversation = await chat.create(ctx)
    await told(chat.send(ctx, conversation.id, "Hello"))
    await soon(gateway.title_gate.reached.wait())
    assert (await told(chat.send(ctx, conversation.id, "More"))).text == "You said: More"
    assert (await chat.get(ctx, conversation.id)).title == "Hello"
    await chat.close(5)


async def _row_with_text(
    chat: ChatService, store: SqlChatStore, ctx: SecurityContext, conversation_id: UUID, text: str
) -> ChatMessage:
    """The answer's row, as soon as it holds ``text``."""
    async with asyncio.timeout(10):
        return await anext(row async for row in _rows(chat, store, ctx, conversation_id) if row.content == text)


async def _rows(
    chat: ChatService, store: SqlChatStore, ctx: SecurityContext, conversation_id: UUID
) -> AsyncIterator[ChatMessage]:
    leaf_id = (await chat.get(ctx, conversation_id)).active_leaf_id
    assert leaf_id is not None
    while True:
        row = await store.message(ctx, leaf_id)
        assert row is not None
        yield row


async def _until_idle(chat: ChatService) -> None:
    while chat.answering.desk.busy:
        await asyncio.sleep(0.01)
