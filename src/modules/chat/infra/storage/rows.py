"""Turns rows into what others see, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from modules.chat.contract import ChatMessage, ChatParams, Conversation, MessageStats, MessageStatus, Role
from modules.chat.domain.cited import cited_in
from modules.chat.domain.ports import AnswerRow
from modules.chat.infra.storage.documents import passages_json, passages_of
from modules.chat.infra.storage.entities import ConversationEntity, MessageEntity


def conversation_of(entity: ConversationEntity) -> Conversation:
    return Conversation(
        id=entity.id,
        title=entity.title,
        title_source=cast(Any, entity.title_source),
        model=entity.model,
        system_prompt=entity.system_prompt,
        params=ChatParams(**json.loads(entity.params_json)),
        active_leaf_id=entity.active_leaf_id,
        created_at=entity.created_at,
        # What a person calls "changed" is the last message, not the last saved draft.
        updated_at=entity.used_at,
        deleted_at=entity.deleted_at,
        draft=entity.draft,
        collections=tuple(map(UUID, json.loads(entity.collections_json))),
    )


def message_of(entity: MessageEntity, sibling_index: int = 0, sibling_count: int = 1) -> ChatMessage:
    if entity.deleted_at is not None:
        return _deleted(entity, sibling_index, sibling_count)
    return ChatMessage(
        id=entity.id,
        conversation_id=entity.conversation_id,
        parent_id=entity.parent_id,
        role=cast(Role, entity.role),
        content=entity.content,
        status=MessageStatus(entity.status),
        created_at=entity.created_at,
        model=entity.model,
        error=None if entity.error_json is None else json.loads(entity.error_json),
        stats=None if entity.stats_json is None else MessageStats(**json.loads(entity.stats_json)),
        citations=cited_in(entity.content, passages_of(entity.passages_json)),
        from_documents=entity.from_documents,
        sibling_index=sibling_index,
        sibling_count=sibling_count,
    )


def _deleted(entity: MessageEntity, sibling_index: int, sibling_count: int) -> ChatMessage:
    """Its place in the tree and nothing else: what is in the trash is shown nowhere, and no model is told it."""
    return ChatMessage(
        id=entity.id,
        conversation_id=entity.conversation_id,
        parent_id=entity.parent_id,
        role=cast(Role, entity.role),
        content="",
        status=MessageStatus(entity.status),
        created_at=entity.created_at,
        sibling_index=sibling_index,
        sibling_count=sibling_count,
        deleted_at=entity.deleted_at,
        erased=entity.erased,
    )


def answer_columns(row: AnswerRow) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "content": row.content,
        "status": row.status.value,
        "stats_json": None if row.stats is None else json.dumps(asdict(row.stats)),
        "error_json": None if row.error is None else json.dumps(dict(row.error)),
    }
    if row.passages is not None:
        columns |= {"from_documents": True, "passages_json": passages_json(row.passages)}
    return columns


def conversation_columns(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Field names of the contract as columns."""
    columns = dict(changes)
    if "params" in columns:
        columns["params_json"] = params_json(columns.pop("params"))
    if "collections" in columns:
        columns["collections_json"] = collections_json(columns.pop("collections"))
    return columns


def collections_json(collections: Sequence[UUID]) -> str:
    return json.dumps([str(one) for one in dict.fromkeys(collections)])


def params_json(params: ChatParams) -> str:
    """Only what is set, so that a later version can add parameters."""
    return json.dumps({name: value for name, value in asdict(params).items() if value is not None})
