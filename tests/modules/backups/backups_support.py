"""Conversations to be lost and found again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from modkit.db import uuid7
from modkit.security import SecurityContext
from modules.chat.contract import (
    ChatClient,
    ChatMessage,
    ChatParams,
    Conversation,
    ConversationTree,
    MessageStatus,
    Role,
)

LONG_AGO = datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC)


def branching(title: str) -> ConversationTree:
    """A question with two answers; the first is shown."""
    conversation_id = uuid7()

    def message(role: Role, content: str, above: ChatMessage | None = None) -> ChatMessage:
        parent_id = None if above is None else above.id
        return ChatMessage(uuid7(), conversation_id, parent_id, role, content, MessageStatus.COMPLETE, LONG_AGO)

    question = message("user", f"What is {title}?")
    first, second = (message("assistant", f"{title} is {what}", question) for what in ("good", "bad"))
    params = ChatParams(temperature=0.5)
    conversation = Conversation(
        conversation_id, title, "user", None, "Be brief.", params, first.id, LONG_AGO, LONG_AGO, draft="and"
    )
    return ConversationTree(conversation, (question, first, second))


async def stored(chat: ChatClient, ctx: SecurityContext, title: str) -> ConversationTree:
    """A branching conversation as chat gives it back."""
    tree = branching(title)
    await chat.import_conversation(ctx, tree)
    return await chat.tree(ctx, tree.conversation.id)


async def titles(chat: ChatClient, ctx: SecurityContext) -> set[str]:
    """Of the conversations that are not in the trash."""
    return {one.title for one in await chat.conversations(ctx)}


def damage(path: Path) -> None:
    """Flip a bit in the middle of a backup."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
