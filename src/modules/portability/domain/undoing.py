"""What an import has stored, and how that is taken out again."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from uuid import UUID

from loguru import logger

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.chat.contract import ChatClient, ImportedConversation
from modules.portability.contract import NothingToUndo, UndoReport
from modules.rag.contract import Collection, RagClient
from modules.settings.contract import SettingsClient, SettingValue

_REMEMBERED = 8


@dataclass(slots=True)
class Stored:
    """Grows while an import runs; what was known already is not in it."""

    conversations: list[ImportedConversation] = field(default_factory=list)
    settings: dict[str, SettingValue] = field(default_factory=dict)
    collections: list[Collection] = field(default_factory=list)

    def keep(self, one: ImportedConversation) -> None:
        if one.created or one.added:
            self.conversations.append(one)

    def keep_collection(self, one: Collection | None) -> None:
        if one is not None:
            self.collections.append(one)


class Undoing:
    """Remembers the last imports, and undoes them."""

    def __init__(self, chat: ChatClient, settings: SettingsClient, rag: RagClient | None) -> None:
        self._chat = chat
        self._settings = settings
        self._rag = rag
        self._remembered: OrderedDict[UUID, Stored] = OrderedDict()

    def remember(self, undo_id: UUID, stored: Stored) -> None:
        self._remembered[undo_id] = stored
        while len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)

    async def undo(self, ctx: SecurityContext, undo_id: UUID) -> UndoReport:
        """
        Raises:
            NothingToUndo
        """
        stored = self._remembered.get(undo_id)
        if stored is None:
            raise NothingToUndo("This import cannot be undone any more.")
        taken_back = 0
        for one in reversed(stored.conversations):
            taken_back += await self._chat.take_back(ctx, one)
        await self._collections_back(ctx, stored, for_ever=False)
        await self._settings_back(ctx, stored)
        # Only now: what fails in the middle can be tried again, and what is undone already stays so.
        self._remembered.pop(undo_id, None)
        return UndoReport(taken_back, len(stored.conversations) - taken_back)

    async def remove(self, ctx: SecurityContext, stored: Stored) -> None:
        """Take out what an import that did not come to its end has stored: nobody has missed it yet."""
        try:
            for one in reversed(stored.conversations):
                if await self._chat.take_back(ctx, one) and one.created:
                    await self._chat.delete_for_ever(ctx, one.conversation_id)
            await self._collections_back(ctx, stored, for_ever=True)
            await self._settings_back(ctx, stored)
        except HyperSpotError as error:
            # The reason why the import ended is what the user has to hear, not this.
            logger.bind(code=error.code).warning("An import that was given up could not be taken out again")

    async def _collections_back(self, ctx: SecurityContext, stored: Stored, *, for_ever: bool) -> None:
        if self._rag is None:
            return
        names = {one.id: one.name for one in await self._rag.collections(ctx)} if stored.collections else {}
        for one in stored.collections:
            # By the name that it has now; one that is in the trash already stays there.
            if one.id in names:
                await self._rag.remove(ctx, names[one.id])
                if for_ever:
                    await self._rag.delete_for_ever(ctx, one.id)

    async def _settings_back(self, ctx: SecurityContext, stored: Stored) -> None:
        for key, value in stored.settings.items():
            if await self._settings.get(ctx, key) == value:
                await self._settings.reset(ctx, key)
