"""A private chat answers like any other, and was never there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modkit.db import DatabaseFile, uuid7
from modkit.security import SecurityContext
from modules.chat.config import ChatConfig
from modules.chat.contract import (
    ConversationNotFound,
    ConversationPatch,
    ImportedConversation,
    MessageNotFound,
    MessageStatus,
    NotPossible,
)
from modules.chat.domain.service import ChatService
from modules.chat.infra.memory.store import MemoryChatStore
from modules.chat.infra.routed import RoutedChatStore
from modules.chat.infra.storage.repository import SqlChatStore
from tests.modules.chat.chat_support import Gate, ScriptedGateway, soon, told
from tests.support.raw_search import files_with

SECRET = "quicksilver"


@pytest.fixture
async def both(store: SqlChatStore, gateway: ScriptedGateway) -> AsyncIterator[ChatService]:
    service = ChatService(RoutedChatStore(store, MemoryChatStore()), gateway, uuid7, ChatConfig())
    yield service
    await service.close(5)


async def test_it_leaves_no_trace_in_any_file(
    both: ChatService, chat_file: DatabaseFile, gateway: ScriptedGateway, ctx: SecurityContext, tmp_path: Path
) -> None:
    gateway.title = f"About {SECRET}"
    conversation = await both.create(ctx, private=True, system_prompt=f"You know {SECRET}")
    first = await told(both.send(ctx, conversation.id, f"the {SECRET} runs"))
    await both.update(ctx, conversation.id, ConversationPatch(draft=f"a draft on {SECRET}", title=f"On {SECRET}"))
    await told(both.regenerate(ctx, first.finished.answer.id))
    assert first.started.user_message is not None
    await told(both.edit(ctx, first.started.user_message.id, f"other {SECRET}"))
    assert files_with(SECRET, tmp_path, chat_file.key) == []
    await both.trash(ctx, conversation.id)
    assert await both.delete_for_ever(ctx, conversation.id)

    assert files_with(SECRET, tmp_path, chat_file.key) == []
    with pytest.raises(ConversationNotFound):
        await both.get(ctx, conversation.id)


async def test_it_is_a_whole_chat_with_branches_search_and_export(both: ChatService, ctx: SecurityContext) -> None:
    conversation = await both.create(ctx, private=True)
    first = (await told(both.send(ctx, conversation.id, "One"))).finished.answer
    again = (await told(both.regenerate(ctx, first.id))).finished.answer

    page = await both.messages(ctx, conversation.id)
    assert [(one.content, one.sibling_index, one.sibling_count) for one in page.messages] == [
        ("One", 0, 1),
        ("You said: One", 1, 2),
    ]
    await both.switch_branch(ctx, again.id, "previous")
    assert (await both.messages(ctx, conversation.id)).messages[-1].id == first.id
    await told(both.send(ctx, conversation.id, "Two"))
    assert [one.content for one in (await both.messages(ctx, conversation.id, limit=2)).messages] == [
        "Two",
        "You said: Two",
    ]
    assert (await both.messages(ctx, conversation.id, before=2, limit=1)).messages[0].id == first.id
    assert [hit.snippet for hit in await both.search(ctx, "two", conversation_id=conversation.id)] == [
        "You said: \x02Two\x03",
        "\x02Two\x03",
    ]
    assert "You said: Two" in await both.export(ctx, conversation.id, "markdown")
    assert len((await both.tree(ctx, conversation.id)).messages) == 5


async def test_it_is_in_its_own_list_only(both: ChatService, ctx: SecurityContext) -> None:
    private = await both.create(ctx, private=True)
    stored = await both.create(ctx)
    await told(both.send(ctx, private.id, SECRET))

    assert [one.id for one in await both.conversations(ctx)] == [stored.id]
    assert [one.id for one in await both.conversations(ctx, private=True)] == [private.id]
    assert await both.search(ctx, SECRET) == []
    other = SecurityContext(uuid7(), ctx.subject_tenant_id)
    assert await both.conversations(other, private=True) == []
    with pytest.raises(ConversationNotFound):
        await both.get(other, private.id)


async def test_it_can_be_taken_back_from_the_trash_until_the_program_ends(
    both: ChatService, ctx: SecurityContext
) -> None:
    private = await both.create(ctx, private=True)
    stored = await both.create(ctx)

    assert set(await both.trash_many(ctx, [private.id, stored.id])) == {private.id, stored.id}
    assert [one.id for one in await both.conversations(ctx, trashed=True, private=True)] == [private.id]
    assert set(await both.restore_many(ctx, [private.id, stored.id])) == {private.id, stored.id}


async def test_a_message_of_it_is_deleted_at_once_with_what_follows(both: ChatService, ctx: SecurityContext) -> None:
    private = await both.create(ctx, private=True)
    await told(both.send(ctx, private.id, "One"))
    second = await told(both.send(ctx, private.id, "Two"))
    assert second.started.user_message is not None

    assert len(await both.trash_message(ctx, second.started.user_message.id)) == 2

    assert [one.content for one in (await both.messages(ctx, private.id)).messages] == ["One", "You said: One"]
    with pytest.raises(MessageNotFound):
        await both.message(ctx, second.finished.answer.id)
    assert await both.trashed_messages(ctx) == []
    await both.clear(ctx, private.id)
    assert (await both.messages(ctx, private.id)).total == 0


async def test_an_answer_that_goes_on_after_it_is_deleted_reaches_no_disk(
    both: ChatService, chat_file: DatabaseFile, gateway: ScriptedGateway, ctx: SecurityContext, tmp_path: Path
) -> None:
    gate = Gate()
    gateway.script(f"{SECRET} ", gate, SECRET)
    private = await both.create(ctx, private=True)
    events = both.send(ctx, private.id, "Go")
    started = await anext(events)
    await soon(gate.reached.wait())
    await soon(both.trash(ctx, private.id))
    await both.delete_for_ever(ctx, private.id)
    gate.opened.set()
    finished = [event async for event in events][-1]

    assert finished.answer.status is MessageStatus.STOPPED  # type: ignore[union-attr]  # the last event has one
    with pytest.raises(MessageNotFound):
        await both.message(ctx, started.answer.id)  # type: ignore[union-attr]  # the first event starts it
    with pytest.raises(ConversationNotFound):
        await told(both.send(ctx, private.id, SECRET))
    assert files_with(SECRET, tmp_path, chat_file.key) == []


async def test_nothing_is_imported_into_it(both: ChatService, ctx: SecurityContext) -> None:
    private = await both.create(ctx, private=True)
    with pytest.raises(NotPossible, match="private"):
        await both.import_conversation(ctx, await both.tree(ctx, private.id))
    assert not await both.take_back(ctx, ImportedConversation(private.id, created=True, added=0, known=0))
    assert (await both.tree(ctx, private.id)).conversation.id == private.id
