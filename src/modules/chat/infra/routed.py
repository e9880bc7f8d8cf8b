"""Sends what concerns a private conversation to the memory, and everything else to the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from modkit.security import SecurityContext
from modules.chat.contract import (
    ChatMessage,
    Conversation,
    ConversationTree,
    ImportedConversation,
    MessagePage,
    SearchHit,
    TrashedMessage,
)
from modules.chat.domain.ports import AnswerRow, ChatStore, NewConversation, NewMessage
from modules.chat.domain.search_query import SearchQuery
from modules.chat.infra.memory.store import MemoryChatStore
from modules.rag.contract import Citation, RetrievalTrace


class RoutedChatStore:
    """Implements ChatStore. A private conversation and its messages are known to the memory alone, so that no call
    about them can reach the database, not even by mistake.
    """

    def __init__(self, stored: ChatStore, memory: MemoryChatStore) -> None:
        self._stored = stored
        self._memory = memory

    def _for(self, conversation_id: UUID) -> ChatStore:
        return self._memory if self._memory.has(conversation_id) else self._stored

    def _for_message(self, message_id: UUID) -> ChatStore:
        return self._memory if self._memory.has_message(message_id) else self._stored

    async def create(self, ctx: SecurityContext, new: NewConversation) -> Conversation:
        return await (self._memory if new.private else self._stored).create(ctx, new)

    async def conversation(self, ctx: SecurityContext, conversation_id: UUID) -> Conversation | None:
        return await self._for(conversation_id).conversation(ctx, conversation_id)

    async def conversations(
        self, ctx: SecurityContext, *, trashed: bool, limit: int, offset: int, private: bool = False
    ) -> list[Conversation]:
        store: ChatStore = self._memory if private else self._stored
        return await store.conversations(ctx, trashed=trashed, limit=limit, offset=offset)

    async def update(
        self, ctx: SecurityContext, conversation_id: UUID, changes: Mapping[str, Any], *, only_title_source: str = ""
    ) -> Conversation | None:
        store = self._for(conversation_id)
        return await store.update(ctx, conversation_id, changes, only_title_source=only_title_source)

    async def trash(self, ctx: SecurityContext, conversation_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        private, stored = self._parted(conversation_ids)
        changed = await self._stored.trash(ctx, stored) if stored else ()
        return (*changed, *await self._memory.trash(ctx, private))

    async def restore(self, ctx: SecurityContext, conversation_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        private, stored = self._parted(conversation_ids)
        changed = await self._stored.restore(ctx, stored) if stored else ()
        return (*changed, *await self._memory.restore(ctx, private))

    def _parted(self, conversation_ids: Sequence[UUID]) -> tuple[list[UUID], list[UUID]]:
        private = [one for one in conversation_ids if self._memory.has(one)]
        return private, [one for one in conversation_ids if one not in private]

    async def delete(self, ctx: SecurityContext, conversation_id: UUID) -> bool:
        return await self._for(conversation_id).delete(ctx, conversation_id)

    async def erase_deleted(self) -> bool:
        return await self._stored.erase_deleted()

    async def trash_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        return await self._for_message(message_id).trash_message(ctx, message_id)

    async def clear(self, ctx: SecurityContext, conversation_id: UUID) -> tuple[UUID, ...]:
        return await self._for(conversation_id).clear(ctx, conversation_id)

    async def restore_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        return await self._for_message(message_id).restore_message(ctx, message_id)

    async def erase_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        return await self._for_message(message_id).erase_message(ctx, message_id)

    async def trashed_messages(self, ctx: SecurityContext, *, limit: int) -> list[TrashedMessage]:
        return await self._stored.trashed_messages(ctx, limit=limit)

    async def messages_trashed_before(self, moment: datetime) -> Sequence[tuple[SecurityContext, UUID]]:
        return await self._stored.messages_trashed_before(moment)

    async def trashed_before(self, moment: datetime) -> Sequence[tuple[SecurityContext, UUID]]:
        return await self._stored.trashed_before(moment)

    async def message(self, ctx: SecurityContext, message_id: UUID) -> ChatMessage | None:
        return await self._for_message(message_id).message(ctx, message_id)

    async def branch(self, ctx: SecurityContext, leaf_id: UUID, *, before: int | None, limit: int) -> MessagePage:
        return await self._for_message(leaf_id).branch(ctx, leaf_id, before=before, limit=limit)

    async def siblings(self, ctx: SecurityContext, message: ChatMessage) -> list[UUID]:
        return await self._for(message.conversation_id).siblings(ctx, message)

    async def newest_leaf(self, ctx: SecurityContext, message: ChatMessage) -> UUID:
        return await self._for(message.conversation_id).newest_leaf(ctx, message)

    async def has_replies(self, ctx: SecurityContext, message: ChatMessage) -> bool:
        return await self._for(message.conversation_id).has_replies(ctx, message)

    async def tree(self, ctx: SecurityContext, conversation_id: UUID) -> list[ChatMessage]:
        return await self._for(conversation_id).tree(ctx, conversation_id)

    async def whole(self, ctx: SecurityContext, conversation_id: UUID) -> ConversationTree | None:
        return await self._for(conversation_id).whole(ctx, conversation_id)

    async def places_of(self, ctx: SecurityContext, message_ids: Sequence[UUID]) -> dict[UUID, UUID]:
        private = await self._memory.places_of(ctx, message_ids)
        stored = [one for one in message_ids if one not in private]
        return {**private, **await self._stored.places_of(ctx, stored)}

    async def import_tree(self, ctx: SecurityContext, tree: ConversationTree) -> ImportedConversation:
        return await self._for(tree.conversation.id).import_tree(ctx, tree)

    async def take_back(self, ctx: SecurityContext, imported: ImportedConversation) -> bool:
        return await self._for(imported.conversation_id).take_back(ctx, imported)

    async def append(
        self, ctx: SecurityContext, conversation_id: UUID, messages: Sequence[NewMessage], changes: Mapping[str, Any]
    ) -> list[ChatMessage]:
        return await self._for(conversation_id).append(ctx, conversation_id, messages, changes)

    async def save_answer(self, ctx: SecurityContext, message_id: UUID, row: AnswerRow) -> None:
        await self._for_message(message_id).save_answer(ctx, message_id, row)

    async def passages(self, ctx: SecurityContext, message_id: UUID) -> tuple[Citation, ...]:
        return await self._for_message(message_id).passages(ctx, message_id)

    async def trace(self, ctx: SecurityContext, message_id: UUID) -> RetrievalTrace | None:
        return await self._for_message(message_id).trace(ctx, message_id)

    async def interrupt_all(self, error: Mapping[str, str]) -> int:
        return await self._stored.interrupt_all(error)

    async def search(
        self, ctx: SecurityContext, query: SearchQuery, *, limit: int, conversation_id: UUID | None
    ) -> list[SearchHit]:
        """Over all conversations only those that are stored: a private one is found when it is the one shown."""
        store = self._stored if conversation_id is None else self._for(conversation_id)
        return await store.search(ctx, query, limit=limit, conversation_id=conversation_id)
