"""Reads and stores a whole conversation, in one snapshot and in one transaction."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from modkit.db import ReadSession, WriteSession
from modkit.security import SecurityContext
from modules.chat.contract import ChatMessage, Conversation, ConversationTree, ImportedConversation, InvalidTree
from modules.chat.infra.storage.documents import passages_json, passages_of, trace_json, trace_of
from modules.chat.infra.storage.entities import ConversationEntity, MessageEntity, TraceEntity
from modules.chat.infra.storage.rows import collections_json, conversation_of, message_of, params_json
from modules.rag.contract import Citation, RetrievalTrace

T = TypeVar("T")
# Rows become objects on the loop: so many take some milliseconds.
_BATCH = 200


async def read_tree(session: ReadSession, conversation_id: UUID) -> ConversationTree | None:
    """All of a conversation, whether or not it lies in the trash; None when there is none."""
    conversation = await session.get(ConversationEntity, conversation_id)
    if conversation is None:
        return None
    messages: list[ChatMessage] = []
    passages: dict[UUID, tuple[Citation, ...]] = {}
    traces: dict[UUID, RetrievalTrace] = {}
    async for entities in _message_batches(session, conversation_id):
        for entity in entities:
            message = message_of(entity)
            messages.append(message)
            if message.deleted_at is not None:
                continue
            given = passages_of(entity.passages_json)
            if given != message.citations:
                passages[message.id] = given
        shown = [entity for entity in entities if entity.from_documents and entity.deleted_at is None]
        traces |= await _traces(session, [entity.id for entity in shown])
    return ConversationTree(conversation_of(conversation), tuple(messages), passages, traces)


async def store_tree(session: WriteSession, ctx: SecurityContext, tree: ConversationTree) -> ImportedConversation:
    """Add what is missing of a checked tree; rows that exist are left as they are.

    Raises:
        InvalidTree: a message answers one that is neither in the tree nor stored.
        ConstraintViolated: an id is taken by a row of another conversation or another user.
    """
    conversation = tree.conversation
    there = await session.get(ConversationEntity, conversation.id)
    depths = await _depths(session, conversation.id)
    missing = [message for message in tree.messages if message.id not in depths]
    if there is None:
        await session.insert_synced_rows(ConversationEntity, [_conversation_row(tree)])
    seq = 0 if not depths else await _last_seq(session, conversation.id)
    for batch in _batches(missing, _BATCH):
        rows = [_message_row(tree, message, depths, seq + place) for place, message in enumerate(batch, 1)]
        await session.insert_synced_rows(MessageEntity, rows)
        traced = [message.id for message in batch if message.id in tree.traces]
        await session.insert_rows(TraceEntity, [_trace_row(ctx, one, tree.traces[one]) for one in traced])
        seq += len(batch)
    if there is not None and there.active_leaf_id is None and missing:
        mine = col(ConversationEntity.id) == conversation.id
        await session.update_where(ConversationEntity, {"active_leaf_id": _leaf(tree)}, mine)
    trashed = conversation.deleted_at is not None if there is None else there.deleted_at is not None
    known = len(tree.messages) - len(missing)
    added = frozenset(message.id for message in missing)
    return ImportedConversation(conversation.id, there is None, len(missing), known, trashed, added)


async def places_of(session: ReadSession, message_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The conversation of each message that exists."""
    places: dict[UUID, UUID] = {}
    for batch in _batches(message_ids, _BATCH):
        statement = select(col(MessageEntity.id), col(MessageEntity.conversation_id)).where(
            col(MessageEntity.id).in_(batch)
        )
        places |= {row[0]: row[1] for row in await session.rows(statement, MessageEntity)}
    return places


async def _message_batches(session: ReadSession, conversation_id: UUID) -> AsyncIterator[list[MessageEntity]]:
    seq = 0
    while True:
        query = session.select(MessageEntity).where(
            col(MessageEntity.conversation_id) == conversation_id, col(MessageEntity.seq) > seq
        )
        entities = await session.all(query.order_by(col(MessageEntity.seq)).limit(_BATCH))
        if not entities:
            return
        yield entities
        seq = entities[-1].seq


async def _traces(session: ReadSession, message_ids: Sequence[UUID]) -> dict[UUID, RetrievalTrace]:
    if not message_ids:
        return {}
    query = session.select(TraceEntity).where(col(TraceEntity.id).in_(message_ids))
    return {entity.id: trace_of(entity.trace_json) for entity in await session.all(query)}


async def _depths(session: ReadSession, conversation_id: UUID) -> dict[UUID, int]:
    statement = select(col(MessageEntity.id), col(MessageEntity.depth)).where(
        col(MessageEntity.conversation_id) == conversation_id
    )
    return {row[0]: row[1] for row in await session.rows(statement, MessageEntity)}


async def _last_seq(session: ReadSession, conversation_id: UUID) -> int:
    mine = session.select(MessageEntity).where(col(MessageEntity.conversation_id) == conversation_id)
    last = await session.first(mine.order_by(col(MessageEntity.seq).desc()))
    return 0 if last is None else last.seq


def _batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _conversation_row(tree: ConversationTree) -> dict[str, Any]:
    conversation: Conversation = tree.conversation
    return {
        "id": conversation.id,
        "title": conversation.title,
        "title_source": conversation.title_source,
        "model": conversation.model,
        "system_prompt": conversation.system_prompt,
        "params_json": params_json(conversation.params),
        "active_leaf_id": _leaf(tree),
        "created_at": conversation.created_at,
        "used_at": conversation.updated_at,
        "deleted_at": conversation.deleted_at,
        "draft": conversation.draft,
        "collections_json": collections_json(conversation.collections),
    }


def _leaf(tree: ConversationTree) -> UUID | None:
    """The end of the branch that the tree shows; the newest message when it does not say."""
    chosen = tree.conversation.active_leaf_id
    if any(message.id == chosen for message in tree.messages):
        return chosen
    return tree.messages[-1].id if tree.messages else None


def _message_row(tree: ConversationTree, message: ChatMessage, depths: dict[UUID, int], seq: int) -> dict[str, Any]:
    """The row of a message; its depth is added to ``depths``."""
    above = -1
    if message.parent_id is not None:
        if message.parent_id not in depths:
            raise InvalidTree(message.conversation_id, f"message {message.id} answers one that is missing")
        above = depths[message.parent_id]
    depths[message.id] = above + 1
    passages = tree.passages.get(message.id, message.citations)
    return {
        "id": message.id,
        "conversation_id": message.conversation_id,
        "parent_id": message.parent_id,
        "depth": above + 1,
        "seq": seq,
        "role": message.role,
        "status": message.status.value,
        "model": message.model,
        "stats_json": None if message.stats is None else json.dumps(asdict(message.stats)),
        "error_json": None if message.error is None else json.dumps(dict(message.error)),
        "content": message.content,
        "from_documents": message.from_documents,
        "passages_json": passages_json(passages) if passages or message.from_documents else None,
        "created_at": message.created_at,
        "deleted_at": message.deleted_at,
        # Only its place came along: there is nothing to take back.
        "erased": message.deleted_at is not None,
    }


def _trace_row(ctx: SecurityContext, message_id: UUID, trace: RetrievalTrace) -> dict[str, Any]:
    return {
        "id": message_id,
        "tenant_id": ctx.subject_tenant_id,
        "owner_id": ctx.subject_id,
        "trace_json": trace_json(trace),
    }
