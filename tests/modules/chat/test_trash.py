"""Deleting messages and conversations: a way back for as long as they are in the trash, and none at all afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from modkit.db import DatabaseFile, migrate, open_database_file
from modkit.db.backup import create_backup
from modkit.keys.data_key import DataKey
from modkit.security import SecurityContext
from modules.chat.contract import Conversation, MessageNotFound, NotPossible
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.migrations import MIGRATIONS
from tests.modules.chat.chat_support import Gate, ScriptedGateway, soon, told
from tests.support.raw_search import files_with

SECRET = "quicksilver"


async def _talk(chat: ChatService, ctx: SecurityContext, *texts: str) -> Conversation:
    conversation = await chat.create(ctx)
    for text in texts:
        await told(chat.send(ctx, conversation.id, text))
    return await chat.get(ctx, conversation.id)


async def _shown(chat: ChatService, ctx: SecurityContext, conversation: Conversation) -> list[str]:
    page = await chat.messages(ctx, conversation.id)
    return ["(deleted)" if one.deleted_at is not None else one.content for one in page.messages]


async def test_a_deleted_question_takes_its_answers_along_and_comes_back_with_them(
    chat: ChatService, ctx: SecurityContext
) -> None:
    conversation = await _talk(chat, ctx, "One", "Two")
    question = (await chat.messages(ctx, conversation.id)).messages[0]

    deleted = await chat.trash_message(ctx, question.id)

    assert len(deleted) == 2
    assert await _shown(chat, ctx, conversation) == ["(deleted)", "(deleted)", "Two", "You said: Two"]
    assert set(await chat.restore_message(ctx, deleted[1])) == set(deleted)
    assert await _shown(chat, ctx, conversation) == ["One", "You said: One", "Two", "You said: Two"]


async def test_a_deleted_answer_leaves_its_question(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await _talk(chat, ctx, "One")
    answer = (await chat.messages(ctx, conversation.id)).messages[1]

    await chat.trash_message(ctx, answer.id)

    assert await _shown(chat, ctx, conversation) == ["One", "(deleted)"]


async def test_what_was_deleted_is_told_to_no_model(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    conversation = await _talk(chat, ctx, SECRET, "Two")
    await chat.trash_message(ctx, (await chat.messages(ctx, conversation.id)).messages[0].id)

    await told(chat.send(ctx, conversation.id, "Three"))

    said = [(message.role, message.text) for message in gateway.requests[-1].messages]
    assert said == [("user", "Two"), ("assistant", "You said: Two"), ("user", "Three")]


async def test_search_does_not_find_it_until_it_is_restored(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await _talk(chat, ctx, "Hello", f"the {SECRET} runs")
    question = (await chat.messages(ctx, conversation.id)).messages[2]

    await chat.trash_message(ctx, question.id)
    assert await chat.search(ctx, SECRET) == []

    await chat.restore_message(ctx, question.id)
    assert {hit.message_id for hit in await chat.search(ctx, SECRET)} >= {question.id}


async def test_deleting_while_it_is_written_stops_the_answer(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gate = Gate()
    gateway.script("begun ", gate)
    conversation = await chat.create(ctx)
    events = chat.send(ctx, conversation.id, "Go")
    started = await anext(events)
    await soon(gate.reached.wait())

    await soon(chat.trash_message(ctx, started.answer.id))  # type: ignore[union-attr]  # the first event starts it

    assert await _shown(chat, ctx, conversation) == ["Go", "(deleted)"]
    assert await chat.stop(ctx, conversation.id) is False
    await events.aclose()  # type: ignore[attr-defined]  # it is a generator


@pytest.mark.parametrize("verb", ["regenerate", "edit", "continue_answer"])
async def test_nothing_is_made_of_a_deleted_message(chat: ChatService, ctx: SecurityContext, verb: str) -> None:
    conversation = await _talk(chat, ctx, "One")
    question = (await chat.messages(ctx, conversation.id)).messages[0]
    await chat.trash_message(ctx, question.id)
    more = {"edit": ("Other",)}.get(verb, ())

    with pytest.raises(NotPossible, match="deleted"):
        await told(getattr(chat, verb)(ctx, question.id, *more))


async def test_the_trash_shows_what_was_deleted_together_as_one(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await _talk(chat, ctx, "First question", "Second question")
    page = (await chat.messages(ctx, conversation.id)).messages
    await chat.trash_message(ctx, page[0].id)
    await chat.trash_message(ctx, page[3].id)

    last, first = await chat.trashed_messages(ctx)

    assert (first.id, first.text, first.count, first.role) == (page[0].id, "First question", 2, "user")
    assert (last.id, last.count, last.conversation_title) == (page[3].id, 1, conversation.title)


async def test_the_messages_of_a_trashed_conversation_are_not_shown_beside_it(
    chat: ChatService, ctx: SecurityContext
) -> None:
    conversation = await _talk(chat, ctx, "One")
    await chat.trash_message(ctx, (await chat.messages(ctx, conversation.id)).messages[0].id)
    await chat.trash(ctx, conversation.id)

    assert await chat.trashed_messages(ctx) == []


async def test_a_cleared_conversation_begins_anew_and_can_be_taken_back(
    chat: ChatService, ctx: SecurityContext
) -> None:
    conversation = await _talk(chat, ctx, "One", "Two")

    cleared = await chat.clear(ctx, conversation.id)

    assert cleared is not None
    assert await _shown(chat, ctx, conversation) == []
    assert len(await chat.restore_message(ctx, cleared)) == 4
    assert await _shown(chat, ctx, conversation) == ["One", "You said: One", "Two", "You said: Two"]
    empty = await chat.create(ctx)
    assert await chat.clear(ctx, empty.id) is None


async def test_many_conversations_go_and_come_back_at_once(chat: ChatService, ctx: SecurityContext) -> None:
    ids = [(await chat.create(ctx, title=f"Chat {number}")).id for number in range(5)]
    await chat.trash(ctx, ids[0])

    assert set(await chat.trash_many(ctx, ids)) == set(ids[1:])
    assert await chat.conversations(ctx) == []
    assert set(await chat.restore_many(ctx, ids[1:])) == set(ids[1:])
    assert {one.id for one in await chat.conversations(ctx)} == set(ids[1:])


async def test_only_what_is_in_the_trash_is_deleted_for_ever(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await _talk(chat, ctx, "One")
    message = (await chat.messages(ctx, conversation.id)).messages[0]
    with pytest.raises(NotPossible, match="trash"):
        await chat.delete_message_for_ever(ctx, message.id)
    with pytest.raises(NotPossible, match="trash"):
        await chat.restore_message(ctx, message.id)
    with pytest.raises(MessageNotFound):
        await chat.trash_message(ctx, conversation.id)
    with pytest.raises(MessageNotFound):
        await chat.delete_message_for_ever(ctx, conversation.id)
    with pytest.raises(MessageNotFound):
        await chat.restore_message(ctx, conversation.id)
    assert await _shown(chat, ctx, conversation) == ["One", "You said: One"]


async def test_a_conversation_deleted_for_ever_is_in_no_file_and_in_no_later_backup(
    chat: ChatService, chat_file: DatabaseFile, ctx: SecurityContext, tmp_path: Path
) -> None:
    kept = await _talk(chat, ctx, "An ordinary question")
    gone = await _talk(chat, ctx, f"the {SECRET} runs " * 200, f"still {SECRET}")
    await chat.trash(ctx, gone.id)
    assert files_with(SECRET, tmp_path, chat_file.key), "or the search below proves nothing"

    assert await chat.delete_for_ever(ctx, gone.id)
    await create_backup(chat_file)

    assert files_with(SECRET, tmp_path, chat_file.key) == []
    assert await _shown(chat, ctx, kept) == ["An ordinary question", "You said: An ordinary question"]
    assert {hit.conversation_id for hit in await chat.search(ctx, "ordinary")} == {kept.id}


async def test_a_message_deleted_for_ever_is_in_no_file_and_the_title_made_of_it_neither(
    chat: ChatService, chat_file: DatabaseFile, ctx: SecurityContext, tmp_path: Path
) -> None:
    conversation = await _talk(chat, ctx, f"the {SECRET} runs", "Two")
    assert SECRET in conversation.title
    question = (await chat.messages(ctx, conversation.id)).messages[0]
    await chat.trash_message(ctx, question.id)

    assert await chat.delete_message_for_ever(ctx, question.id)
    await create_backup(chat_file)

    assert files_with(SECRET, tmp_path, chat_file.key) == []
    assert await _shown(chat, ctx, conversation) == ["(deleted)", "(deleted)", "Two", "You said: Two"]
    assert (await chat.message(ctx, question.id)).erased
    assert await chat.trashed_messages(ctx) == []
    with pytest.raises(NotPossible):
        await chat.restore_message(ctx, question.id)


async def test_what_is_old_leaves_the_trash_for_ever(
    chat: ChatService, chat_file: DatabaseFile, ctx: SecurityContext, tmp_path: Path
) -> None:
    conversation = await _talk(chat, ctx, "Hello", f"the {SECRET} runs")
    await chat.trash_message(ctx, (await chat.messages(ctx, conversation.id)).messages[2].id)

    assert await chat.empty_trash(30) == 0
    assert len(await chat.trashed_messages(ctx)) == 1

    assert await chat.empty_trash(-1) == 2
    assert files_with(SECRET, tmp_path, chat_file.key) == []


async def test_messages_of_a_profile_from_before_can_be_deleted(tmp_path: Path, ctx: SecurityContext) -> None:
    file = await open_database_file(tmp_path / "old.db", DataKey.generate())
    try:
        await migrate(file, "chat", MIGRATIONS[:2])
        async with file.writing() as connection:
            for statement in _OLD_ROWS:
                await connection.exec_driver_sql(statement)
            await connection.commit()
        await migrate(file, "chat", MIGRATIONS)
        async with file.writing() as connection:
            await connection.exec_driver_sql("UPDATE chat_messages SET deleted_at = '2026-01-01T00:00:00.000000Z'")
            await connection.commit()
        async with file.reading() as connection:
            found = await connection.exec_driver_sql(f"SELECT * FROM chat_search WHERE chat_search MATCH '{SECRET}'")
            assert found.all() == []
    finally:
        await file.close()


_STAMPS = "'t', 'o', '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z', '', NULL"
_OLD_ROWS = (
    f"INSERT INTO chat_conversations VALUES ('c', {_STAMPS}, '', 'none', NULL, '', '{{}}', NULL, '', '', '[]')",
    f"INSERT INTO chat_messages VALUES ('m', {_STAMPS}, 'c', NULL, 0, 1, 'user', 'complete', NULL, NULL, NULL,"
    f" '{SECRET}', 0, NULL)",
)
