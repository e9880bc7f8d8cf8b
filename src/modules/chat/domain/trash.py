"""What is deleted: into the trash, back out of it, and gone for ever."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from uuid import UUID

from modkit.security import SecurityContext
from modules.chat.contract import (
    Conversation,
    ConversationNotFound,
    MessageNotFound,
    NotPossible,
    TrashedMessage,
)
from modules.chat.domain.changes import Changes
from modules.chat.domain.clock import utc_now
from modules.chat.domain.ports import ChatStore


class Trash:
    """The verbs of ChatClient that delete. ``stop`` ends a running answer; ``forget`` drops what is remembered."""

    def __init__(
        self,
        store: ChatStore,
        changes: Changes,
        stop: Callable[[SecurityContext, UUID], Awaitable[bool]],
        forget: Callable[[UUID], None],
    ) -> None:
        self._store = store
        self._changes = changes
        self._stop = stop
        self._forget = forget

    async def finish(self) -> bool:
        """Erase what an earlier run deleted and could not erase any more."""
        return await self._store.erase_deleted()

    async def empty_old(self, kept_days: float) -> int:
        """Delete for ever what has been in the trash for longer; gives the number of conversations and messages."""
        before = utc_now() - timedelta(days=kept_days)
        removed = [
            await self._delete(ctx, conversation_id)
            for ctx, conversation_id in await self._store.trashed_before(before)
        ]
        erased = [
            len(await self._erase(ctx, message_id))
            for ctx, message_id in await self._store.messages_trashed_before(before)
        ]
        await self._store.erase_deleted()
        return sum(removed) + sum(erased)

    async def trash(self, ctx: SecurityContext, ids: Sequence[UUID]) -> tuple[UUID, ...]:
        for conversation_id in ids:
            await self._stop(ctx, conversation_id)
        changed = await self._store.trash(ctx, ids)
        for conversation_id in changed:
            self._changes.publish(ctx, conversation_id, "trashed")
        return changed

    async def restore(self, ctx: SecurityContext, ids: Sequence[UUID]) -> tuple[UUID, ...]:
        changed = await self._store.restore(ctx, ids)
        for conversation_id in changed:
            self._changes.publish(ctx, conversation_id, "restored")
        return changed

    async def delete_for_ever(self, ctx: SecurityContext, ids: Sequence[UUID]) -> bool:
        try:
            for conversation_id in ids:
                if not await self._delete(ctx, conversation_id):
                    await self._refuse(ctx, conversation_id)
        finally:
            erased = await self._store.erase_deleted()
        return erased

    async def trash_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        message = await self._store.message(ctx, message_id)
        if message is None:
            raise MessageNotFound(message_id)
        await self._stop(ctx, message.conversation_id)
        deleted = await self._store.trash_message(ctx, message_id)
        self._message_changed(ctx, message.conversation_id)
        return deleted

    async def clear(self, ctx: SecurityContext, conversation: Conversation) -> UUID | None:
        await self._stop(ctx, conversation.id)
        cleared = await self._store.clear(ctx, conversation.id)
        self._message_changed(ctx, conversation.id)
        return cleared[0] if cleared else None

    async def restore_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        message = await self._store.message(ctx, message_id)
        if message is None:
            raise MessageNotFound(message_id)
        restored = await self._store.restore_message(ctx, message_id)
        if not restored:
            raise NotPossible("This message is not in the trash.", action="Reload the conversation.")
        self._message_changed(ctx, message.conversation_id)
        return restored

    async def delete_message_for_ever(self, ctx: SecurityContext, message_id: UUID) -> bool:
        if not await self._erase(ctx, message_id):
            if await self._store.message(ctx, message_id) is None:
                raise MessageNotFound(message_id)
            raise NotPossible("Only messages in the trash can be deleted for ever.", action="Delete the message first.")
        return await self._store.erase_deleted()

    async def messages(self, ctx: SecurityContext, limit: int) -> list[TrashedMessage]:
        return await self._store.trashed_messages(ctx, limit=max(0, limit))

    async def _delete(self, ctx: SecurityContext, conversation_id: UUID) -> bool:
        """False when it is not in the trash (any more)."""
        deleted = await self._store.delete(ctx, conversation_id)
        if deleted:
            self._forget(conversation_id)
            self._changes.publish(ctx, conversation_id, "deleted")
        return deleted

    async def _erase(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        message = await self._store.message(ctx, message_id)
        erased = () if message is None else await self._store.erase_message(ctx, message_id)
        if message is not None and erased:
            self._message_changed(ctx, message.conversation_id)
        return erased

    async def _refuse(self, ctx: SecurityContext, conversation_id: UUID) -> None:
        if await self._store.conversation(ctx, conversation_id) is None:
            raise ConversationNotFound(conversation_id)
        raise NotPossible(
            "Only conversations in the trash can be deleted for ever.",
            action=f"Put it in the trash first: hyperspot conversations delete {conversation_id}",
        )

    def _message_changed(self, ctx: SecurityContext, conversation_id: UUID) -> None:
        # Where its prompt began may be a message that is not told any more.
        self._forget(conversation_id)
        self._changes.publish(ctx, conversation_id, "message", deleted="true")
