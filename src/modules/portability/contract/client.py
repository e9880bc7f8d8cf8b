"""The verbs of portability."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from uuid import UUID

from modkit.security import SecurityContext
from modules.portability.contract.models import (
    ExportFormat,
    ExportReport,
    ImportPreview,
    ImportReport,
    Tell,
    UndoReport,
)


class PdfPrinter(Protocol):
    """Draws pages; registered in the client hub by whoever can, which is the window."""

    def print_html(self, html: str, title: str) -> bytes:
        """A PDF of the page, with numbered pages. Called on a thread; nothing is fetched from anywhere."""


class PortabilityClient(Protocol):
    """Conversations as files: out in the open, and in again without loss."""

    async def export(
        self,
        ctx: SecurityContext,
        target: Path,
        format: ExportFormat,
        conversation_ids: Sequence[UUID] | None = None,
        *,
        replace: bool = False,
        tell: Tell | None = None,
    ) -> ExportReport:
        """Write conversations to ``target``: None are all outside the trash.

        An archive is one file. In the other formats one given conversation is one file, everything else a folder with
        a file for each. What is written is complete or not there at all.

        Raises:
            TargetExists: something is there and ``replace`` is false; a folder is never replaced.
            NothingToExport: there are no conversations.
            ChatError: one of them does not exist.
            CannotWrite: no space, no permission.
            PdfNotPossible: nothing here draws pages; only the window does.
        """

    async def export_profile(
        self, ctx: SecurityContext, target: Path, *, replace: bool = False, tell: Tell | None = None
    ) -> ExportReport:
        """Write an archive of everything that the user made here: all conversations, also those in the trash, the
        collections with what belongs to them, and the settings that differ from their defaults.

        Raises:
            TargetExists, CannotWrite: as for ``export``.
        """

    async def preview(self, ctx: SecurityContext, source: Path, *, tell: Tell | None = None) -> ImportPreview:
        """Read and check all of a file or folder, and say what importing it would do. Nothing is written.

        Raises:
            UnknownHistory, UnsupportedHistory, NewerFormat: it cannot be read.
            ArchiveDamaged, TooLarge: it must not be imported; the sentence says what is wrong with it.
        """

    async def import_history(self, ctx: SecurityContext, source: Path, *, tell: Tell | None = None) -> ImportReport:
        """Import everything that ``preview`` tells of; conversations and messages that are here already stay.

        All of it is checked before the first is stored; each conversation is one transaction. When it is cancelled or
        fails, what it had stored is taken out again. When the program ends in the middle, the same import again goes
        on where it was. A setting is taken only where none was chosen here.

        Raises:
            As ``preview``.
        """

    async def undo_import(self, ctx: SecurityContext, undo_id: UUID) -> UndoReport:
        """Take an import back: new conversations go into the trash, added messages are deleted, settings are as before.

        The last imports since the start of the program can be undone, each once.

        Raises:
            NothingToUndo
        """
