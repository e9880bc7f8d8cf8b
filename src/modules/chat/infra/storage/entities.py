"""The tables of chats."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from modkit.db import SyncedEntity, UtcDateTime, scoped, utc_now


class ConversationEntity(SyncedEntity, table=True):
    """``used_at`` is the last time somebody wrote in it; saving a draft changes ``updated_at`` only."""

    __tablename__ = "chat_conversations"

    title: str = ""
    title_source: str = "none"
    model: str | None = None
    system_prompt: str = ""
    params_json: str = "{}"
    active_leaf_id: UUID | None = None
    used_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    draft: str = ""
    collections_json: str = "[]"


class MessageEntity(SyncedEntity, table=True):
    """One node of a conversation's tree.

    ``depth`` counts from 0 at a root, so that a window of a branch is found without counting; ``seq`` grows
    with every message of the conversation, whatever the clock does.
    """

    __tablename__ = "chat_messages"

    conversation_id: UUID
    parent_id: UUID | None = None
    depth: int
    seq: int
    role: str
    status: str
    model: str | None = None
    stats_json: str | None = None
    error_json: str | None = None
    content: str
    from_documents: bool = False
    passages_json: str | None = None
    erased: bool = False


@scoped(tenant="tenant_id", owner="owner_id", resource="id", type=None)
class TraceEntity(SQLModel, table=True):
    """How the passages of an answer were found; its id is the message's. Not synced: it tells about this computer."""

    __tablename__ = "chat_traces"

    id: UUID = Field(primary_key=True)
    tenant_id: UUID
    owner_id: UUID
    trace_json: str
