"""Implements PortabilityClient; what reads and writes is loaded when it is first wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from modkit.security import SecurityContext
from modules.chat.contract import ChatClient
from modules.portability.contract import ExportFormat, ExportReport, ImportPreview, ImportReport
from modules.portability.domain.ports import Secure, Sinks, Sources
from modules.settings.contract import SettingsClient


class PortabilityService:
    """Implements PortabilityClient. One import at a time: two of the same file would race for what is missing."""

    def __init__(
        self, chat: ChatClient, settings: SettingsClient, sinks: Sinks, sources: Sources, secure: Secure
    ) -> None:
        """``secure`` makes sure that what is there before an import can be had again."""
        self._secure = secure
        self._chat = chat
        self._settings = settings
        self._sinks = sinks
        self._sources = sources
        self._importing = asyncio.Lock()

    async def export(
        self,
        ctx: SecurityContext,
        target: Path,
        format: ExportFormat,
        conversation_ids: Sequence[UUID] | None = None,
        *,
        replace: bool = False,
    ) -> ExportReport:
        # Not at the top: the models of the documents and the Markdown renderer would cost every start.
        from modules.portability.domain.exporting import Exporting

        exporting = Exporting(self._chat, self._settings, self._sinks)
        return await exporting.conversations(ctx, target, format, conversation_ids, replace=replace)

    async def export_profile(self, ctx: SecurityContext, target: Path, *, replace: bool = False) -> ExportReport:
        from modules.portability.domain.exporting import Exporting

        return await Exporting(self._chat, self._settings, self._sinks).profile(ctx, target, replace=replace)

    async def preview(self, ctx: SecurityContext, source: Path) -> ImportPreview:
        from modules.portability.domain.importing import Importing

        return await Importing(self._chat, self._settings, self._sources).preview(ctx, source)

    async def import_history(self, ctx: SecurityContext, source: Path) -> ImportReport:
        from modules.portability.domain.importing import Importing

        async with self._importing:
            return await Importing(self._chat, self._settings, self._sources).run(ctx, source, self._secure)
