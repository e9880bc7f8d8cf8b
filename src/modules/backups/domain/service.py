"""The verbs of backups."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal
from uuid import UUID

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.backups.contract import (
    BackupInfo,
    BackupReason,
    BackupsStatus,
    NothingToRestore,
    PreviewedConversation,
    RestoredConversation,
    RestoreDecision,
    TrashedBackup,
)
from modules.backups.domain.declared import AUTOMATIC, SECOND_FOLDER
from modules.backups.domain.ports import BackupStore
from modules.chat.contract import (
    ChatClient,
    ChatMessage,
    ConversationCopies,
    ConversationCopy,
    ConversationNotFound,
    ConversationTree,
)
from modules.settings.contract import SettingsClient

_ALL = 1_000_000


class BackupsService:
    """Implements BackupsClient."""

    def __init__(
        self, store: BackupStore, chat: ChatClient, copies: ConversationCopies, settings: SettingsClient
    ) -> None:
        self._store = store
        self._chat = chat
        self._copies = copies
        self._settings = settings
        self._making = asyncio.Lock()
        self._problem: HyperSpotError | None = None

    async def create(self, ctx: SecurityContext, reason: BackupReason = "manual") -> list[BackupInfo]:
        return await self.make(reason)

    async def ensure(self, ctx: SecurityContext, reason: BackupReason) -> list[BackupInfo]:
        return await self.make(reason, only_changed=True)

    async def all(self, ctx: SecurityContext) -> list[BackupInfo]:
        return await self.known()

    async def verify(self, ctx: SecurityContext, name: str, *, secret: str = "") -> BackupInfo:
        backup = await self._store.find(name)
        return await self._store.verify(backup, await self._store.key_of(backup, secret))

    async def preview(self, ctx: SecurityContext, name: str, *, secret: str = "") -> list[PreviewedConversation]:
        async with self._opened(name, secret) as copy:
            found = await copy.conversations(ctx)
        here = {one.id for one in await self._chat.conversations(ctx, limit=_ALL)}
        trashed = {one.id for one in await self._chat.conversations(ctx, trashed=True, limit=_ALL)}
        return [
            PreviewedConversation(one.conversation, one.messages, _state_of(one.conversation.id, here, trashed))
            for one in found
        ]

    async def messages(
        self, ctx: SecurityContext, name: str, conversation_id: UUID, *, secret: str = ""
    ) -> tuple[ChatMessage, ...]:
        return shown_branch(await self.conversation(ctx, name, conversation_id, secret=secret))

    async def conversation(
        self, ctx: SecurityContext, name: str, conversation_id: UUID, *, secret: str = ""
    ) -> ConversationTree:
        async with self._opened(name, secret) as copy:
            return await copy.tree(ctx, conversation_id)

    async def restore_conversations(
        self, ctx: SecurityContext, name: str, conversation_ids: Sequence[UUID] | None, *, secret: str = ""
    ) -> list[RestoredConversation]:
        async with self._opened(name, secret) as copy:
            chosen = await _chosen(ctx, copy, conversation_ids)
            await self.ensure(ctx, "before-restore")
            return [await self._put_back(ctx, await copy.tree(ctx, one)) for one in chosen]

    async def restore_everything(self, ctx: SecurityContext, name: str, *, secret: str = "") -> RestoreDecision:
        backup = await self._store.find(name)
        key = await self._store.key_of(backup, secret)
        made = await self.make("before-restore")
        await self._store.decide_restore(backup, key)
        safety = next((one for one in made if one.database == backup.database), made[0])
        return RestoreDecision(backup, safety)

    async def undo_restore(self, ctx: SecurityContext) -> bool:
        return await self._store.undo_restore()

    async def remove(self, ctx: SecurityContext, name: str) -> BackupInfo:
        return await self._store.remove(name)

    async def trashed(self, ctx: SecurityContext) -> list[TrashedBackup]:
        return await self._store.trashed()

    async def take_back(self, ctx: SecurityContext, name: str) -> BackupInfo:
        return await self._store.take_back(name)

    async def delete_for_ever(self, ctx: SecurityContext, name: str) -> None:
        await self._store.delete_for_ever(name)

    async def status(self, ctx: SecurityContext) -> BackupsStatus:
        known = await self.known()
        return BackupsStatus(
            automatic=await self.automatic(),
            newest_good=next((one for one in known if one.state == "good"), None),
            second_folder=await self._second_folder(),
            restore_decided=await self._store.restore_decided(),
            problem="" if self._problem is None else self._problem.sentence,
            action="" if self._problem is None else self._problem.action,
        )

    async def make(self, reason: BackupReason, *, only_changed: bool = False) -> list[BackupInfo]:
        """Make backups, one request after the other: two at a time would only take the disk from each other."""
        async with self._making:
            return await self._store.create(reason, only_changed=only_changed)

    async def known(self) -> list[BackupInfo]:
        """All backups, newest first, with their copies in the second folder noted."""
        backups = await self._store.all()
        folder = await self._second_folder()
        there = frozenset[str]() if folder is None else await self._store.in_second_folder(folder)
        return [replace(one, second_copy=one.name in there) for one in backups]

    async def copy_out(self) -> list[BackupInfo]:
        """Bring the second folder up to date, if there is one.

        Raises:
            SecondFolderUnusable
        """
        folder = await self._second_folder()
        if folder is None:
            return []
        async with self._making:
            return await self._store.copy_out(folder)

    async def delete_old(self) -> None:
        """Empty the trash of what has been in it for 30 days."""
        await self._store.delete_old()

    async def automatic(self) -> bool:
        """Whether the user wants automatic backups."""
        return bool(await self._settings.get(SecurityContext.local_user(), AUTOMATIC.key))

    def changed(self) -> bool:
        return self._store.changed()

    def size_bytes(self) -> int:
        return self._store.size_bytes()

    def remember_problem(self, problem: HyperSpotError | None) -> None:
        """What ``status`` says went wrong with the last automatic backup."""
        self._problem = problem

    async def _second_folder(self) -> Path | None:
        text = str(await self._settings.get(SecurityContext.local_user(), SECOND_FOLDER.key)).strip()
        return Path(text) if text else None

    @asynccontextmanager
    async def _opened(self, name: str, secret: str) -> AsyncIterator[ConversationCopy]:
        backup = await self._store.find(name)
        async with self._copies.open(backup.path, await self._store.key_of(backup, secret)) as copy:
            yield copy

    async def _put_back(self, ctx: SecurityContext, tree: ConversationTree) -> RestoredConversation:
        # Whoever restores a conversation wants to see it, wherever it lay when the backup was made.
        shown = replace(tree, conversation=replace(tree.conversation, deleted_at=None))
        imported = await self._chat.import_conversation(ctx, shown)
        if imported.in_trash:
            await self._chat.restore(ctx, imported.conversation_id)
        return RestoredConversation(
            imported.conversation_id,
            tree.conversation.title,
            imported.created,
            imported.added,
            imported.known,
            imported.in_trash,
        )


async def _chosen(ctx: SecurityContext, copy: ConversationCopy, wanted: Sequence[UUID] | None) -> list[UUID]:
    """The wanted conversations, once each; all of them are known to be there before the first is touched."""
    there = [one.conversation for one in await copy.conversations(ctx)]
    if wanted is None:
        wanted = [one.id for one in there if one.deleted_at is None]
    chosen = list(dict.fromkeys(wanted))
    if not chosen:
        raise NothingToRestore
    known = {one.id for one in there}
    for one in chosen:
        if one not in known:
            raise ConversationNotFound(one)
    return chosen


def shown_branch(tree: ConversationTree) -> tuple[ChatMessage, ...]:
    """The messages from the root to the end of the branch that is shown."""
    by_id = {message.id: message for message in tree.messages}
    leaf = tree.conversation.active_leaf_id
    branch: list[ChatMessage] = []
    while leaf is not None and leaf in by_id:
        branch.append(by_id[leaf])
        leaf = by_id[leaf].parent_id
    return tuple(reversed(branch))


def _state_of(
    conversation_id: UUID, here: AbstractSet[UUID], trashed: AbstractSet[UUID]
) -> Literal["present", "trashed", "missing"]:
    if conversation_id in here:
        return "present"
    return "trashed" if conversation_id in trashed else "missing"
