"""The verbs of backups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from modkit.security import SecurityContext
from modules.backups.contract.models import (
    BackupInfo,
    BackupReason,
    BackupsStatus,
    PreviewedConversation,
    RestoredConversation,
    RestoreDecision,
    TrashedBackup,
)
from modules.chat.contract import ChatMessage, ConversationTree


class BackupsClient(Protocol):
    """Verified copies of what cannot be made again.

    ``name`` is a backup's file name, or the path of a file anywhere. ``secret`` is the recovery code or passphrase
    of a backup that another profile made, with the wrapped keys (keyring.json) beside it; "" for one's own.
    """

    async def create(self, ctx: SecurityContext, reason: BackupReason = "manual") -> list[BackupInfo]:
        """One for each database, checked page by page.

        Raises:
            BackupFailed: none was made of one database; older backups are untouched.
        """

    async def ensure(self, ctx: SecurityContext, reason: BackupReason) -> list[BackupInfo]:
        """As ``create``, but only of the databases that changed since their last backup: before a risky act."""

    async def all(self, ctx: SecurityContext) -> list[BackupInfo]:
        """Newest first."""

    async def verify(self, ctx: SecurityContext, name: str, *, secret: str = "") -> BackupInfo:
        """Read every page of a backup now; the result is remembered, a bad one is no error.

        Raises:
            BackupNotFound
        """

    async def preview(self, ctx: SecurityContext, name: str, *, secret: str = "") -> list[PreviewedConversation]:
        """The conversations in a backup, most recently used first, those in its trash last.

        Raises:
            BackupNotFound
            BackupDamaged: not usable, or made with another key.
        """

    async def messages(
        self, ctx: SecurityContext, name: str, conversation_id: UUID, *, secret: str = ""
    ) -> tuple[ChatMessage, ...]:
        """The branch of a conversation that is shown, as it stands in a backup.

        Raises:
            BackupNotFound, BackupDamaged: as for ``preview``.
            ConversationNotFound: the backup does not have it.
        """

    async def conversation(
        self, ctx: SecurityContext, name: str, conversation_id: UUID, *, secret: str = ""
    ) -> ConversationTree:
        """As ``messages``, but everything of it."""

    async def restore_conversations(
        self, ctx: SecurityContext, name: str, conversation_ids: Sequence[UUID] | None, *, secret: str = ""
    ) -> list[RestoredConversation]:
        """Bring conversations back under their own ids; None means all of the backup that are not in its trash.

        What is there now is backed up first and nothing of it is overwritten: missing messages are added, what is in
        the trash comes out of it. Other conversations are not touched. Doing it again changes nothing.

        Raises:
            BackupNotFound, BackupDamaged, ConversationNotFound: nothing was restored.
            NothingToRestore: an empty choice.
            BackupFailed: what is there could not be backed up; nothing was restored.
        """

    async def restore_everything(self, ctx: SecurityContext, name: str, *, secret: str = "") -> RestoreDecision:
        """Decide that the next start puts this backup in the place of the database.

        What is written until then is in the replaced file, which is kept. Deciding again replaces the decision.

        Raises:
            BackupNotFound, BackupDamaged, UnknownDatabase, RestoreFailed, BackupFailed: nothing is decided.
        """

    async def undo_restore(self, ctx: SecurityContext) -> bool:
        """Take the decision of ``restore_everything`` back; False when there is none."""

    async def remove(self, ctx: SecurityContext, name: str) -> BackupInfo:
        """Put a backup of the profile's own folder into the trash, also the newest good one: the user says so.

        Copies of it in the second folder stay.

        Raises:
            BackupNotFound
            BackupFolderUnusable: it stays where it is.
        """

    async def trashed(self, ctx: SecurityContext) -> list[TrashedBackup]:
        """What ``remove`` put away, the last first; after 30 days it is deleted."""

    async def take_back(self, ctx: SecurityContext, name: str) -> BackupInfo:
        """Out of the trash again, by the name it had.

        Raises:
            BackupNotFound
            BackupFolderUnusable: it stays in the trash.
        """

    async def delete_for_ever(self, ctx: SecurityContext, name: str) -> None:
        """Remove one that is in the trash.

        Raises:
            BackupNotFound, BackupFolderUnusable
        """

    async def status(self, ctx: SecurityContext) -> BackupsStatus: ...
