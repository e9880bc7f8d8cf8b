"""The trash: conversations and single messages in it, back out of it, and gone for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, cast
from uuid import UUID

from sqlmodel import col

from modkit.db import ReadSession, WriteSession, utc_now
from modkit.security import SecurityContext
from modules.chat.contract import Role, TrashedMessage
from modules.chat.infra.storage.entities import ConversationEntity, MessageEntity, TraceEntity

FULL_TEXT = "chat_search"
_BATCH = 500
_BEGINNING = 200
_HERE = col(MessageEntity.deleted_at).is_(None)
_TRASHED = (col(MessageEntity.deleted_at).is_not(None), col(MessageEntity.erased).is_(False))


async def trash_conversations(session: WriteSession, ids: Sequence[UUID]) -> tuple[UUID, ...]:
    return await _set_deleted(session, ids, utc_now(), col(ConversationEntity.deleted_at).is_(None))


async def restore_conversations(session: WriteSession, ids: Sequence[UUID]) -> tuple[UUID, ...]:
    return await _set_deleted(session, ids, None, col(ConversationEntity.deleted_at).is_not(None))


async def _set_deleted(
    session: WriteSession, ids: Sequence[UUID], moment: datetime | None, condition: Any
) -> tuple[UUID, ...]:
    changed: list[UUID] = []
    for start in range(0, len(ids), _BATCH):
        wanted = (col(ConversationEntity.id).in_(ids[start : start + _BATCH]), condition)
        changed += [one.id for one in await session.all(session.select(ConversationEntity).where(*wanted))]
        await session.update_where(ConversationEntity, {"deleted_at": moment}, *wanted)
    return tuple(changed)


async def trash_message(session: WriteSession, message_id: UUID) -> tuple[UUID, ...]:
    """The message and, when it is a question, the answers to it."""
    message = await session.get(MessageEntity, message_id)
    if message is None:
        return ()
    together = col(MessageEntity.id) == message_id
    if message.role == "user":
        answer = (col(MessageEntity.parent_id) == message_id) & (col(MessageEntity.role) == "assistant")
        together = together | answer
    return await _trash(session, col(MessageEntity.conversation_id) == message.conversation_id, together)


async def clear_conversation(session: WriteSession, conversation_id: UUID) -> tuple[UUID, ...]:
    """All its messages; the next one begins anew."""
    cleared = await _trash(session, col(MessageEntity.conversation_id) == conversation_id)
    mine = col(ConversationEntity.id) == conversation_id
    await session.update_where(ConversationEntity, {"active_leaf_id": None}, mine)
    return cleared


async def _trash(session: WriteSession, *conditions: Any) -> tuple[UUID, ...]:
    query = session.select(MessageEntity).where(*conditions, _HERE).order_by(col(MessageEntity.seq))
    ids = [one.id for one in await session.all(query)]
    # One moment for all of them: that is what tells later which were deleted together.
    await session.update_where(MessageEntity, {"deleted_at": utc_now()}, *conditions, _HERE)
    return tuple(ids)


async def restore_message(session: WriteSession, message_id: UUID) -> tuple[UUID, ...]:
    together = await _together(session, message_id)
    if not together:
        return ()
    first = together[0]
    await session.update_where(MessageEntity, {"deleted_at": None}, *_deleted_with(first))
    conversation = await session.get(ConversationEntity, first.conversation_id)
    if conversation is not None and conversation.active_leaf_id is None:
        # It was cleared: show it again, to its last message.
        mine = col(ConversationEntity.id) == first.conversation_id
        await session.update_where(ConversationEntity, {"active_leaf_id": together[-1].id}, mine)
    return tuple(one.id for one in together)


async def erase_message(session: WriteSession, message_id: UUID) -> tuple[UUID, ...]:
    """Take everything out of the rows but their places in the tree."""
    together = await _together(session, message_id)
    if not together:
        return ()
    first = together[0]
    ids = [one.id for one in together]
    for start in range(0, len(ids), _BATCH):
        await session.delete_where(TraceEntity, col(TraceEntity.id).in_(ids[start : start + _BATCH]))
    nothing = {
        "content": "",
        "stats_json": None,
        "error_json": None,
        "passages_json": None,
        "from_documents": False,
        "erased": True,
    }
    await session.update_where(MessageEntity, nothing, *_deleted_with(first))
    if first.depth <= 1:
        # The title was made from how the conversation began.
        mine = (col(ConversationEntity.id) == first.conversation_id, col(ConversationEntity.title_source) == "auto")
        await session.update_where(ConversationEntity, {"title": "", "title_source": "none"}, *mine)
    return tuple(ids)


async def trashed_messages(session: ReadSession, limit: int) -> list[TrashedMessage]:
    """Those that were deleted together as one, last deleted first."""
    message = MessageEntity
    query = session.select(message).where(*_TRASHED).limit(limit * 20)
    rows = await session.all(
        query.order_by(col(message.deleted_at).desc(), col(message.conversation_id), col(message.seq))
    )
    groups = [list(group) for _, group in groupby(rows, lambda row: (row.deleted_at, row.conversation_id))][:limit]
    titles = await _titles(session, list({group[0].conversation_id for group in groups}))
    return [_shown(group, titles[group[0].conversation_id]) for group in groups if group[0].conversation_id in titles]


async def messages_trashed_before(session: ReadSession, moment: datetime) -> Sequence[tuple[SecurityContext, UUID]]:
    old = session.select(MessageEntity).where(*_TRASHED, col(MessageEntity.deleted_at) < moment)
    return [(SecurityContext(one.owner_id, one.tenant_id), one.id) for one in await session.all(old)]


async def _together(session: ReadSession, message_id: UUID) -> list[MessageEntity]:
    message = await session.get(MessageEntity, message_id)
    if message is None or message.deleted_at is None or message.erased:
        return []
    query = session.select(MessageEntity).where(*_deleted_with(message))
    return await session.all(query.order_by(col(MessageEntity.seq)))


def _deleted_with(message: MessageEntity) -> tuple[Any, ...]:
    return (
        col(MessageEntity.conversation_id) == message.conversation_id,
        col(MessageEntity.deleted_at) == message.deleted_at,
        col(MessageEntity.erased).is_(False),
    )


async def _titles(session: ReadSession, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Of those that are not in the trash themselves."""
    here = (col(ConversationEntity.id).in_(ids), col(ConversationEntity.deleted_at).is_(None))
    return {one.id: one.title for one in await session.all(session.select(ConversationEntity).where(*here))}


def _shown(group: Sequence[MessageEntity], title: str) -> TrashedMessage:
    first = group[0]
    assert first.deleted_at is not None  # asked for by the query
    return TrashedMessage(
        id=first.id,
        conversation_id=first.conversation_id,
        conversation_title=title,
        role=cast(Role, first.role),
        text=first.content[:_BEGINNING],
        count=len(group),
        deleted_at=first.deleted_at,
    )
