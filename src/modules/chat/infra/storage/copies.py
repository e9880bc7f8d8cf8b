"""Reads conversations out of a backup, through the same queries as out of the database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlmodel import col

from modkit.db import Database
from modkit.db.copies import opened_copy
from modkit.keys.data_key import DataKey
from modkit.security import SecurityContext
from modules.chat.contract import (
    ConversationCopy,
    ConversationNotFound,
    ConversationTree,
    CopiedConversation,
)
from modules.chat.infra.storage.entities import MessageEntity
from modules.chat.infra.storage.migrations import MIGRATIONS
from modules.chat.infra.storage.repository import SqlChatStore

_ALL = 1_000_000


class SqlConversationCopies:
    """Implements ConversationCopies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def open(self, path: Path, key: DataKey | None = None) -> AsyncIterator[ConversationCopy]:
        module = self._database.module
        async with opened_copy(self._database.file, path, module, MIGRATIONS, key=key) as copy:
            yield _SqlConversationCopy(copy)


class _SqlConversationCopy:
    """Implements ConversationCopy."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._store = SqlChatStore(database)

    async def conversations(self, ctx: SecurityContext) -> list[CopiedConversation]:
        counts = await self._message_counts(ctx)
        there = await self._store.conversations(ctx, trashed=False, limit=_ALL, offset=0)
        trashed = await self._store.conversations(ctx, trashed=True, limit=_ALL, offset=0)
        return [CopiedConversation(one, counts.get(one.id, 0)) for one in (*there, *trashed)]

    async def tree(self, ctx: SecurityContext, conversation_id: UUID) -> ConversationTree:
        tree = await self._store.whole(ctx, conversation_id)
        if tree is None:
            raise ConversationNotFound(conversation_id)
        return tree

    async def _message_counts(self, ctx: SecurityContext) -> dict[UUID, int]:
        conversation_id = col(MessageEntity.conversation_id)
        columns: Any = select(conversation_id, func.count())
        statement: Select[Any] = columns.group_by(conversation_id)
        async with self._database.read(ctx) as session:
            rows = await session.rows(statement, MessageEntity)
        return {row[0]: row[1] for row in map(tuple, rows)}
