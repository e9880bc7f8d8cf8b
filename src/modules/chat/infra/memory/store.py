"""Keeps private conversations in this process's memory: there is no path from here to a disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from modkit.db import utc_now, uuid7
from modkit.security import SecurityContext
from modules.chat.contract import (
    ChatMessage,
    Conversation,
    ConversationNotFound,
    ConversationTree,
    ImportedConversation,
    MessageNotFound,
    MessagePage,
    NotPossible,
    SearchHit,
    TrashedMessage,
)
from modules.chat.domain.cited import cited_in
from modules.chat.domain.ports import AnswerRow, NewConversation, NewMessage
from modules.chat.domain.search_query import SearchQuery
from modules.rag.contract import Citation, RetrievalTrace

_AROUND = 60


@dataclass(slots=True)
class _Held:
    """A conversation and its messages, oldest first; whose it is. ``passages`` are all that an answer may cite."""

    owner: SecurityContext
    conversation: Conversation
    messages: dict[UUID, ChatMessage] = field(default_factory=dict)
    passages: dict[UUID, tuple[Citation, ...]] = field(default_factory=dict)
    traces: dict[UUID, RetrievalTrace] = field(default_factory=dict)

    def shown(self, message: ChatMessage) -> ChatMessage:
        """With its place among its siblings."""
        alike = self.alike(message.parent_id)
        return replace(message, sibling_index=alike.index(message.id), sibling_count=len(alike))

    def alike(self, parent_id: UUID | None) -> list[UUID]:
        return [one.id for one in self.messages.values() if one.parent_id == parent_id]

    def way_to(self, leaf_id: UUID) -> list[ChatMessage]:
        """The messages from the root to the leaf."""
        way: list[ChatMessage] = []
        above: UUID | None = leaf_id
        while above is not None and above in self.messages:
            way.append(self.messages[above])
            above = way[-1].parent_id
        return way[::-1]


class MemoryChatStore:
    """Implements ChatStore. Deleting a message removes it at once, with what was written below it."""

    def __init__(self) -> None:
        self._held: dict[UUID, _Held] = {}
        # Ids of what was here. Whoever still writes such a message must not be sent to the database with it.
        self._gone: set[UUID] = set()

    def has(self, conversation_id: UUID) -> bool:
        """Whether the conversation is, or was, a private one."""
        return conversation_id in self._held or conversation_id in self._gone

    def has_message(self, message_id: UUID) -> bool:
        """Whether the message belongs, or belonged, to a private conversation."""
        return message_id in self._gone or any(message_id in held.messages for held in self._held.values())

    async def create(self, ctx: SecurityContext, new: NewConversation) -> Conversation:
        now = utc_now()
        conversation = Conversation(
            id=uuid7(),
            title=new.title,
            title_source="user" if new.title else "none",
            model=new.model,
            system_prompt=new.system_prompt,
            params=new.params,
            active_leaf_id=None,
            created_at=now,
            updated_at=now,
            collections=new.collections,
            private=True,
        )
        self._held[conversation.id] = _Held(ctx, conversation)
        return conversation

    async def conversation(self, ctx: SecurityContext, conversation_id: UUID) -> Conversation | None:
        held = self._of(ctx, conversation_id)
        return None if held is None else held.conversation

    async def conversations(
        self, ctx: SecurityContext, *, trashed: bool, limit: int, offset: int, private: bool = True
    ) -> list[Conversation]:
        found = [one.conversation for one in self._mine(ctx) if (one.conversation.deleted_at is not None) == trashed]
        return sorted(found, key=lambda one: one.updated_at, reverse=True)[offset : offset + limit]

    async def update(
        self, ctx: SecurityContext, conversation_id: UUID, changes: Mapping[str, Any], *, only_title_source: str = ""
    ) -> Conversation | None:
        held = self._of(ctx, conversation_id)
        if held is None or only_title_source not in ("", held.conversation.title_source):
            return None
        self._change(held, changes)
        return held.conversation

    async def trash(self, ctx: SecurityContext, conversation_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        return self._set_deleted(ctx, conversation_ids, utc_now())

    async def restore(self, ctx: SecurityContext, conversation_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        return self._set_deleted(ctx, conversation_ids, None)

    async def delete(self, ctx: SecurityContext, conversation_id: UUID) -> bool:
        held = self._of(ctx, conversation_id)
        if held is None or held.conversation.deleted_at is None:
            return False
        self._remove(held, tuple(held.messages))
        self._gone.add(conversation_id)
        del self._held[conversation_id]
        return True

    async def erase_deleted(self) -> bool:
        return True

    async def trash_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        held = self._with(ctx, message_id)
        gone = [] if held is None else _below(held, message_id)
        if held is not None and gone:
            above = held.messages[message_id].parent_id
            on_the_way = any(one.id in gone for one in held.way_to(held.conversation.active_leaf_id or message_id))
            self._remove(held, gone)
            if on_the_way:
                self._change(held, {"active_leaf_id": above})
        return tuple(gone)

    async def clear(self, ctx: SecurityContext, conversation_id: UUID) -> tuple[UUID, ...]:
        held = self._of(ctx, conversation_id)
        if held is None:
            return ()
        gone = tuple(held.messages)
        self._remove(held, gone)
        self._change(held, {"active_leaf_id": None})
        return gone

    async def restore_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        return ()

    async def erase_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        return ()

    async def trashed_messages(self, ctx: SecurityContext, *, limit: int) -> list[TrashedMessage]:
        return []

    async def messages_trashed_before(self, moment: datetime) -> Sequence[tuple[SecurityContext, UUID]]:
        return ()

    async def trashed_before(self, moment: datetime) -> Sequence[tuple[SecurityContext, UUID]]:
        return ()

    async def message(self, ctx: SecurityContext, message_id: UUID) -> ChatMessage | None:
        held = self._with(ctx, message_id)
        return None if held is None else held.shown(held.messages[message_id])

    async def branch(self, ctx: SecurityContext, leaf_id: UUID, *, before: int | None, limit: int) -> MessagePage:
        held = self._with(ctx, leaf_id)
        way = [] if held is None else [held.shown(message) for message in held.way_to(leaf_id)]
        end = len(way) if before is None else max(0, min(before, len(way)))
        start = max(0, end - limit)
        return MessagePage(tuple(way[start:end]), start, len(way))

    async def siblings(self, ctx: SecurityContext, message: ChatMessage) -> list[UUID]:
        held = self._of(ctx, message.conversation_id)
        return [] if held is None else held.alike(message.parent_id)

    async def newest_leaf(self, ctx: SecurityContext, message: ChatMessage) -> UUID:
        held = self._of(ctx, message.conversation_id)
        below = [] if held is None else _below(held, message.id)
        return below[-1] if below else message.id

    async def has_replies(self, ctx: SecurityContext, message: ChatMessage) -> bool:
        held = self._of(ctx, message.conversation_id)
        return held is not None and bool(held.alike(message.id))

    async def tree(self, ctx: SecurityContext, conversation_id: UUID) -> list[ChatMessage]:
        held = self._of(ctx, conversation_id)
        return [] if held is None else list(held.messages.values())

    async def whole(self, ctx: SecurityContext, conversation_id: UUID) -> ConversationTree | None:
        held = self._of(ctx, conversation_id)
        if held is None:
            return None
        messages = tuple(held.messages.values())
        return ConversationTree(held.conversation, messages, dict(held.passages), dict(held.traces))

    async def places_of(self, ctx: SecurityContext, message_ids: Sequence[UUID]) -> dict[UUID, UUID]:
        held = {one: self._with(ctx, one) for one in message_ids}
        return {one: found.conversation.id for one, found in held.items() if found is not None}

    async def import_tree(self, ctx: SecurityContext, tree: ConversationTree) -> ImportedConversation:
        raise NotPossible("Nothing is imported into a private chat.", action="Import it as a conversation of its own.")

    async def take_back(self, ctx: SecurityContext, imported: ImportedConversation) -> bool:
        return False  # nothing was imported

    async def append(
        self, ctx: SecurityContext, conversation_id: UUID, messages: Sequence[NewMessage], changes: Mapping[str, Any]
    ) -> list[ChatMessage]:
        held = self._of(ctx, conversation_id)
        if held is None:
            raise ConversationNotFound(conversation_id)
        missing = [new.parent_id for new in messages[:1] if new.parent_id is not None]
        if any(parent_id not in held.messages for parent_id in missing):
            raise MessageNotFound(missing[0])
        for new in messages:
            held.messages[new.id] = ChatMessage(
                new.id, conversation_id, new.parent_id, new.role, new.content, new.status, utc_now(), new.model
            )
        self._change(held, changes)
        return [held.shown(held.messages[new.id]) for new in messages]

    async def save_answer(self, ctx: SecurityContext, message_id: UUID, row: AnswerRow) -> None:
        held = self._with(ctx, message_id)
        if held is None:
            return
        if row.passages is not None:
            held.passages[message_id] = row.passages
        if row.trace is not None:
            held.traces[message_id] = row.trace
        given = held.passages.get(message_id)
        held.messages[message_id] = replace(
            held.messages[message_id],
            content=row.content,
            status=row.status,
            stats=row.stats,
            error=None if row.error is None else dict(row.error),
            citations=cited_in(row.content, given or ()),
            from_documents=given is not None,
        )

    async def passages(self, ctx: SecurityContext, message_id: UUID) -> tuple[Citation, ...]:
        held = self._with(ctx, message_id)
        return () if held is None else held.passages.get(message_id, ())

    async def trace(self, ctx: SecurityContext, message_id: UUID) -> RetrievalTrace | None:
        held = self._with(ctx, message_id)
        return None if held is None else held.traces.get(message_id)

    async def interrupt_all(self, error: Mapping[str, str]) -> int:
        return 0

    async def search(
        self, ctx: SecurityContext, query: SearchQuery, *, limit: int, conversation_id: UUID | None
    ) -> list[SearchHit]:
        """Within one conversation, newest first: every word has to occur."""
        held = None if conversation_id is None else self._of(ctx, conversation_id)
        words = [term.text.casefold() for term in query.terms]
        if held is None or not words:
            return []
        found = [one for one in held.messages.values() if all(word in one.content.casefold() for word in words)]
        return [_hit(held.conversation, one, words[0]) for one in reversed(found)][: max(0, limit)]

    def _of(self, ctx: SecurityContext, conversation_id: UUID) -> _Held | None:
        return next((one for one in self._mine(ctx) if one.conversation.id == conversation_id), None)

    def _with(self, ctx: SecurityContext, message_id: UUID) -> _Held | None:
        return next((one for one in self._mine(ctx) if message_id in one.messages), None)

    def _mine(self, ctx: SecurityContext) -> list[_Held]:
        mine = (ctx.subject_tenant_id, ctx.subject_id)
        return [one for one in self._held.values() if (one.owner.subject_tenant_id, one.owner.subject_id) == mine]

    def _change(self, held: _Held, changes: Mapping[str, Any]) -> None:
        values = dict(changes)
        if "used_at" in values:
            values["updated_at"] = values.pop("used_at")
        held.conversation = replace(held.conversation, **values)

    def _set_deleted(
        self, ctx: SecurityContext, conversation_ids: Sequence[UUID], moment: datetime | None
    ) -> tuple[UUID, ...]:
        held = [self._of(ctx, one) for one in conversation_ids]
        changed = [
            one for one in held if one is not None and (one.conversation.deleted_at is None) == (moment is not None)
        ]
        for one in changed:
            self._change(one, {"deleted_at": moment})
        return tuple(one.conversation.id for one in changed)

    def _remove(self, held: _Held, message_ids: Iterable[UUID]) -> None:
        for message_id in message_ids:
            self._gone.add(message_id)
            held.messages.pop(message_id, None)
            held.passages.pop(message_id, None)
            held.traces.pop(message_id, None)


def _below(held: _Held, message_id: UUID) -> list[UUID]:
    """The message and everything below it, oldest first."""
    below = {message_id}
    for message in held.messages.values():
        if message.parent_id in below:
            below.add(message.id)
    return [one for one in held.messages if one in below]


def _hit(conversation: Conversation, message: ChatMessage, word: str) -> SearchHit:
    at = message.content.casefold().find(word)
    start, end = max(0, at - _AROUND), at + len(word)
    marked = f"{message.content[start:at]}\x02{message.content[at:end]}\x03{message.content[end : end + _AROUND]}"
    return SearchHit(conversation.id, conversation.title, message.id, message.role, marked, 1.0, message.created_at)
