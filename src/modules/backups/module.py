"""Wires backups: the files, the conversations in them, the settings and the schedule."""

from __future__ import annotations

import asyncio

from modkit.cancellation import CancellationToken, cancel_and_wait
from modkit.db.provider import SqlCipherProvider
from modkit.module import module
from modkit.module_context import ModuleContext
from modules.backups.contract import BackupsClient
from modules.backups.domain.declared import AUTOMATIC, SECOND_FOLDER
from modules.backups.domain.schedule import Schedule
from modules.backups.domain.service import BackupsService
from modules.backups.infra.clock import SystemClock
from modules.backups.infra.files import BackupFiles
from modules.chat.contract import ChatClient, ConversationCopies
from modules.settings.contract import SettingsClient


@module(name="backups", deps=["chat", "settings"], capabilities=["stateful"], client=BackupsClient, stop_timeout="30s")
class BackupsModule:
    """Backups of the databases."""

    def __init__(self) -> None:
        self._schedule: Schedule | None = None
        self._running: asyncio.Task[None] | None = None

    async def init(self, ctx: ModuleContext) -> None:
        hub = ctx.client_hub
        settings = hub.get(SettingsClient)
        settings.declare([AUTOMATIC, SECOND_FOLDER])
        provider = hub.try_get(SqlCipherProvider)
        if provider is None:
            # The databases are not files of this program: whoever runs their server backs them up.
            return
        store = BackupFiles(lambda: provider.files, ctx.home / "backups")
        service = BackupsService(store, hub.get(ChatClient), hub.get(ConversationCopies), settings)
        self._schedule = Schedule(service, SystemClock())
        hub.register(BackupsClient, service)

    async def start(self, cancel: CancellationToken) -> None:
        if self._schedule is not None:
            self._running = asyncio.create_task(self._schedule.run(), name="automatic backups")

    async def stop(self, cancel: CancellationToken) -> None:
        if self._running is not None:
            await cancel_and_wait(self._running)
        if self._schedule is not None:
            await self._schedule.at_the_end()
