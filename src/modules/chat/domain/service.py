"""The verbs of chat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import Any, Literal
from uuid import UUID

from modkit.security import SecurityContext
from modules.chat.config import ChatConfig
from modules.chat.contract import (
    AnswerEvent,
    ChatMessage,
    ChatParams,
    ContextMeter,
    Conversation,
    ConversationChanged,
    ConversationNotFound,
    ConversationPatch,
    ConversationTree,
    ImportedConversation,
    MessageNotFound,
    MessagePage,
    SearchHit,
    TrashedMessage,
)
from modules.chat.domain.answering import Answering
from modules.chat.domain.answers.from_documents import FromDocuments
from modules.chat.domain.changes import Changes
from modules.chat.domain.errors import ProgramEnded
from modules.chat.domain.export import to_json, to_markdown
from modules.chat.domain.importing import TITLE_CHARACTERS, checked_tree
from modules.chat.domain.metering import Metering
from modules.chat.domain.ports import ChatStore, NewConversation
from modules.chat.domain.search_query import SearchQuery
from modules.chat.domain.text import clean, clean_line
from modules.chat.domain.trash import Trash
from modules.llm_gateway.contract import LlmGatewayClient
from modules.rag.contract import RagClient, RetrievalTrace

_ALL = 1_000_000


class ChatService:
    """Implements ChatClient."""

    def __init__(
        self,
        store: ChatStore,
        gateway: LlmGatewayClient,
        new_id: Callable[[], UUID],
        config: ChatConfig | None = None,
        rag: Callable[[], RagClient | None] = lambda: None,
    ) -> None:
        self._store = store
        self._changes = Changes()
        documents = FromDocuments(rag)
        self.answering = Answering(store, gateway, self._changes, config or ChatConfig(), new_id, documents)
        self._metering = Metering(gateway, self.answering, store)
        self._trash = Trash(store, self._changes, self.stop, self.answering.planner.forget)

    async def recover(self) -> int:
        """Mark the answers that a killed program left unfinished; gives their number."""
        return await self._store.interrupt_all(ProgramEnded().to_dict())

    async def empty_trash(self, kept_days: float) -> int:
        """Delete for ever what has been in the trash for longer; gives the number of conversations and messages."""
        return await self._trash.empty_old(kept_days)

    async def close(self, grace_s: float) -> None:
        """End answers and watchers."""
        await self.answering.close(grace_s)
        self._changes.close()

    async def create(
        self,
        ctx: SecurityContext,
        *,
        title: str = "",
        model: str | None = None,
        system_prompt: str = "",
        params: ChatParams | None = None,
        collections: tuple[UUID, ...] = (),
        private: bool = False,
    ) -> Conversation:
        new = NewConversation(
            clean_line(title, TITLE_CHARACTERS),
            model or None,
            clean(system_prompt),
            params or ChatParams(),
            tuple(collections),
            private,
        )
        conversation = await self._store.create(ctx, new)
        self._changes.publish(ctx, conversation.id, "created")
        return conversation

    async def conversations(
        self,
        ctx: SecurityContext,
        *,
        trashed: bool = False,
        private: bool = False,
        limit: int = 200,
        offset: int = 0,
    ) -> list[Conversation]:
        return await self._store.conversations(ctx, trashed=trashed, private=private, limit=limit, offset=offset)

    async def get(self, ctx: SecurityContext, conversation_id: UUID) -> Conversation:
        conversation = await self._store.conversation(ctx, conversation_id)
        if conversation is None:
            raise ConversationNotFound(conversation_id)
        return conversation

    async def update(self, ctx: SecurityContext, conversation_id: UUID, patch: ConversationPatch) -> Conversation:
        changes = _columns(patch)
        if not changes:
            return await self.get(ctx, conversation_id)
        conversation = await self._store.update(ctx, conversation_id, changes)
        if conversation is None:
            raise ConversationNotFound(conversation_id)
        self._changes.publish(ctx, conversation_id, "updated", fields=",".join(sorted(changes)))
        return conversation

    async def trash(self, ctx: SecurityContext, conversation_id: UUID) -> None:
        if not await self._trash.trash(ctx, [conversation_id]):
            await self.get(ctx, conversation_id)

    async def restore(self, ctx: SecurityContext, conversation_id: UUID) -> None:
        if not await self._trash.restore(ctx, [conversation_id]):
            await self.get(ctx, conversation_id)

    async def trash_many(self, ctx: SecurityContext, conversation_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        return await self._trash.trash(ctx, conversation_ids)

    async def restore_many(self, ctx: SecurityContext, conversation_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        return await self._trash.restore(ctx, conversation_ids)

    async def delete_for_ever(self, ctx: SecurityContext, *conversation_ids: UUID) -> bool:
        return await self._trash.delete_for_ever(ctx, conversation_ids)

    async def trash_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        return await self._trash.trash_message(ctx, message_id)

    async def clear(self, ctx: SecurityContext, conversation_id: UUID) -> UUID | None:
        return await self._trash.clear(ctx, await self.get(ctx, conversation_id))

    async def restore_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        return await self._trash.restore_message(ctx, message_id)

    async def delete_message_for_ever(self, ctx: SecurityContext, message_id: UUID) -> bool:
        return await self._trash.delete_message_for_ever(ctx, message_id)

    async def trashed_messages(self, ctx: SecurityContext, *, limit: int = 200) -> list[TrashedMessage]:
        return await self._trash.messages(ctx, limit)

    async def messages(
        self, ctx: SecurityContext, conversation_id: UUID, *, before: int | None = None, limit: int = 50
    ) -> MessagePage:
        conversation = await self.get(ctx, conversation_id)
        return await self._page(ctx, conversation, before, max(0, limit))

    async def message(self, ctx: SecurityContext, message_id: UUID) -> ChatMessage:
        message = await self._store.message(ctx, message_id)
        if message is None:
            raise MessageNotFound(message_id)
        return self._as_of_now(ctx, message)

    def send(
        self,
        ctx: SecurityContext,
        conversation_id: UUID,
        text: str,
        *,
        parent_id: UUID | None = None,
        from_draft: bool = False,
    ) -> AsyncIterator[AnswerEvent]:
        return self.answering.send(ctx, conversation_id, text, parent_id, from_draft=from_draft)

    def regenerate(self, ctx: SecurityContext, message_id: UUID) -> AsyncIterator[AnswerEvent]:
        return self.answering.regenerate(ctx, message_id)

    def edit(self, ctx: SecurityContext, message_id: UUID, text: str) -> AsyncIterator[AnswerEvent]:
        return self.answering.edit(ctx, message_id, text)

    def continue_answer(self, ctx: SecurityContext, message_id: UUID) -> AsyncIterator[AnswerEvent]:
        return self.answering.continue_answer(ctx, message_id)

    async def stop(self, ctx: SecurityContext, conversation_id: UUID) -> bool:
        desk = self.answering.desk
        running = desk.find(ctx, conversation_id)
        if running is None and await self._store.conversation(ctx, conversation_id) is not None:
            # It may be about to begin, while its model loads to count a long message; or have begun meanwhile.
            running = desk.find(ctx, conversation_id)
            if running is None and desk.stop_early(conversation_id):
                return True
        if running is None:
            return False
        running.stop("user")
        await running.over()
        return True

    async def attach(self, ctx: SecurityContext, conversation_id: UUID) -> AsyncIterator[AnswerEvent]:
        running = self.answering.desk.find(ctx, conversation_id)
        if running is not None:
            async for event in running.follow(None):
                yield event

    async def switch_branch(
        self, ctx: SecurityContext, message_id: UUID, direction: Literal["previous", "next"]
    ) -> Conversation:
        message = await self.message(ctx, message_id)
        siblings = await self._store.siblings(ctx, message)
        target = siblings.index(message.id) + (1 if direction == "next" else -1)
        if not 0 <= target < len(siblings):
            return await self.get(ctx, message.conversation_id)
        shown = await self.message(ctx, siblings[target])
        leaf_id = await self._store.newest_leaf(ctx, shown)
        conversation = await self._store.update(ctx, message.conversation_id, {"active_leaf_id": leaf_id})
        if conversation is None:
            raise ConversationNotFound(message.conversation_id)
        self._changes.publish(ctx, conversation.id, "updated", fields="active_leaf_id")
        return conversation

    async def meter(self, ctx: SecurityContext, conversation_id: UUID, draft: str = "") -> ContextMeter:
        return await self._metering.meter(ctx, await self.get(ctx, conversation_id), clean(draft))

    async def trace(self, ctx: SecurityContext, message_id: UUID) -> RetrievalTrace | None:
        await self.message(ctx, message_id)
        return await self._store.trace(ctx, message_id)

    async def search(
        self, ctx: SecurityContext, query: str, *, limit: int = 50, conversation_id: UUID | None = None
    ) -> list[SearchHit]:
        return await self._store.search(ctx, SearchQuery.parse(query), limit=limit, conversation_id=conversation_id)

    async def export(self, ctx: SecurityContext, conversation_id: UUID, format: Literal["markdown", "json"]) -> str:
        conversation = await self.get(ctx, conversation_id)
        branch = (await self._page(ctx, conversation, None, _ALL)).messages
        if format == "markdown":
            return to_markdown(conversation, branch)
        tree = await self._store.tree(ctx, conversation_id)
        return to_json(conversation, self._all_as_of_now(ctx, tree), [message.id for message in branch])

    async def tree(self, ctx: SecurityContext, conversation_id: UUID) -> ConversationTree:
        tree = await self._store.whole(ctx, conversation_id)
        if tree is None:
            raise ConversationNotFound(conversation_id)
        return replace(tree, messages=tuple(self._all_as_of_now(ctx, tree.messages)))

    async def places_of(self, ctx: SecurityContext, message_ids: Sequence[UUID]) -> dict[UUID, UUID]:
        return await self._store.places_of(ctx, message_ids)

    async def import_conversation(self, ctx: SecurityContext, tree: ConversationTree) -> ImportedConversation:
        # On a thread: looking over ten thousand messages takes longer than the loop may stand still.
        imported = await self._store.import_tree(ctx, await asyncio.to_thread(checked_tree, tree))
        if imported.created or imported.added:
            self._changes.publish(ctx, imported.conversation_id, "created" if imported.created else "message")
        return imported

    async def take_back(self, ctx: SecurityContext, imported: ImportedConversation) -> bool:
        taken = await self._store.take_back(ctx, imported)
        if taken and (imported.created or imported.added):
            self.answering.planner.forget(imported.conversation_id)
            self._changes.publish(ctx, imported.conversation_id, "trashed" if imported.created else "message")
        return taken

    def watch(self, ctx: SecurityContext) -> AsyncIterator[ConversationChanged]:
        return self._changes.watch(ctx)

    async def _page(
        self, ctx: SecurityContext, conversation: Conversation, before: int | None, limit: int
    ) -> MessagePage:
        if conversation.active_leaf_id is None:
            return MessagePage((), 0, 0)
        page = await self._store.branch(ctx, conversation.active_leaf_id, before=before, limit=limit)
        return replace(page, messages=tuple(self._all_as_of_now(ctx, page.messages)))

    def _all_as_of_now(self, ctx: SecurityContext, messages: Sequence[ChatMessage]) -> list[ChatMessage]:
        return [self._as_of_now(ctx, message) for message in messages]

    def _as_of_now(self, ctx: SecurityContext, message: ChatMessage) -> ChatMessage:
        """A message that is being written has more text than its row."""
        running = self.answering.desk.find(ctx, message.conversation_id)
        if running is None or running.answer.id != message.id:
            return message
        now = running.now()
        return replace(
            message,
            content=now.content,
            status=now.status,
            error=now.error,
            stats=now.stats,
            citations=now.citations,
            from_documents=now.from_documents,
        )


def _columns(patch: ConversationPatch) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if patch.title is not None:
        title = clean_line(patch.title, TITLE_CHARACTERS)
        # A title taken away makes room for one of ours.
        changes |= {"title": title, "title_source": "user" if title else "none"}
    if patch.model is not None:
        changes["model"] = patch.model or None
    if patch.system_prompt is not None:
        changes["system_prompt"] = clean(patch.system_prompt)
    if patch.params is not None:
        changes["params"] = patch.params
    if patch.draft is not None:
        changes["draft"] = clean(patch.draft)
    if patch.collections is not None:
        changes["collections"] = patch.collections
    return changes
