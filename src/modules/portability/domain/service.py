"""Implements PortabilityClient; what reads and writes is loaded when it is first wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from modkit.security import SecurityContext
from modules.chat.contract import ChatClient
from modules.portability.contract import (
    ExchangeProgress,
    ExportFormat,
    ExportReport,
    ImportPreview,
    ImportReport,
    NothingToUndo,
    PdfPrinter,
    Tell,
    UndoReport,
)
from modules.portability.domain.ports import Secure, Sinks, Sources
from modules.rag.contract import RagClient
from modules.settings.contract import SettingsClient

if TYPE_CHECKING:
    from modules.portability.domain.undoing import Undoing


class PortabilityService:
    """Implements PortabilityClient. One import at a time: two of the same file would race for what is missing."""

    def __init__(
        self,
        chat: ChatClient,
        settings: SettingsClient,
        sinks: Sinks,
        sources: Sources,
        secure: Secure,
        printer: Callable[[], PdfPrinter | None] = lambda: None,
        rag: RagClient | None = None,
    ) -> None:
        """``secure`` makes sure that what is there before an import can be had again; ``printer`` gives the one that
        is there when a PDF is wanted; without ``rag`` there are no collections.
        """
        self._secure = secure
        self._chat = chat
        self._settings = settings
        self._sinks = sinks
        self._sources = sources
        self._printer = printer
        self._rag = rag
        self._importing = asyncio.Lock()
        self._undoing: Undoing | None = None

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
        # Not at the top: the models of the documents and the Markdown renderer would cost every start.
        from modules.portability.domain.exporting import Exporting

        printer = self._printer()
        exporting = Exporting(self._chat, self._settings, self._rag, self._sinks, printer, tell or _unheard)
        return await exporting.conversations(ctx, target, format, conversation_ids, replace=replace)

    async def export_profile(
        self, ctx: SecurityContext, target: Path, *, replace: bool = False, tell: Tell | None = None
    ) -> ExportReport:
        from modules.portability.domain.exporting import Exporting

        exporting = Exporting(self._chat, self._settings, self._rag, self._sinks, None, tell or _unheard)
        return await exporting.profile(ctx, target, replace=replace)

    async def preview(self, ctx: SecurityContext, source: Path, *, tell: Tell | None = None) -> ImportPreview:
        from modules.portability.domain.importing import Importing

        importing = Importing(self._chat, self._settings, self._rag, self._sources)
        return await importing.preview(ctx, source, tell or _unheard)

    async def import_history(self, ctx: SecurityContext, source: Path, *, tell: Tell | None = None) -> ImportReport:
        from modules.portability.domain.importing import Importing
        from modules.portability.domain.undoing import Undoing

        async with self._importing:
            self._undoing = self._undoing or Undoing(self._chat, self._settings, self._rag)
            importing = Importing(self._chat, self._settings, self._rag, self._sources)
            return await importing.run(ctx, source, self._secure, self._undoing, tell or _unheard)

    async def undo_import(self, ctx: SecurityContext, undo_id: UUID) -> UndoReport:
        async with self._importing:
            if self._undoing is None:
                raise NothingToUndo("Nothing was imported since the program was started.")
            return await self._undoing.undo(ctx, undo_id)


def _unheard(progress: ExchangeProgress) -> None:
    """Where nobody asks how far it is."""
