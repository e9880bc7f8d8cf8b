"""A whole conversation goes out and comes back as it was, or not at all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest

from modkit.db import Database, DatabaseFile, migrate, open_database_file, uuid7
from modkit.keys.data_key import DataKey
from modkit.security import SecurityContext
from modules.chat.config import ChatConfig
from modules.chat.contract import (
    ChatMessage,
    ChatParams,
    Conversation,
    ConversationNotFound,
    ConversationPatch,
    ConversationTree,
    InvalidTree,
    MessageStats,
    MessageStatus,
    Role,
)
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.migrations import MIGRATIONS
from modules.chat.infra.storage.repository import SqlChatStore
from tests.modules.chat.chat_support import Gate, ScriptedGateway, told
from tests.modules.chat.documents_support import PETS, RENT, TRACE

LONG_AGO = datetime(2021, 3, 4, 5, 6, 7, 89, tzinfo=UTC)
OTHER_USER = SecurityContext(uuid7(), SecurityContext.local_user().subject_tenant_id)


@pytest.fixture
async def other_chat(tmp_path: Path) -> AsyncIterator[ChatService]:
    """Another profile, with another key."""
    file: DatabaseFile = await open_database_file(tmp_path / "other.db", DataKey.generate())
    await migrate(file, "chat", MIGRATIONS)
    service = ChatService(
        SqlChatStore(Database("chat", file)), ScriptedGateway(), uuid7, ChatConfig(title_from_model=False)
    )
    yield service
    await service.close(5)
    await file.close()


def _message(tree_id: UUID, parent: ChatMessage | None, text: str, **values: object) -> ChatMessage:
    role: Role = "user" if parent is None or parent.role == "assistant" else "assistant"
    message = ChatMessage(
        uuid7(), tree_id, None if parent is None else parent.id, role, text, MessageStatus.COMPLETE, LONG_AGO
    )
    return replace(message, **values)  # type: ignore[arg-type]  # a test names fields of the message


def _whole_tree() -> ConversationTree:
    """Two roots, an answer with a sibling, documents, stats, an error, a model and every parameter."""
    conversation_id = uuid7()
    question = _message(conversation_id, None, "How much is the rent?")
    other = _message(conversation_id, None, "How much is the rant?", created_at=LONG_AGO + timedelta(seconds=1))
    answer = _message(
        conversation_id,
        question,
        "The rent is 900 euros [1].",
        model="local::tiny",
        stats=MessageStats(input_tokens=12, output_tokens=9, total_ms=1.5),
        citations=(RENT,),
        from_documents=True,
    )
    again = _message(
        conversation_id,
        question,
        "It is",
        status=MessageStatus.STOPPED,
        error={"code": "stopped", "sentence": "It was stopped."},
    )
    conversation = Conversation(
        conversation_id,
        "Rent",
        "user",
        "local::tiny",
        "Be brief.",
        ChatParams(0.1, 0.2, 3, 0.4, 1.5, 600, 7),
        answer.id,
        LONG_AGO,
        LONG_AGO + timedelta(days=1),
        draft="And the",
        collections=(uuid7(),),
    )
    return ConversationTree(
        conversation, (question, other, answer, again), {answer.id: (RENT, PETS)}, {answer.id: TRACE}
    )


async def test_a_tree_comes_back_as_it_went_in(chat: ChatService, ctx: SecurityContext) -> None:
    tree = _whole_tree()
    imported = await chat.import_conversation(ctx, tree)
    assert await chat.tree(ctx, tree.conversation.id) == tree
    assert (imported.created, imported.added, imported.known, imported.in_trash) == (True, 4, 0, False)


async def test_what_was_chatted_moves_to_another_profile_and_is_the_same_there(
    chat: ChatService, ctx: SecurityContext, other_chat: ChatService
) -> None:
    conversation = await chat.create(ctx, system_prompt="Be brief.")
    first = await told(chat.send(ctx, conversation.id, "One"))
    await told(chat.regenerate(ctx, first.finished.answer.id))
    await told(chat.send(ctx, conversation.id, "Two"))
    tree = await chat.tree(ctx, conversation.id)
    await other_chat.import_conversation(ctx, tree)
    assert await other_chat.tree(ctx, conversation.id) == tree
    assert await other_chat.messages(ctx, conversation.id) == await chat.messages(ctx, conversation.id)
    found = await other_chat.search(ctx, "two")
    assert {hit.conversation_id for hit in found} == {conversation.id}


async def test_the_same_tree_twice_changes_nothing(chat: ChatService, ctx: SecurityContext) -> None:
    tree = _whole_tree()
    await chat.import_conversation(ctx, tree)
    again = await chat.import_conversation(ctx, tree)
    assert (again.created, again.added, again.known) == (False, 0, 4)
    assert await chat.tree(ctx, tree.conversation.id) == tree


async def test_missing_messages_are_added_and_what_is_there_stays_as_it_is(
    chat: ChatService, ctx: SecurityContext
) -> None:
    tree = _whole_tree()
    begun = replace(tree, messages=tree.messages[:1], passages={}, traces={})
    await chat.import_conversation(ctx, begun)
    await chat.update(ctx, tree.conversation.id, ConversationPatch(title="Mine"))
    changed = replace(tree, messages=(replace(tree.messages[0], content="Other words"), *tree.messages[1:]))
    imported = await chat.import_conversation(ctx, changed)
    now = await chat.tree(ctx, tree.conversation.id)
    assert (imported.created, imported.added, imported.known) == (False, 3, 1)
    assert now.messages == tree.messages
    assert now.conversation.title == "Mine"
    assert now.traces == tree.traces


async def test_a_conversation_goes_on_after_it_was_imported(chat: ChatService, ctx: SecurityContext) -> None:
    tree = _whole_tree()
    tree = replace(tree, conversation=replace(tree.conversation, model=None, collections=()))
    await chat.import_conversation(ctx, tree)
    await told(chat.send(ctx, tree.conversation.id, "Thanks"))
    page = await chat.messages(ctx, tree.conversation.id)
    assert [message.content for message in page.messages[-2:]] == ["Thanks", "You said: Thanks"]
    assert page.total == 4


async def test_an_empty_conversation_is_filled_and_shows_its_messages(chat: ChatService, ctx: SecurityContext) -> None:
    tree = _whole_tree()
    await chat.import_conversation(ctx, replace(tree, messages=(), passages={}, traces={}))
    await chat.import_conversation(ctx, tree)
    assert (await chat.get(ctx, tree.conversation.id)).active_leaf_id == tree.conversation.active_leaf_id


async def test_a_tree_that_shows_no_branch_shows_its_newest_message(chat: ChatService, ctx: SecurityContext) -> None:
    tree = _whole_tree()
    unmarked = replace(tree, conversation=replace(tree.conversation, active_leaf_id=uuid7()))
    await chat.import_conversation(ctx, unmarked)
    assert (await chat.get(ctx, tree.conversation.id)).active_leaf_id == tree.messages[-1].id


async def test_what_lay_in_the_trash_lies_there_again(chat: ChatService, ctx: SecurityContext) -> None:
    tree = _whole_tree()
    trashed = replace(tree, conversation=replace(tree.conversation, deleted_at=LONG_AGO + timedelta(days=2)))
    imported = await chat.import_conversation(ctx, trashed)
    assert imported.in_trash
    assert await chat.tree(ctx, tree.conversation.id) == trashed
    assert await chat.conversations(ctx) == []


async def test_a_conversation_deleted_for_ever_can_come_back(chat: ChatService, ctx: SecurityContext) -> None:
    tree = _whole_tree()
    await chat.import_conversation(ctx, tree)
    await chat.messages(ctx, tree.conversation.id, limit=1)
    await chat.trash(ctx, tree.conversation.id)
    await chat.delete_for_ever(ctx, tree.conversation.id)
    imported = await chat.import_conversation(ctx, tree)
    assert imported.created
    assert await chat.tree(ctx, tree.conversation.id) == tree


async def test_an_answer_that_is_being_written_goes_out_with_its_text_and_arrives_as_interrupted(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext, other_chat: ChatService
) -> None:
    gate = Gate()
    gateway.script("Half an ans", gate, "wer.")
    conversation = await chat.create(ctx)
    answer = chat.send(ctx, conversation.id, "Hello")
    await anext(answer)
    await gate.reached.wait()
    tree = await chat.tree(ctx, conversation.id)
    gate.opened.set()
    await other_chat.import_conversation(ctx, tree)
    (_, arrived) = (await other_chat.tree(ctx, conversation.id)).messages
    assert (tree.messages[1].status, tree.messages[1].content) == (MessageStatus.STREAMING, "Half an ans")
    assert (arrived.status, arrived.content) == (MessageStatus.INTERRUPTED, "Half an ans")
    assert (arrived.error or {})["code"] == "program_ended"


async def test_text_that_cannot_be_stored_is_cleaned(chat: ChatService, ctx: SecurityContext) -> None:
    tree = _whole_tree()
    dirty = replace(tree.messages[0], content="a\x00b\ud800")
    await chat.import_conversation(ctx, replace(tree, messages=(dirty, *tree.messages[1:])))
    assert (await chat.message(ctx, dirty.id)).content == "ab�"


def _twice(tree: ConversationTree) -> ConversationTree:
    return replace(tree, messages=(*tree.messages, tree.messages[0]))


def _cycle(tree: ConversationTree) -> ConversationTree:
    first, other, answer, again = tree.messages
    return replace(tree, messages=(replace(first, parent_id=answer.id), other, answer, again))


def _own_parent(tree: ConversationTree) -> ConversationTree:
    first, *rest = tree.messages
    return replace(tree, messages=(replace(first, parent_id=first.id), *rest))


def _orphan(tree: ConversationTree) -> ConversationTree:
    return replace(tree, messages=(*tree.messages[:-1], replace(tree.messages[-1], parent_id=uuid7())))


def _foreign(tree: ConversationTree) -> ConversationTree:
    return replace(tree, messages=(replace(tree.messages[0], conversation_id=uuid7()), *tree.messages[1:]))


def _unknown_role(tree: ConversationTree) -> ConversationTree:
    odd = replace(tree.messages[0], role="tool")  # type: ignore[arg-type]  # what a foreign file may say
    return replace(tree, messages=(odd, *tree.messages[1:]))


def _without_zone(tree: ConversationTree) -> ConversationTree:
    odd = replace(tree.messages[-1], created_at=datetime(2024, 1, 1))
    return replace(tree, messages=(*tree.messages[:-1], odd))


def _before_time(tree: ConversationTree) -> ConversationTree:
    east = timezone(timedelta(hours=14))
    return replace(tree, conversation=replace(tree.conversation, created_at=datetime(1, 1, 1, tzinfo=east)))


def _odd_title_source(tree: ConversationTree) -> ConversationTree:
    odd = replace(tree.conversation, title_source="god")  # type: ignore[arg-type]  # what a foreign file may say
    return replace(tree, conversation=odd)


@pytest.mark.parametrize(
    ("breaking", "reason"),
    [
        (_twice, "same id"),
        (_cycle, "stands before"),
        (_own_parent, "stands before"),
        (_orphan, "missing"),
        (_foreign, "another conversation"),
        (_unknown_role, "unknown role 'tool'"),
        (_without_zone, "time zone"),
        (_before_time, "calendar"),
        (_odd_title_source, "title"),
    ],
)
async def test_a_broken_tree_stores_nothing_and_says_why(
    chat: ChatService,
    ctx: SecurityContext,
    breaking: Callable[[ConversationTree], ConversationTree],
    reason: str,
) -> None:
    tree = breaking(_whole_tree())
    with pytest.raises(InvalidTree, match=reason):
        await chat.import_conversation(ctx, tree)
    with pytest.raises(ConversationNotFound):
        await chat.tree(ctx, tree.conversation.id)


async def test_ids_of_another_conversation_are_not_taken(chat: ChatService, ctx: SecurityContext) -> None:
    one, other = _whole_tree(), _whole_tree()
    await chat.import_conversation(ctx, one)
    stolen = replace(one.messages[0], conversation_id=other.conversation.id)
    with pytest.raises(InvalidTree, match="taken"):
        await chat.import_conversation(ctx, replace(other, messages=(*other.messages, stolen)))
    with pytest.raises(ConversationNotFound):
        await chat.tree(ctx, other.conversation.id)
    assert await chat.tree(ctx, one.conversation.id) == one


async def test_another_users_conversation_is_neither_seen_nor_touched(chat: ChatService, ctx: SecurityContext) -> None:
    tree = _whole_tree()
    await chat.import_conversation(ctx, tree)
    with pytest.raises(ConversationNotFound):
        await chat.tree(OTHER_USER, tree.conversation.id)
    with pytest.raises(InvalidTree, match="taken"):
        await chat.import_conversation(OTHER_USER, tree)
    assert await chat.tree(ctx, tree.conversation.id) == tree


async def test_thousands_of_messages_go_in_and_come_out_in_order(chat: ChatService, ctx: SecurityContext) -> None:
    conversation_id = uuid7()
    messages = [_message(conversation_id, None, "0")]
    for number in range(1, 1_001):
        messages.append(_message(conversation_id, messages[-1], str(number)))
    conversation = Conversation(
        conversation_id, "Long", "user", None, "", ChatParams(), messages[-1].id, LONG_AGO, LONG_AGO
    )
    tree = ConversationTree(conversation, tuple(messages))
    await chat.import_conversation(ctx, tree)
    assert await chat.tree(ctx, conversation_id) == tree
    assert (await chat.messages(ctx, conversation_id, limit=10)).total == 1_001


async def test_it_is_known_which_messages_exist_and_where(chat: ChatService, ctx: SecurityContext) -> None:
    tree = _whole_tree()
    await chat.import_conversation(ctx, tree)
    ids = [message.id for message in tree.messages]
    assert await chat.places_of(ctx, [uuid7(), *ids]) == dict.fromkeys(ids, tree.conversation.id)
    assert await chat.places_of(OTHER_USER, ids) == {}


async def test_watchers_hear_of_what_was_imported(chat: ChatService, ctx: SecurityContext) -> None:
    tree = _whole_tree()
    changes = chat.watch(ctx)
    await chat.import_conversation(ctx, replace(tree, messages=tree.messages[:2], passages={}, traces={}))
    await chat.import_conversation(ctx, tree)
    heard = [await anext(changes), await anext(changes)]
    assert [(one.conversation_id, one.change) for one in heard] == [
        (tree.conversation.id, "created"),
        (tree.conversation.id, "message"),
    ]
