"""Conversations and their trees, answered by a scripted model, on a real store."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from modkit.db import Database, DatabaseFile, uuid7
from modkit.security import SecurityContext
from modules.chat.config import ChatConfig
from modules.chat.contract import (
    ChatParams,
    ConversationNotFound,
    ConversationPatch,
    EmptyMessage,
    MessageNotFound,
    MessageStatus,
    NoModelInstalled,
    NotPossible,
)
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.repository import SqlChatStore
from tests.modules.chat.chat_support import ScriptedGateway, told


async def test_a_sent_message_is_answered_and_both_are_kept(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx)
    answer = await told(chat.send(ctx, conversation.id, "Hello"))
    page = await chat.messages(ctx, conversation.id)
    assert answer.text == "You said: Hello"
    assert [(message.role, message.content) for message in page.messages] == [
        ("user", "Hello"),
        ("assistant", "You said: Hello"),
    ]
    assert (page.start, page.total) == (0, 2)
    assert page.messages[1] == answer.finished.answer
    assert page.messages[1].status is MessageStatus.COMPLETE
    assert page.messages[1].stats is not None
    assert page.messages[1].stats.context_length == 2048


async def test_the_model_is_sent_the_whole_branch_and_the_system_prompt(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx, system_prompt="Be brief.", params=ChatParams(temperature=0.2))
    await told(chat.send(ctx, conversation.id, "One"))
    await told(chat.send(ctx, conversation.id, "Two"))
    request = gateway.requests[-1]
    roles = [(message.role, message.text) for message in request.messages]
    assert roles == [("system", "Be brief."), ("user", "One"), ("assistant", "You said: One"), ("user", "Two")]
    assert (request.model, request.conversation_key) == ("local::tiny", str(conversation.id))
    assert request.params.temperature == 0.2


async def test_regenerating_makes_a_sibling_and_loses_nothing(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx)
    first = (await told(chat.send(ctx, conversation.id, "Hello"))).finished.answer
    second = (await told(chat.regenerate(ctx, first.id))).finished.answer
    shown = (await chat.messages(ctx, conversation.id)).messages[-1]
    assert (shown.id, shown.sibling_index, shown.sibling_count) == (second.id, 1, 2)
    assert (await chat.message(ctx, first.id)).content == first.content


async def test_editing_makes_a_sibling_of_the_question_with_its_own_answer(
    chat: ChatService, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    before = await told(chat.send(ctx, conversation.id, "Helo"))
    assert before.started.user_message is not None
    await told(chat.edit(ctx, before.started.user_message.id, "Hello"))
    page = await chat.messages(ctx, conversation.id)
    assert [message.content for message in page.messages] == ["Hello", "You said: Hello"]
    assert (page.messages[0].sibling_index, page.messages[0].sibling_count) == (1, 2)


async def test_switching_branches_shows_the_newest_end_of_the_other(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx)
    first = await told(chat.send(ctx, conversation.id, "One"))
    await told(chat.send(ctx, conversation.id, "More"))
    assert first.started.user_message is not None
    edited = await told(chat.edit(ctx, first.started.user_message.id, "Two"))
    assert edited.started.user_message is not None
    await chat.switch_branch(ctx, edited.started.user_message.id, "previous")
    old = [message.content for message in (await chat.messages(ctx, conversation.id)).messages]
    unchanged = await chat.switch_branch(ctx, first.started.user_message.id, "previous")
    await chat.switch_branch(ctx, first.started.user_message.id, "next")
    new = [message.content for message in (await chat.messages(ctx, conversation.id)).messages]
    assert old == ["One", "You said: One", "More", "You said: More"]
    assert new == ["Two", "You said: Two"]
    assert unchanged.active_leaf_id != edited.finished.answer.id


async def test_a_message_can_be_sent_below_any_other(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    first = await told(chat.send(ctx, conversation.id, "One"))
    await told(chat.send(ctx, conversation.id, "Two"))
    await told(chat.send(ctx, conversation.id, "Other", parent_id=first.finished.answer.id))
    assert [message.text for message in gateway.requests[-1].messages] == ["One", "You said: One", "Other"]


async def test_a_parent_of_another_conversation_is_refused(chat: ChatService, ctx: SecurityContext) -> None:
    one, other = await chat.create(ctx), await chat.create(ctx)
    foreign = await told(chat.send(ctx, other.id, "There"))
    with pytest.raises(MessageNotFound):
        await told(chat.send(ctx, one.id, "Here", parent_id=foreign.finished.answer.id))


async def test_pages_are_windows_of_the_branch_from_its_end(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx)
    await told(chat.send(ctx, conversation.id, "1"))
    await told(chat.send(ctx, conversation.id, "2"))
    await told(chat.send(ctx, conversation.id, "3"))
    last = await chat.messages(ctx, conversation.id, limit=2)
    before = await chat.messages(ctx, conversation.id, before=last.start, limit=3)
    first = await chat.messages(ctx, conversation.id, before=before.start, limit=10)
    nothing = await chat.messages(ctx, conversation.id, before=0)
    assert [message.content for message in last.messages] == ["3", "You said: 3"]
    assert [message.content for message in before.messages] == ["You said: 1", "2", "You said: 2"]
    assert [message.content for message in first.messages] == ["1"]
    assert (last.start, before.start, first.start, nothing.messages, nothing.total) == (4, 1, 0, (), 6)


async def test_an_empty_conversation_has_an_empty_page(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx)
    assert (await chat.messages(ctx, conversation.id)).total == 0


@pytest.mark.parametrize("text", ["", "  \n\t ", "\x00\x01\x1b"])
async def test_a_message_without_text_is_refused(chat: ChatService, ctx: SecurityContext, text: str) -> None:
    conversation = await chat.create(ctx)
    with pytest.raises(EmptyMessage):
        await told(chat.send(ctx, conversation.id, text))
    assert (await chat.messages(ctx, conversation.id)).total == 0


async def test_what_is_not_text_is_cleaned_away(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx)
    answer = await told(chat.send(ctx, conversation.id, "a\x00b\ud800c\r\nd\x1b[0m"))
    assert answer.started.user_message is not None
    assert answer.started.user_message.content == "ab�c\nd[0m"


async def test_without_a_model_nothing_is_stored_and_the_error_says_what_to_do(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gateway.installed = False
    conversation = await chat.create(ctx)
    with pytest.raises(NoModelInstalled):
        await told(chat.send(ctx, conversation.id, "Hello"))
    assert (await chat.messages(ctx, conversation.id)).total == 0


async def test_the_list_has_the_last_used_first_and_a_draft_does_not_count(
    chat: ChatService, ctx: SecurityContext
) -> None:
    one, two = await chat.create(ctx, title="One"), await chat.create(ctx, title="Two")
    await told(chat.send(ctx, one.id, "Hello"))
    await chat.update(ctx, two.id, ConversationPatch(draft="half a thou"))
    listed = await chat.conversations(ctx)
    assert [conversation.title for conversation in listed] == ["One", "Two"]
    assert listed[1].draft == "half a thou"


async def test_another_text_leaves_the_draft_alone(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx)
    await chat.update(ctx, conversation.id, ConversationPatch(draft="half a thou"))
    await told(chat.send(ctx, conversation.id, "Hello"))
    assert (await chat.get(ctx, conversation.id)).draft == "half a thou"


async def test_sending_the_draft_empties_it(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx)
    await chat.update(ctx, conversation.id, ConversationPatch(draft="Hello "))
    await told(chat.send(ctx, conversation.id, "Hello", from_draft=True))
    assert (await chat.get(ctx, conversation.id)).draft == ""


async def test_a_patch_changes_only_what_it_names(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx, title="Old", model="tiny", system_prompt="Be brief.")
    patched = await chat.update(ctx, conversation.id, ConversationPatch(title=" New\n name "))
    assert (patched.title, patched.title_source, patched.model) == ("New name", "user", "tiny")
    cleared = await chat.update(ctx, conversation.id, ConversationPatch(model="", params=ChatParams(top_k=3)))
    assert (cleared.title, cleared.model, cleared.params) == ("New name", None, ChatParams(top_k=3))


async def test_trash_and_restore_lose_nothing(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx)
    await told(chat.send(ctx, conversation.id, "Hello"))
    await chat.trash(ctx, conversation.id)
    assert await chat.conversations(ctx) == []
    assert [trashed.id for trashed in await chat.conversations(ctx, trashed=True)] == [conversation.id]
    with pytest.raises(NotPossible, match="trash"):
        await told(chat.send(ctx, conversation.id, "More"))
    await chat.restore(ctx, conversation.id)
    assert [restored.id for restored in await chat.conversations(ctx)] == [conversation.id]
    assert (await chat.messages(ctx, conversation.id)).total == 2


async def test_only_trashed_conversations_can_be_deleted_for_ever(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx)
    answer = await told(chat.send(ctx, conversation.id, "Hello"))
    with pytest.raises(NotPossible):
        await chat.delete_for_ever(ctx, conversation.id)
    await chat.trash(ctx, conversation.id)
    await chat.delete_for_ever(ctx, conversation.id)
    with pytest.raises(ConversationNotFound):
        await chat.get(ctx, conversation.id)
    with pytest.raises(MessageNotFound):
        await chat.message(ctx, answer.finished.answer.id)


class RestoredMeanwhile(SqlChatStore):
    """Somebody restores every conversation a moment before it would be deleted."""

    async def delete(self, ctx: SecurityContext, conversation_id: UUID) -> bool:
        await self.restore(ctx, [conversation_id])
        return await super().delete(ctx, conversation_id)


async def test_a_conversation_that_is_restored_a_moment_before_is_not_deleted(
    chat_file: DatabaseFile, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    chat = ChatService(
        RestoredMeanwhile(Database("chat", chat_file)), gateway, uuid7, ChatConfig(title_from_model=False)
    )
    conversation = await chat.create(ctx)
    await told(chat.send(ctx, conversation.id, "Hello"))
    await chat.trash(ctx, conversation.id)
    with pytest.raises(NotPossible, match="trash"):
        await chat.delete_for_ever(ctx, conversation.id)
    await chat.trash(ctx, conversation.id)
    assert await chat.empty_trash(kept_days=-1) == 0
    assert [kept.id for kept in await chat.conversations(ctx)] == [conversation.id]
    assert (await chat.messages(ctx, conversation.id)).total == 2
    with pytest.raises(ConversationNotFound):
        await chat.delete_for_ever(ctx, uuid4())
    await chat.close(5)


async def test_the_trash_is_emptied_only_of_what_is_old_enough(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx)
    await chat.trash(ctx, conversation.id)
    assert await chat.empty_trash(kept_days=30) == 0
    assert await chat.empty_trash(kept_days=-1) == 1
    assert await chat.conversations(ctx, trashed=True) == []


async def test_another_user_finds_nothing(chat: ChatService, ctx: SecurityContext) -> None:
    other = replace(ctx, subject_id=uuid4())
    conversation = await chat.create(ctx, title="Secret plan")
    answer = await told(chat.send(ctx, conversation.id, "secret"))
    assert await chat.conversations(other) == []
    assert await chat.search(other, "secret") == []
    with pytest.raises(ConversationNotFound):
        await chat.messages(other, conversation.id)
    with pytest.raises(MessageNotFound):
        await chat.message(other, answer.finished.answer.id)
    with pytest.raises(ConversationNotFound):
        await told(chat.send(other, conversation.id, "mine now"))


async def test_markdown_has_the_branch_that_is_shown(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx, title="Plans", system_prompt="Be brief.")
    first = await told(chat.send(ctx, conversation.id, "Old"))
    assert first.started.user_message is not None
    await told(chat.edit(ctx, first.started.user_message.id, "New"))
    text = await chat.export(ctx, conversation.id, "markdown")
    assert text.startswith("# Plans\n")
    assert "## You\n\nNew\n\n## Assistant (tiny)\n\nYou said: New\n" in text
    assert "Old" not in text


async def test_json_has_the_whole_tree(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx, title="Plans")
    first = await told(chat.send(ctx, conversation.id, "Old"))
    assert first.started.user_message is not None
    await told(chat.edit(ctx, first.started.user_message.id, "New"))
    document = json.loads(await chat.export(ctx, conversation.id, "json"))
    assert (document["format"], document["version"]) == ("hyperspot.conversation", 1)
    assert [(message["content"], message["active"]) for message in document["messages"]] == [
        ("Old", False),
        ("You said: Old", False),
        ("New", True),
        ("You said: New", True),
    ]


async def test_watchers_hear_what_was_stored(chat: ChatService, ctx: SecurityContext) -> None:
    changes = chat.watch(ctx)
    conversation = await chat.create(ctx)
    await told(chat.send(ctx, conversation.id, "Hello"))
    await chat.trash(ctx, conversation.id)
    await chat.close(5)
    heard = [(change.conversation_id, change.change) async for change in changes]
    expected = ["created", "message", "message", "trashed"]
    assert heard == [(conversation.id, change) for change in expected]


async def test_only_questions_can_be_edited_and_complete_answers_not_continued(
    chat: ChatService, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    answer = (await told(chat.send(ctx, conversation.id, "Hello"))).finished.answer
    with pytest.raises(NotPossible):
        await told(chat.edit(ctx, answer.id, "Better"))
    with pytest.raises(NotPossible):
        await told(chat.continue_answer(ctx, answer.id))
