"""What chat needs from storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from modkit.security import SecurityContext
from modules.chat.contract import (
    ChatMessage,
    ChatParams,
    Conversation,
    ConversationTree,
    ImportedConversation,
    MessagePage,
    MessageStats,
    MessageStatus,
    Role,
    SearchHit,
    TrashedMessage,
)
from modules.chat.domain.search_query import SearchQuery
from modules.rag.contract import Citation, RetrievalTrace


@dataclass(frozen=True, slots=True)
class NewConversation:
    """A conversation to be stored."""

    title: str
    model: str | None
    system_prompt: str
    params: ChatParams
    collections: tuple[UUID, ...] = ()
    private: bool = False


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to be stored below ``parent_id`` (None: a root)."""

    id: UUID
    parent_id: UUID | None
    role: Role
    content: str
    status: MessageStatus
    model: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What an answer's row is set to; of ``passages`` and ``trace``, None leaves what is there.

    ``passages`` are those that the answer may cite; a message shows the ones that its text does.
    """

    content: str
    status: MessageStatus
    stats: MessageStats | None = None
    error: Mapping[str, str] | None = None
    passages: tuple[Citation, ...] | None = None
    trace: RetrievalTrace | None = None


class ChatStore(Protocol):
    """Conversations and their trees, durable when a call returns. Absent and foreign rows are None or False."""

    async def create(self, ctx: SecurityContext, new: NewConversation) -> Conversation: ...
    async def conversation(self, ctx: SecurityContext, conversation_id: UUID) -> Conversation | None: ...

    async def conversations(
        self, ctx: SecurityContext, *, trashed: bool, limit: int, offset: int, private: bool = False
    ) -> list[Conversation]: ...

    async def update(
        self, ctx: SecurityContext, conversation_id: UUID, changes: Mapping[str, Any], *, only_title_source: str = ""
    ) -> Conversation | None:
        """Set columns; with ``only_title_source`` just while the title still comes from there (else None)."""

    async def trash(self, ctx: SecurityContext, conversation_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        """Those that were there and not in the trash; all or none."""

    async def restore(self, ctx: SecurityContext, conversation_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        """Those that were in the trash; all or none."""

    async def delete(self, ctx: SecurityContext, conversation_id: UUID) -> bool:
        """Remove a conversation with its messages and index entries; False when it is not in the trash."""

    async def erase_deleted(self) -> bool:
        """Make what was deleted unreadable in the file; False when that has to be tried again."""

    async def trash_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        """The message and, of a question, its answers: those that were not in the trash; none when there is none."""

    async def clear(self, ctx: SecurityContext, conversation_id: UUID) -> tuple[UUID, ...]:
        """All messages that are not in the trash, oldest first; nothing is shown of the conversation any more."""

    async def restore_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        """The message and what was deleted with it; none when it is not in the trash."""

    async def erase_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        """Empty the message and what was deleted with it; none when it is not in the trash."""

    async def trashed_messages(self, ctx: SecurityContext, *, limit: int) -> list[TrashedMessage]: ...

    async def messages_trashed_before(self, moment: datetime) -> Sequence[tuple[SecurityContext, UUID]]:
        """Messages of all users that have been in the trash since before ``moment``."""

    async def trashed_before(self, moment: datetime) -> Sequence[tuple[SecurityContext, UUID]]:
        """Conversations of all users that have been in the trash since before ``moment``."""

    async def message(self, ctx: SecurityContext, message_id: UUID) -> ChatMessage | None: ...

    async def branch(self, ctx: SecurityContext, leaf_id: UUID, *, before: int | None, limit: int) -> MessagePage:
        """The last ``limit`` messages on the way from the root to the leaf, or those before index ``before``."""

    async def siblings(self, ctx: SecurityContext, message: ChatMessage) -> list[UUID]:
        """The message and its alternatives, oldest first."""

    async def newest_leaf(self, ctx: SecurityContext, message: ChatMessage) -> UUID:
        """The newest message at or below this one."""

    async def has_replies(self, ctx: SecurityContext, message: ChatMessage) -> bool: ...
    async def tree(self, ctx: SecurityContext, conversation_id: UUID) -> list[ChatMessage]:
        """All messages, parents before children."""

    async def whole(self, ctx: SecurityContext, conversation_id: UUID) -> ConversationTree | None:
        """All of a conversation in one consistent state."""

    async def places_of(self, ctx: SecurityContext, message_ids: Sequence[UUID]) -> dict[UUID, UUID]:
        """Message id → conversation id, of those that exist."""

    async def import_tree(self, ctx: SecurityContext, tree: ConversationTree) -> ImportedConversation:
        """Add what is missing of a checked tree, all or nothing (else InvalidTree)."""

    async def take_back(self, ctx: SecurityContext, imported: ImportedConversation) -> bool:
        """Undo ``import_tree``; False when something hangs on it now."""

    async def append(
        self,
        ctx: SecurityContext,
        conversation_id: UUID,
        messages: Sequence[NewMessage],
        changes: Mapping[str, Any],
    ) -> list[ChatMessage]:
        """Store messages and set columns of their conversation, all or nothing."""

    async def save_answer(self, ctx: SecurityContext, message_id: UUID, row: AnswerRow) -> None: ...

    async def passages(self, ctx: SecurityContext, message_id: UUID) -> tuple[Citation, ...]:
        """All that an answer may cite; of a complete one those that it does."""

    async def trace(self, ctx: SecurityContext, message_id: UUID) -> RetrievalTrace | None: ...

    async def interrupt_all(self, error: Mapping[str, str]) -> int:
        """Mark what a killed program left streaming, of all users; gives the number of answers."""

    async def search(
        self, ctx: SecurityContext, query: SearchQuery, *, limit: int, conversation_id: UUID | None
    ) -> list[SearchHit]: ...
