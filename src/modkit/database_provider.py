"""How the host gets databases without knowing an engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from loguru import logger

from modkit.config.models import AppConfig
from modkit.module import Capability, ModuleInfo
from modkit.phases import NoDatabaseProvider

if TYPE_CHECKING:
    from modkit.config.database import DatabaseSettings
    from modkit.db import Database, Migration


class DatabaseProvider(Protocol):
    """Opens the modules' databases; ``modkit.db`` implements it."""

    async def open(self, module_name: str, settings: DatabaseSettings) -> Database:
        """The module's own handle; several modules may share a file, never a handle."""

    async def migrate(self, module_name: str, migrations: Sequence[Migration]) -> object:
        """Bring the tables of a module, opened before, up to date."""

    async def close(self) -> None:
        """Close everything that was opened."""


class ModuleDatabases:
    """The handles of one host, one per module that has a database configured."""

    def __init__(self, config: AppConfig, provider: DatabaseProvider | None) -> None:
        self._config = config
        self._provider = provider
        self._handles: dict[str, Database] = {}

    def get(self, module_name: str) -> Database | None:
        return self._handles.get(module_name)

    async def prepare(self, info: ModuleInfo, module: Any) -> None:
        """Open the module's database if one is configured, and migrate it if the module owns tables.

        Raises:
            NoDatabaseProvider: one is configured, but the host has nothing to open it with.
            ConfigError, or what opening and migrating raise.
        """
        settings = self._config.database_settings(info.name)
        if settings is None:
            return
        if self._provider is None:
            raise NoDatabaseProvider
        self._handles[info.name] = await self._provider.open(info.name, settings)
        if info.has(Capability.DB):
            await self._provider.migrate(info.name, module.migrations())

    async def close(self) -> None:
        """Close what was opened; errors are logged, as nobody could act on them during a shutdown."""
        self._handles.clear()
        if self._provider is None:
            return
        try:
            await self._provider.close()
        except Exception as err:
            logger.opt(exception=err).error("Closing the databases failed")
