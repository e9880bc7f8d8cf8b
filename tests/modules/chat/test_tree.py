"""The tree keeps every version of everything, whatever is done to it."""

from __future__ import annotations

from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modkit.db import DatabaseFile, uuid7
from modkit.security import SecurityContext
from modules.chat.contract import ChatMessage, ChatParams, MessageStatus
from modules.chat.domain.ports import NewConversation, NewMessage
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.repository import SqlChatStore

_DONE = MessageStatus.COMPLETE
_COPY_DEEPER = """
    INSERT INTO chat_messages (id, parent_id, depth, seq, tenant_id, owner_id, created_at, updated_at, hlc,
                               conversation_id, role, status, content)
    SELECT ?, ?, ?, ?, tenant_id, owner_id, created_at, updated_at, hlc, conversation_id, role, status, content
    FROM chat_messages WHERE id = ?
"""
# Each number picks the parent of the next message among those before it; -1 begins another root.
parents = st.lists(st.integers(min_value=-1, max_value=12), min_size=1, max_size=12)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parents, st.integers(min_value=0), st.integers(min_value=0, max_value=40), st.integers(1, 40))
async def test_every_window_of_every_branch_is_what_walking_the_parents_gives(
    chat: ChatService, store: SqlChatStore, ctx: SecurityContext, picks: list[int], leaf: int, before: int, limit: int
) -> None:
    conversation = await store.create(ctx, NewConversation("", None, "", ChatParams()))
    stored = await _grow(store, ctx, conversation.id, picks)
    chosen = stored[leaf % len(stored)]
    await store.update(ctx, conversation.id, {"active_leaf_id": chosen.id})
    expected = _upwards(stored, chosen)
    page = await chat.messages(ctx, conversation.id, before=before, limit=limit)
    end = min(before, len(expected))
    assert page.total == len(expected)
    assert page.start == max(0, end - limit)
    assert [message.id for message in page.messages] == expected[page.start : end]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parents)
async def test_siblings_are_counted_and_the_newest_end_below_is_a_leaf(
    chat: ChatService, store: SqlChatStore, ctx: SecurityContext, picks: list[int]
) -> None:
    conversation = await store.create(ctx, NewConversation("", None, "", ChatParams()))
    stored = await _grow(store, ctx, conversation.id, picks)
    seen = [await chat.message(ctx, message.id) for message in stored]
    alike = [[other.id for other in stored if other.parent_id == message.parent_id] for message in stored]
    newest = [await store.newest_leaf(ctx, message) for message in stored]
    assert [(message.sibling_index, message.sibling_count) for message in seen] == [
        (ids.index(message.id), len(ids)) for ids, message in zip(alike, stored, strict=True)
    ]
    inner = {message.parent_id for message in stored}
    assert not inner & set(newest)
    assert all(message.id in _upwards(stored, _by_id(stored, end)) for message, end in zip(stored, newest, strict=True))


async def test_a_branch_of_five_thousand_messages_opens_without_reading_it(
    chat: ChatService, store: SqlChatStore, chat_file: DatabaseFile, ctx: SecurityContext
) -> None:
    conversation = await store.create(ctx, NewConversation("", None, "", ChatParams()))
    (root,) = await store.append(ctx, conversation.id, [NewMessage(uuid7(), None, "user", "x", _DONE)], {})
    ids = [root.id, *(uuid7() for _ in range(4_999))]
    rows = [(ids[depth].hex, ids[depth - 1].hex, depth, depth + 1, root.id.hex) for depth in range(1, 5_000)]
    async with chat_file.writing() as connection:
        await connection.exec_driver_sql(_COPY_DEEPER, rows)
        await connection.commit()
    await store.update(ctx, conversation.id, {"active_leaf_id": ids[-1]})
    last = await chat.messages(ctx, conversation.id)
    middle = await chat.messages(ctx, conversation.id, before=2_500, limit=10)
    assert (last.total, last.start, [message.id for message in last.messages]) == (5_000, 4_950, ids[-50:])
    assert [message.id for message in middle.messages] == ids[2_490:2_500]


async def _grow(
    store: SqlChatStore, ctx: SecurityContext, conversation_id: UUID, picks: list[int]
) -> list[ChatMessage]:
    stored: list[ChatMessage] = []
    for pick in picks:
        parent = stored[pick % len(stored)].id if stored and pick >= 0 else None
        new = NewMessage(uuid7(), parent, "user", "x", _DONE)
        stored += await store.append(ctx, conversation_id, [new], {})
    return stored


def _by_id(stored: list[ChatMessage], message_id: UUID) -> ChatMessage:
    return next(message for message in stored if message.id == message_id)


def _upwards(stored: list[ChatMessage], leaf: ChatMessage) -> list[object]:
    """Ids from the root to the leaf, by the slow and obvious way."""
    above = [message for message in stored if message.id == leaf.parent_id]
    return [*(_upwards(stored, above[0]) if above else []), leaf.id]
