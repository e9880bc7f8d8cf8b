"""The verbs of chat."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Literal, Protocol
from uuid import UUID

from modkit.security import SecurityContext
from modules.chat.contract.models import (
    AnswerEvent,
    ChatMessage,
    ChatParams,
    ContextMeter,
    Conversation,
    ConversationChanged,
    ConversationPatch,
    MessagePage,
    SearchHit,
    TrashedMessage,
)
from modules.chat.contract.trees import ConversationTree, ImportedConversation
from modules.rag.contract import RetrievalTrace


class ChatClient(Protocol):
    """Conversations as trees of messages; nothing is overwritten: edit and regenerate make siblings.

    The four streaming verbs run the answer in a task owned by the module: when the reader goes away the answer
    goes on, until ``stop``. Only one answer per conversation at a time (AnswerInProgress). Tokens are on
    disk at most 250 ms after they were streamed.
    """

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
        """``private``: nothing of it is ever written to a disk; it ends with the program or ``delete_for_ever``."""

    async def conversations(
        self,
        ctx: SecurityContext,
        *,
        trashed: bool = False,
        private: bool = False,
        limit: int = 200,
        offset: int = 0,
    ) -> list[Conversation]:
        """Most recently used first; either those that are stored or the private ones."""

    async def get(self, ctx: SecurityContext, conversation_id: UUID) -> Conversation: ...
    async def update(self, ctx: SecurityContext, conversation_id: UUID, patch: ConversationPatch) -> Conversation: ...
    async def trash(self, ctx: SecurityContext, conversation_id: UUID) -> None: ...
    async def restore(self, ctx: SecurityContext, conversation_id: UUID) -> None: ...

    async def trash_many(self, ctx: SecurityContext, conversation_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        """Put conversations into the trash, all or none; gives those that were not in it. Unknown ones are left out."""

    async def restore_many(self, ctx: SecurityContext, conversation_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        """Take conversations out of the trash, all or none; gives those that were in it."""

    async def delete_for_ever(self, ctx: SecurityContext, *conversation_ids: UUID) -> bool:
        """Remove trashed conversations, their messages and index entries, and every trace of them in the database.

        False: they are removed, but the file could not be written anew yet; that is done later by itself. Backups
        that were made before still have them.

        Raises:
            ConversationNotFound, NotPossible: one is not in the trash. Those before it are removed.
        """

    async def trash_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        """Put a message into the trash, a question together with its answers; gives all ids.

        Its place in the tree stays, so that what was written below it does as well. A running answer is stopped.
        """

    async def clear(self, ctx: SecurityContext, conversation_id: UUID) -> UUID | None:
        """Put all messages into the trash; gives one of them, by which all are restored. None: there was none."""

    async def restore_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        """Take a message out of the trash with those that were deleted together with it; gives all ids.

        Raises:
            MessageNotFound, NotPossible: it is not in the trash, or deleted for ever.
        """

    async def delete_message_for_ever(self, ctx: SecurityContext, message_id: UUID) -> bool:
        """Remove the text of messages in the trash that were deleted together; their empty places stay.

        Gives what ``delete_for_ever`` gives. A title that was made from the message goes as well.

        Raises:
            MessageNotFound, NotPossible: it is not in the trash.
        """

    async def trashed_messages(self, ctx: SecurityContext, *, limit: int = 200) -> list[TrashedMessage]:
        """What is in the trash of conversations that are not there themselves, last deleted first."""

    async def messages(
        self, ctx: SecurityContext, conversation_id: UUID, *, before: int | None = None, limit: int = 50
    ) -> MessagePage:
        """The active branch, its last ``limit`` messages, or those before branch index ``before``."""

    async def message(self, ctx: SecurityContext, message_id: UUID) -> ChatMessage: ...

    def send(
        self,
        ctx: SecurityContext,
        conversation_id: UUID,
        text: str,
        *,
        parent_id: UUID | None = None,
        from_draft: bool = False,
    ) -> AsyncIterator[AnswerEvent]:
        """Append a user message below ``parent_id`` (default: the active leaf) and stream the answer.

        ``from_draft``: the text is the conversation's draft, as far as that was stored. It stays the draft until the
        message is stored, and is the draft no more from then on. Otherwise a draft is left alone.
        """

    def regenerate(self, ctx: SecurityContext, message_id: UUID) -> AsyncIterator[AnswerEvent]:
        """Another answer beside this one."""

    def edit(self, ctx: SecurityContext, message_id: UUID, text: str) -> AsyncIterator[AnswerEvent]:
        """Another version of a user message beside it, with its answer."""

    def continue_answer(self, ctx: SecurityContext, message_id: UUID) -> AsyncIterator[AnswerEvent]:
        """Go on writing a stopped, interrupted or cut answer, in place."""

    async def stop(self, ctx: SecurityContext, conversation_id: UUID) -> bool:
        """Stop the running answer and keep its text; False when none runs."""

    def attach(self, ctx: SecurityContext, conversation_id: UUID) -> AsyncIterator[AnswerEvent]:
        """Follow a running answer: AnswerStarted with the text so far, then deltas. Ends at once if none runs."""

    async def switch_branch(
        self, ctx: SecurityContext, message_id: UUID, direction: Literal["previous", "next"]
    ) -> Conversation:
        """Show the sibling before or after; the newest leaf below it becomes active. At the end: no change."""

    async def meter(self, ctx: SecurityContext, conversation_id: UUID, draft: str = "") -> ContextMeter: ...

    async def trace(self, ctx: SecurityContext, message_id: UUID) -> RetrievalTrace | None:
        """How the passages of an answer were found; None when it was not made from documents."""

    async def search(
        self, ctx: SecurityContext, query: str, *, limit: int = 50, conversation_id: UUID | None = None
    ) -> list[SearchHit]:
        """Ranked; every word matches as a prefix; quoted phrases match exactly. Any text is a valid query."""

    async def export(self, ctx: SecurityContext, conversation_id: UUID, format: Literal["markdown", "json"]) -> str:
        """The whole tree as JSON, or the active branch as Markdown."""

    async def tree(self, ctx: SecurityContext, conversation_id: UUID) -> ConversationTree:
        """The whole conversation as it is now, also one in the trash."""

    async def places_of(self, ctx: SecurityContext, message_ids: Sequence[UUID]) -> dict[UUID, UUID]:
        """The conversation of each message that exists; what does not is left out."""

    async def import_conversation(self, ctx: SecurityContext, tree: ConversationTree) -> ImportedConversation:
        """Store a whole conversation with the ids that it has, in one transaction.

        A conversation or message that exists already is left as it is, missing messages are added; so the same tree
        twice changes nothing. An answer that was being written arrives as interrupted.

        Raises:
            InvalidTree: ids occur twice or are taken, a parent is missing or stands behind its child. Nothing is kept.
        """

    async def take_back(self, ctx: SecurityContext, imported: ImportedConversation) -> bool:
        """Undo the import of one conversation: a new one goes into the trash, messages added to another are deleted.

        False, and nothing is changed, where somebody has written in the new conversation since, or has answered one
        of the added messages: what was written here is worth more than an undo.
        """

    def watch(self, ctx: SecurityContext) -> AsyncIterator[ConversationChanged]:
        """Changes from now on; a slow reader loses the oldest."""
