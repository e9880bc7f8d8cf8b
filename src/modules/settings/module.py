"""Wires settings: storage, service, and the window's own declarations."""

from __future__ import annotations

from collections.abc import Sequence

from modkit.cancellation import CancellationToken
from modkit.db import Migration
from modkit.module import module
from modkit.module_context import ModuleContext
from modules.settings.contract import SettingsClient
from modules.settings.domain.service import SettingsService
from modules.settings.domain.shell_settings import SHELL_SETTINGS
from modules.settings.infra.storage.migrations import MIGRATIONS
from modules.settings.infra.storage.repository import SqlSettingStore


@module(name="settings", capabilities=["db", "stateful"], client=SettingsClient)
class SettingsModule:
    """Typed settings of the user."""

    def __init__(self) -> None:
        self._service: SettingsService | None = None

    def migrations(self) -> Sequence[Migration]:
        return MIGRATIONS

    async def init(self, ctx: ModuleContext) -> None:
        self._service = SettingsService(SqlSettingStore(ctx.db_required()))
        self._service.declare(SHELL_SETTINGS)
        ctx.client_hub.register(SettingsClient, self._service)

    async def start(self, cancel: CancellationToken) -> None:
        """Nothing runs in the background."""

    async def stop(self, cancel: CancellationToken) -> None:
        if self._service is not None:
            self._service.close()
