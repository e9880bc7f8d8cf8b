"""Conversations in another copy of the database, a backup for example: to be looked at and taken out of it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from modkit.security import SecurityContext
from modules.chat.contract.models import Conversation
from modules.chat.contract.trees import ConversationTree

if TYPE_CHECKING:
    from modkit.keys.data_key import DataKey

CONVERSATIONS_TABLE = "chat_conversations"
MESSAGES_TABLE = "chat_messages"
"""How the row counts of a checked copy name what chat keeps."""


@dataclass(frozen=True, slots=True)
class CopiedConversation:
    """A conversation as it stands in a copy, and how many messages it has on all its branches."""

    conversation: Conversation
    messages: int


class ConversationCopy(Protocol):
    """An open copy. Nothing that is done with it changes the file."""

    async def conversations(self, ctx: SecurityContext) -> list[CopiedConversation]:
        """Most recently used first; those in the trash stand behind the others."""

    async def tree(self, ctx: SecurityContext, conversation_id: UUID) -> ConversationTree:
        """One conversation with all branches.

        Raises:
            ConversationNotFound: the copy does not have it.
        """


class ConversationCopies(Protocol):
    """Opens copies of the file that holds the conversations, made by this version or an older one."""

    def open(self, path: Path, key: DataKey | None = None) -> AbstractAsyncContextManager[ConversationCopy]:
        """Every page is checked first. ``key``: of a copy that was made with another key than the database.

        A copy without conversations (of another database of the program) opens, and is empty.

        Raises:
            BackupDamaged: not usable with this key (on entering).
            NoSpace: opening needs as much room as the copy takes.
        """
