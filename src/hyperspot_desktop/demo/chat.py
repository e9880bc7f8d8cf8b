"""Chat in memory: the contract's tree of messages, answered from a script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID, uuid4

from hyperspot_desktop.demo.feed import Feed
from hyperspot_desktop.demo.texts import ANSWER
from modkit.security import SecurityContext
from modules.chat.contract import (
    AnswerDelta,
    AnswerEvent,
    AnswerFinished,
    AnswerInProgress,
    AnswerProgress,
    AnswerStarted,
    ChatMessage,
    ChatParams,
    ContextMeter,
    Conversation,
    ConversationChanged,
    ConversationNotFound,
    ConversationPatch,
    ConversationTree,
    EmptyMessage,
    ImportedConversation,
    MessageNotFound,
    MessagePage,
    MessageStats,
    MessageStatus,
    Role,
    SearchHit,
    TrashedMessage,
)
from modules.rag.contract import Citation, RetrievalTrace

WINDOW = 8_192


def _now() -> datetime:
    return datetime.now(UTC)


class DemoChat:
    """Implements ChatClient. ``pace_s`` is the pause between two tokens; ``script`` is what it answers.

    In a conversation with collections it says ``progress`` first, and cites ``citations``.
    """

    def __init__(self, *, pace_s: float = 0.03, script: str = ANSWER) -> None:
        self.pace_s = pace_s
        self.script = script
        self.failure: Exception | None = None
        self.progress_pace_s = pace_s
        self.progress: tuple[tuple[str, int, int | None], ...] = ()
        self.citations: tuple[Citation, ...] = ()
        self.found: RetrievalTrace | None = None
        self._traces: dict[UUID, RetrievalTrace] = {}
        self._conversations: dict[UUID, Conversation] = {}
        self._messages: dict[UUID, ChatMessage] = {}
        self._trashed: dict[UUID, list[ChatMessage]] = {}
        self._children: dict[tuple[UUID, UUID | None], list[UUID]] = {}
        self._running: dict[UUID, asyncio.Event] = {}
        self._feed: Feed[ConversationChanged] = Feed()

    # Seeding.

    def seed(self, title: str, turns: list[tuple[Role, str]], *, days_ago: float = 0, draft: str = "") -> UUID:
        """A finished conversation, for pictures and tests."""
        moment = _now() - timedelta(days=days_ago)
        conversation = self._new(title, moment, draft=draft)
        parent: UUID | None = None
        for role, content in turns:
            message = self._add(conversation.id, parent, role, content, MessageStatus.COMPLETE)
            parent = message.id
        return conversation.id

    def put(self, message: ChatMessage) -> None:
        """Replace a message, for pictures of special states."""
        self._messages[message.id] = message

    def tune(self, conversation_id: UUID, system_prompt: str, params: ChatParams) -> None:
        """Give a conversation settings of its own."""
        tuned = replace(self._conversations[conversation_id], system_prompt=system_prompt, params=params)
        self._conversations[conversation_id] = tuned

    def cite(
        self,
        conversation_id: UUID,
        citations: tuple[Citation, ...],
        collections: tuple[UUID, ...],
        trace: RetrievalTrace | None = None,
    ) -> None:
        """Make the last answer one from documents."""
        conversation = replace(self._conversations[conversation_id], collections=collections)
        self._conversations[conversation_id] = conversation
        answer = self.branch(conversation_id)[-1]
        self._messages[answer.id] = replace(answer, citations=citations, from_documents=True)
        if trace is not None:
            self._traces[answer.id] = trace

    def draft_of(self, conversation_id: UUID) -> str:
        """What is stored as a conversation's draft, for tests."""
        return self._conversations[conversation_id].draft

    def branch(self, conversation_id: UUID) -> list[ChatMessage]:
        """The active branch, oldest first."""
        found: list[ChatMessage] = []
        at = self._conversations[conversation_id].active_leaf_id
        while at is not None:
            found.append(self._counted(self._messages[at]))
            at = self._messages[at].parent_id
        return found[::-1]

    # Conversations.

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
        made = self._new(title, _now(), model=model, system_prompt=system_prompt)
        made = replace(made, params=params or made.params, collections=collections, private=private)
        self._conversations[made.id] = made
        self._tell(made.id, "created")
        return made

    async def conversations(
        self,
        ctx: SecurityContext,
        *,
        trashed: bool = False,
        private: bool = False,
        limit: int = 200,
        offset: int = 0,
    ) -> list[Conversation]:
        if self.failure is not None:
            raise self.failure
        found = [
            one
            for one in self._conversations.values()
            if (one.deleted_at is not None) == trashed and one.private is private
        ]
        return sorted(found, key=lambda one: one.updated_at, reverse=True)[offset : offset + limit]

    async def get(self, ctx: SecurityContext, conversation_id: UUID) -> Conversation:
        if conversation_id not in self._conversations:
            raise ConversationNotFound(conversation_id)
        return self._conversations[conversation_id]

    async def update(self, ctx: SecurityContext, conversation_id: UUID, patch: ConversationPatch) -> Conversation:
        conversation = await self.get(ctx, conversation_id)
        changes = {
            name: getattr(patch, name)
            for name in ("title", "system_prompt", "params", "draft", "collections")
            if getattr(patch, name) is not None
        }
        if patch.model is not None:
            changes["model"] = patch.model or None
        return self._store(replace(conversation, **changes), "updated")

    async def trash(self, ctx: SecurityContext, conversation_id: UUID) -> None:
        self._store(replace(await self.get(ctx, conversation_id), deleted_at=_now()), "trashed")

    async def restore(self, ctx: SecurityContext, conversation_id: UUID) -> None:
        self._store(replace(await self.get(ctx, conversation_id), deleted_at=None), "restored")

    async def trash_many(self, ctx: SecurityContext, conversation_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        for conversation_id in conversation_ids:
            await self.trash(ctx, conversation_id)
        return tuple(conversation_ids)

    async def restore_many(self, ctx: SecurityContext, conversation_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        for conversation_id in conversation_ids:
            await self.restore(ctx, conversation_id)
        return tuple(conversation_ids)

    async def delete_for_ever(self, ctx: SecurityContext, *conversation_ids: UUID) -> bool:
        for conversation_id in conversation_ids:
            await self.get(ctx, conversation_id)
            del self._conversations[conversation_id]
            self._tell(conversation_id, "deleted")
        return True

    async def trash_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        message = await self.message(ctx, message_id)
        answers = self._children.get((message.conversation_id, message_id), []) if message.role == "user" else []
        return self._trash_messages([message_id, *answers])

    async def clear(self, ctx: SecurityContext, conversation_id: UUID) -> UUID | None:
        mine = [one.id for one in self._messages.values() if one.conversation_id == conversation_id]
        cleared = self._trash_messages(mine)
        self._store(replace(await self.get(ctx, conversation_id), active_leaf_id=None), "message")
        return cleared[0] if cleared else None

    async def restore_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        restored = self._trashed.pop(message_id)
        for message in restored:
            self._messages[message.id] = message
        conversation = await self.get(ctx, restored[0].conversation_id)
        leaf_id = conversation.active_leaf_id or restored[-1].id
        self._store(replace(conversation, active_leaf_id=leaf_id), "message")
        return tuple(message.id for message in restored)

    async def delete_message_for_ever(self, ctx: SecurityContext, message_id: UUID) -> bool:
        for message in self._trashed.pop(message_id):
            self._messages[message.id] = replace(self._messages[message.id], erased=True)
            self._tell(message.conversation_id, "message")
        return True

    async def trashed_messages(self, ctx: SecurityContext, *, limit: int = 200) -> list[TrashedMessage]:
        return [self._in_trash(message_id) for message_id in reversed(self._trashed)][:limit]

    def _trash_messages(self, ids: Sequence[UUID]) -> tuple[UUID, ...]:
        here = [self._messages[one] for one in ids if self._messages[one].deleted_at is None]
        if here:
            self._trashed[here[0].id] = here
        for message in here:
            self._messages[message.id] = replace(message, content="", citations=(), deleted_at=_now())
            self._tell(message.conversation_id, "message")
        return tuple(message.id for message in here)

    def _in_trash(self, message_id: UUID) -> TrashedMessage:
        group = self._trashed[message_id]
        first, title = group[0], self._conversations[group[0].conversation_id].title
        moment = self._messages[first.id].deleted_at or _now()
        return TrashedMessage(first.id, first.conversation_id, title, first.role, first.content, len(group), moment)

    # Messages.

    async def messages(
        self, ctx: SecurityContext, conversation_id: UUID, *, before: int | None = None, limit: int = 50
    ) -> MessagePage:
        await self.get(ctx, conversation_id)
        branch = self.branch(conversation_id)
        end = len(branch) if before is None else before
        start = max(0, end - limit)
        return MessagePage(tuple(branch[start:end]), start, len(branch))

    async def message(self, ctx: SecurityContext, message_id: UUID) -> ChatMessage:
        if message_id not in self._messages:
            raise MessageNotFound(message_id)
        return self._counted(self._messages[message_id])

    async def send(
        self,
        ctx: SecurityContext,
        conversation_id: UUID,
        text: str,
        *,
        parent_id: UUID | None = None,
        from_draft: bool = False,
    ) -> AsyncIterator[AnswerEvent]:
        if not text.strip():
            raise EmptyMessage
        conversation = await self.get(ctx, conversation_id)
        self._refuse_second(conversation_id)
        if from_draft:
            self._store(replace(conversation, draft=""), "updated")
        user = self._add(
            conversation_id, parent_id or conversation.active_leaf_id, "user", text, MessageStatus.COMPLETE
        )
        if not conversation.title:
            self._store(replace(self._conversations[conversation_id], title=text[:40], title_source="auto"), "updated")
        async for event in self._answer(conversation_id, user):
            yield event

    async def regenerate(self, ctx: SecurityContext, message_id: UUID) -> AsyncIterator[AnswerEvent]:
        message = await self.message(ctx, message_id)
        self._refuse_second(message.conversation_id)
        async for event in self._answer(message.conversation_id, None, parent_id=message.parent_id):
            yield event

    async def edit(self, ctx: SecurityContext, message_id: UUID, text: str) -> AsyncIterator[AnswerEvent]:
        message = await self.message(ctx, message_id)
        self._refuse_second(message.conversation_id)
        user = self._add(message.conversation_id, message.parent_id, "user", text, MessageStatus.COMPLETE)
        async for event in self._answer(message.conversation_id, user):
            yield event

    async def continue_answer(self, ctx: SecurityContext, message_id: UUID) -> AsyncIterator[AnswerEvent]:
        message = await self.message(ctx, message_id)
        self._refuse_second(message.conversation_id)
        async for event in self._write(replace(message, status=MessageStatus.STREAMING, error=None), None):
            yield event

    async def stop(self, ctx: SecurityContext, conversation_id: UUID) -> bool:
        running = self._running.get(conversation_id)
        if running is not None:
            running.set()
        return running is not None

    async def attach(self, ctx: SecurityContext, conversation_id: UUID) -> AsyncIterator[AnswerEvent]:
        for message in self.branch(conversation_id)[-1:]:
            if message.status == MessageStatus.STREAMING:
                yield AnswerStarted(None, message)

    async def switch_branch(
        self, ctx: SecurityContext, message_id: UUID, direction: Literal["previous", "next"]
    ) -> Conversation:
        message = await self.message(ctx, message_id)
        siblings = self._siblings(message)
        at = siblings.index(message_id) + (1 if direction == "next" else -1)
        conversation = self._conversations[message.conversation_id]
        if not 0 <= at < len(siblings):
            return conversation
        leaf = siblings[at]
        while below := self._children.get((message.conversation_id, leaf)):
            leaf = below[-1]
        return self._store(replace(conversation, active_leaf_id=leaf), "updated")

    # The rest.

    async def meter(self, ctx: SecurityContext, conversation_id: UUID, draft: str = "") -> ContextMeter:
        used = sum(len(message.content) for message in self.branch(conversation_id)) // 4 + len(draft) // 4
        return ContextMeter(min(used, WINDOW), WINDOW, 1_024, max(0, (used - WINDOW) // 400))

    async def trace(self, ctx: SecurityContext, message_id: UUID) -> RetrievalTrace | None:
        await self.message(ctx, message_id)
        return self._traces.get(message_id)

    async def search(
        self, ctx: SecurityContext, query: str, *, limit: int = 50, conversation_id: UUID | None = None
    ) -> list[SearchHit]:
        wanted = query.casefold().strip()
        hits = [
            self._hit(message, wanted)
            for message in self._messages.values()
            if wanted
            and wanted in message.content.casefold()
            and conversation_id in (None, message.conversation_id)
            and self._conversations[message.conversation_id].deleted_at is None
        ]
        return hits[:limit]

    async def export(self, ctx: SecurityContext, conversation_id: UUID, format: Literal["markdown", "json"]) -> str:
        return "\n\n".join(f"**{one.role}**: {one.content}" for one in self.branch(conversation_id))

    async def tree(self, ctx: SecurityContext, conversation_id: UUID) -> ConversationTree:
        conversation = self._conversations[conversation_id]
        mine = tuple(one for one in self._messages.values() if one.conversation_id == conversation_id)
        traces = {one.id: self._traces[one.id] for one in mine if one.id in self._traces}
        return ConversationTree(conversation, mine, traces=traces)

    async def places_of(self, ctx: SecurityContext, message_ids: Sequence[UUID]) -> dict[UUID, UUID]:
        return {one: self._messages[one].conversation_id for one in message_ids if one in self._messages}

    async def import_conversation(self, ctx: SecurityContext, tree: ConversationTree) -> ImportedConversation:
        conversation_id = tree.conversation.id
        created = conversation_id not in self._conversations
        self._conversations.setdefault(conversation_id, tree.conversation)
        missing = [message for message in tree.messages if message.id not in self._messages]
        for message in missing:
            self._messages[message.id] = message
            self._children.setdefault((conversation_id, message.parent_id), []).append(message.id)
        known = len(tree.messages) - len(missing)
        return ImportedConversation(conversation_id, created, len(missing), known)

    async def take_back(self, ctx: SecurityContext, imported: ImportedConversation) -> bool:
        if imported.created:
            await self.trash(ctx, imported.conversation_id)
        return True

    def watch(self, ctx: SecurityContext) -> AsyncIterator[ConversationChanged]:
        return self._feed.watch()

    # Inside.

    def _new(
        self, title: str, moment: datetime, *, model: str | None = None, system_prompt: str = "", draft: str = ""
    ) -> Conversation:
        made = Conversation(
            uuid4(),
            title,
            "user" if title else "none",
            model,
            system_prompt,
            ChatParams(),
            None,
            moment,
            moment,
            draft=draft,
        )
        self._conversations[made.id] = made
        return made

    def _add(
        self, conversation_id: UUID, parent_id: UUID | None, role: Role, content: str, status: MessageStatus
    ) -> ChatMessage:
        stats = MessageStats(
            input_tokens=640,
            output_tokens=max(1, len(content) // 4),
            first_token_ms=412.0,
            total_ms=10_900.0,
            tokens_per_s=38.2,
            context_length=WINDOW,
        )
        message = ChatMessage(
            uuid4(),
            conversation_id,
            parent_id,
            role,
            content,
            status,
            _now(),
            model="demo" if role == "assistant" else None,
            stats=stats if role == "assistant" else None,
        )
        self._messages[message.id] = message
        self._children.setdefault((conversation_id, parent_id), []).append(message.id)
        conversation = self._conversations[conversation_id]
        self._conversations[conversation_id] = replace(conversation, active_leaf_id=message.id)
        return self._counted(message)

    async def _answer(
        self, conversation_id: UUID, user: ChatMessage | None, *, parent_id: UUID | None = None
    ) -> AsyncIterator[AnswerEvent]:
        parent = user.id if user is not None else parent_id
        answer = self._add(conversation_id, parent, "assistant", "", MessageStatus.STREAMING)
        async for event in self._write(answer, user):
            yield event

    async def _write(self, answer: ChatMessage, user: ChatMessage | None) -> AsyncIterator[AnswerEvent]:
        stopped = self._running[answer.conversation_id] = asyncio.Event()
        self._messages[answer.id] = answer
        self._store(replace(self._conversations[answer.conversation_id], updated_at=_now()), "message")
        try:
            yield AnswerStarted(user, self._counted(answer))
            asked = bool(self._conversations[answer.conversation_id].collections)
            for step in self.progress if asked else ():
                if stopped.is_set():
                    break
                yield AnswerProgress(answer.id, *step)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stopped.wait(), self.progress_pace_s)
            for token in self.script[len(answer.content) :].lstrip(" ").split(" "):
                if stopped.is_set():
                    break
                piece = token if not answer.content else " " + token
                answer = replace(answer, content=answer.content + piece)
                self._messages[answer.id] = answer
                yield AnswerDelta(answer.id, piece)
                await asyncio.sleep(self.pace_s)
            status = MessageStatus.STOPPED if stopped.is_set() else MessageStatus.COMPLETE
            stats = replace(answer.stats, output_tokens=len(answer.content) // 4) if answer.stats else None
            cited = self.citations if asked else ()
            self._messages[answer.id] = replace(
                answer, status=status, stats=stats, from_documents=asked, citations=cited
            )
            if asked and self.found is not None:
                self._traces[answer.id] = self.found
            yield AnswerFinished(self._counted(self._messages[answer.id]))
        finally:
            self._running.pop(answer.conversation_id, None)

    def _refuse_second(self, conversation_id: UUID) -> None:
        if conversation_id in self._running:
            raise AnswerInProgress

    def _siblings(self, message: ChatMessage) -> list[UUID]:
        return self._children[message.conversation_id, message.parent_id]

    def _counted(self, message: ChatMessage) -> ChatMessage:
        siblings = self._siblings(message)
        return replace(message, sibling_index=siblings.index(message.id), sibling_count=len(siblings))

    def _hit(self, message: ChatMessage, wanted: str) -> SearchHit:
        at = message.content.casefold().index(wanted)
        before = message.content[max(0, at - 30) : at]
        match = message.content[at : at + len(wanted)]
        after = message.content[at + len(wanted) : at + len(wanted) + 60]
        return SearchHit(
            message.conversation_id,
            self._conversations[message.conversation_id].title,
            message.id,
            message.role,
            f"{before}\x02{match}\x03{after}".replace("\n", " "),
            1.0,
            message.created_at,
        )

    def _store(
        self, conversation: Conversation, change: Literal["updated", "trashed", "restored", "message"]
    ) -> Conversation:
        self._conversations[conversation.id] = conversation
        self._tell(conversation.id, change)
        return conversation

    def _tell(
        self,
        conversation_id: UUID,
        change: Literal["created", "updated", "trashed", "restored", "deleted", "message"],
    ) -> None:
        self._feed.publish(ConversationChanged(conversation_id, change))
