"""Deleting messages of the conversation on the page, and private conversations, of which nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Property, Signal, Slot

from hyperspot_desktop.viewmodels.chat_asked import AskedConversation

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.chat.contract import Conversation


class DeletingConversation(AskedConversation):
    """``messagesDeleted`` offers the way back: a message's id ("" for private ones, which have none) and how many."""

    privateChanged = Signal()
    messagesDeleted = Signal(str, int)

    def open(self, conversation_id: str) -> None:
        """Show a conversation."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read the messages again."""
        raise NotImplementedError

    @Property(bool, notify=privateChanged)
    def private(self) -> bool:
        """Nothing of this conversation is kept."""
        return self._is_private()

    def _is_private(self) -> bool:
        return self._conversation is not None and self._conversation.private

    def _asked_changed(self) -> None:
        self.privateChanged.emit()

    @Slot()
    def newPrivateChat(self) -> None:
        """A conversation in memory, made at once: even its draft has no place on the disk."""

        async def create(clients: Clients) -> Conversation:
            return await clients.chat.create(clients.ctx, private=True)

        self._bridge.call(create, lambda made: self.open(str(made.id)), self._fail)

    @Slot(str)
    def deleteMessage(self, message_id: str) -> None:
        """Into the trash; a question takes its answers along."""
        wanted, private = UUID(message_id), self._is_private()

        def deleted(ids: tuple[UUID, ...]) -> None:
            self.reload()
            if ids:
                self.messagesDeleted.emit("" if private else message_id, len(ids))

        self._bridge.call(lambda clients: clients.chat.trash_message(clients.ctx, wanted), deleted, self._fail)

    @Slot(str)
    def restoreMessage(self, message_id: str) -> None:
        wanted = UUID(message_id)
        self._bridge.call(
            lambda clients: clients.chat.restore_message(clients.ctx, wanted), lambda _: self.reload(), self._fail
        )

    @Slot()
    def clearMessages(self) -> None:
        """All messages of the conversation into the trash."""
        conversation = self._conversation
        if conversation is None:
            return

        def cleared(message_id: UUID | None) -> None:
            self.reload()
            if message_id is not None:
                self.messagesDeleted.emit("" if conversation.private else str(message_id), 0)

        self._bridge.call(lambda clients: clients.chat.clear(clients.ctx, conversation.id), cleared, self._fail)
