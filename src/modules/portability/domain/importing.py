"""Brings conversations in: everything is checked before the first is stored, each is one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

from modkit.security import SecurityContext
from modules.chat.contract import ChatClient, ConversationNotFound, ConversationTree
from modules.portability.contract import (
    ArchiveDamaged,
    ExchangeProgress,
    ImportPreview,
    ImportReport,
    PreviewedCollection,
    PreviewedConversation,
    Tell,
)
from modules.portability.domain.collections import CollectionFields, new_collections, take_collection
from modules.portability.domain.history import History
from modules.portability.domain.importers.detect import history_of
from modules.portability.domain.ports import Secure, Sources
from modules.portability.domain.threads import carried_through, next_on_thread, on_thread
from modules.portability.domain.undoing import Stored, Undoing
from modules.rag.contract import RagClient
from modules.settings.contract import SettingsClient, SettingsError, SettingValue


class Importing:
    """The imports of PortabilityClient."""

    def __init__(self, chat: ChatClient, settings: SettingsClient, rag: RagClient | None, sources: Sources) -> None:
        self._chat = chat
        self._settings = settings
        self._rag = rag
        self._sources = sources

    async def preview(self, ctx: SecurityContext, path: Path, tell: Tell) -> ImportPreview:
        async with self._opened(ctx, path) as history:
            return await self._checked(ctx, history, tell)

    async def run(self, ctx: SecurityContext, path: Path, secure: Secure, undoing: Undoing, tell: Tell) -> ImportReport:
        """``secure`` is called when all is checked and nothing is stored yet."""
        async with self._opened(ctx, path) as history:
            total = len((await self._checked(ctx, history, tell)).conversations)
            await secure(ctx)
            stored = Stored()
            try:
                report = await self._stored(ctx, history, stored, lambda done: tell(_storing(done, total)))
            except BaseException:
                await undoing.remove(ctx, stored)
                raise
        undo_id = uuid4()
        undoing.remember(undo_id, stored)
        return replace(report, undo_id=undo_id)

    @asynccontextmanager
    async def _opened(self, ctx: SecurityContext, path: Path) -> AsyncIterator[History]:
        opening = self._sources.open(path)
        source = await on_thread(opening.__enter__)
        try:
            yield await on_thread(history_of, source, ctx.subject_id)
        finally:
            # The outcome of the work is none of the source's business: it is only closed.
            await on_thread(opening.__exit__, None, None, None)

    async def _checked(self, ctx: SecurityContext, history: History, tell: Tell) -> ImportPreview:
        history.left_out.clear()
        found: list[PreviewedConversation] = []
        conversation_ids: set[UUID] = set()
        message_ids: set[UUID] = set()
        trees = history.trees()
        while (tree := await next_on_thread(trees)) is not None:
            ids = [message.id for message in tree.messages]
            if tree.conversation.id in conversation_ids:
                raise ArchiveDamaged(f"Conversation {tree.conversation.id} is there twice.")
            if not message_ids.isdisjoint(ids):
                raise ArchiveDamaged(f"A message of {tree.conversation.id} belongs to another conversation too.")
            conversation_ids.add(tree.conversation.id)
            message_ids.update(ids)
            found.append(await self._compared(ctx, tree, ids))
            tell(ExchangeProgress("checking", len(found)))
        new = await self._new_settings(ctx, history)
        collections = await self._new_collections(ctx, history)
        shown = tuple(PreviewedCollection(one.name, tuple(each.path for each in one.sources)) for one in collections)
        return ImportPreview(history.source, tuple(found), len(new), shown, history.notes())

    async def _compared(self, ctx: SecurityContext, tree: ConversationTree, ids: list[UUID]) -> PreviewedConversation:
        conversation = tree.conversation
        places = await self._chat.places_of(ctx, ids)
        if any(place != conversation.id for place in places.values()):
            raise ArchiveDamaged(f"A message of {conversation.id} belongs to another conversation that is here.")
        times = [message.created_at for message in tree.messages] or [conversation.created_at]
        exists = bool(places) or await self._exists(ctx, conversation.id)
        return PreviewedConversation(
            conversation.id, conversation.title, len(ids), len(places), exists, min(times), max(times)
        )

    async def _exists(self, ctx: SecurityContext, conversation_id: UUID) -> bool:
        try:
            await self._chat.get(ctx, conversation_id)
        except ConversationNotFound:
            return False
        return True

    async def _stored(
        self, ctx: SecurityContext, history: History, stored: Stored, tell: Callable[[int], None]
    ) -> ImportReport:
        history.left_out.clear()
        created: list[UUID] = []
        extended = added = known = done = 0
        trees = history.trees()
        while (tree := await next_on_thread(trees)) is not None:
            one = await carried_through(self._chat.import_conversation(ctx, tree), stored.keep)
            if one.created:
                created.append(one.conversation_id)
            extended += bool(one.added) and not one.created
            added, known, done = added + one.added, known + one.known, done + 1
            tell(done)
        await self._take_collections(ctx, history, stored)
        settings, refused = await self._take_settings(ctx, history, stored)
        notes = history.notes() + refused
        return ImportReport(
            history.source, tuple(created), extended, added, known, settings, len(stored.collections), notes
        )

    async def _new_collections(self, ctx: SecurityContext, history: History) -> list[CollectionFields]:
        return [] if self._rag is None else await new_collections(ctx, self._rag, history.collections)

    async def _take_collections(self, ctx: SecurityContext, history: History, stored: Stored) -> None:
        if self._rag is None:
            return
        for one in await self._new_collections(ctx, history):
            await carried_through(take_collection(ctx, self._rag, one), stored.keep_collection)

    async def _new_settings(self, ctx: SecurityContext, history: History) -> dict[str, SettingValue]:
        """Those that are known here and were left at their default."""
        if not history.settings:
            return {}
        free = {one.spec.key for one in await self._settings.all(ctx) if one.is_default}
        return {key: value for key, value in history.settings.items() if key in free}

    async def _take_settings(
        self, ctx: SecurityContext, history: History, stored: Stored
    ) -> tuple[int, tuple[str, ...]]:
        refused: list[str] = []
        new = await self._new_settings(ctx, history)
        for key, value in new.items():
            try:
                stored.settings[key] = (await self._settings.set(ctx, key, value)).value
            except SettingsError as err:
                refused.append(err.sentence)
        return len(new) - len(refused), tuple(refused)


def _storing(done: int, total: int) -> ExchangeProgress:
    return ExchangeProgress("storing", done, total)
