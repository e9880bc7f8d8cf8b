"""Wires portability: chat and settings on one side, files on the other."""

from __future__ import annotations

from modkit.module import module
from modkit.module_context import ModuleContext
from modkit.security import SecurityContext
from modules.backups.contract import BackupsClient
from modules.chat.contract import ChatClient
from modules.portability.config import PortabilityConfig
from modules.portability.contract import PdfPrinter, PortabilityClient
from modules.portability.domain.service import PortabilityService
from modules.portability.infra.sinks import FileSinks
from modules.portability.infra.sources import FileSources, Limits
from modules.rag.contract import RagClient
from modules.settings.contract import SettingsClient


@module(name="portability", deps=["backups", "chat", "rag", "settings"], client=PortabilityClient)
class PortabilityModule:
    """Exports and imports; nothing runs until somebody asks."""

    async def init(self, ctx: ModuleContext) -> None:
        config = ctx.config(PortabilityConfig)
        limits = Limits(config.max_file_mb << 20, config.max_total_mb << 20, config.max_files)
        hub = ctx.client_hub

        async def secure(whose: SecurityContext) -> None:
            await hub.get(BackupsClient).ensure(whose, "before-import")

        service = PortabilityService(
            hub.get(ChatClient),
            hub.get(SettingsClient),
            FileSinks(),
            FileSources(limits),
            secure,
            lambda: hub.try_get(PdfPrinter),
            hub.get(RagClient),
        )
        hub.register(PortabilityClient, service)
