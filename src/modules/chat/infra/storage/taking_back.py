"""Undoes the import of one conversation, in one transaction."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from modkit.db import WriteSession
from modules.chat.contract import ImportedConversation
from modules.chat.infra.storage.entities import ConversationEntity, MessageEntity, TraceEntity

_BATCH = 200


async def take_back(session: WriteSession, imported: ImportedConversation) -> bool:
    """A conversation that was made goes into the trash, added messages are deleted.

    False when it is gone, or when messages that were not imported hang on it; then nothing is changed.
    """
    conversation = await session.get(ConversationEntity, imported.conversation_id)
    if conversation is None:
        return False
    others = await _others(session, imported)
    if imported.created:
        if others:
            return False
        if conversation.deleted_at is None:
            await session.trash(conversation)
        return True
    if any(parent_id in imported.added_ids for _, parent_id in others):
        return False
    await _delete(session, imported.added_ids)
    if conversation.active_leaf_id in imported.added_ids:
        newest = others[-1][0] if others else None
        mine = col(ConversationEntity.id) == conversation.id
        await session.update_where(ConversationEntity, {"active_leaf_id": newest}, mine)
    return True


async def _others(session: WriteSession, imported: ImportedConversation) -> list[tuple[UUID, UUID | None]]:
    """Id and parent of the messages that are not of this import, oldest first."""
    statement = select(col(MessageEntity.id), col(MessageEntity.parent_id)).where(
        col(MessageEntity.conversation_id) == imported.conversation_id
    )
    rows = await session.rows(statement.order_by(col(MessageEntity.seq)), MessageEntity)
    return [(row[0], row[1]) for row in rows if row[0] not in imported.added_ids]


async def _delete(session: WriteSession, message_ids: Collection[UUID]) -> None:
    for some in _batches(list(message_ids)):
        await session.delete_where(TraceEntity, col(TraceEntity.id).in_(some))
        await session.delete_where(MessageEntity, col(MessageEntity.id).in_(some))


def _batches(ids: list[UUID]) -> list[list[UUID]]:
    return [ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH)]
