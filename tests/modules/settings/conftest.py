"""A real encrypted store with the settings tables, and a service on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modkit.db import Database, DatabaseFile, migrate, open_database_file
from modkit.keys.data_key import DataKey
from modkit.security import SecurityContext
from modules.settings.contract import SettingSpec
from modules.settings.domain.service import SettingsService
from modules.settings.infra.storage.migrations import MIGRATIONS
from modules.settings.infra.storage.repository import SqlSettingStore

SPECS = (
    SettingSpec("look.theme", "choice", "system", "Theme", "Colours.", choices=("system", "dark", "light")),
    SettingSpec("look.font_scale", "int", 100, "Text size", "Size.", unit="percent", minimum=75, maximum=200),
    SettingSpec("chat.quiet", "bool", False, "Quiet", "No sounds."),
    SettingSpec("chat.warmth", "float", 0.7, "Warmth", "How free.", minimum=0.0),
    SettingSpec("chat.name", "str", "", "Name", "What to call you."),
)


@pytest.fixture
def ctx() -> SecurityContext:
    return SecurityContext.local_user()


@pytest.fixture
async def settings_file(tmp_path: Path) -> AsyncIterator[DatabaseFile]:
    file = await open_database_file(tmp_path / "hyperspot.db", DataKey.generate())
    await migrate(file, "settings", MIGRATIONS)
    yield file
    await file.close()


@pytest.fixture
def store(settings_file: DatabaseFile) -> SqlSettingStore:
    return SqlSettingStore(Database("settings", settings_file))


@pytest.fixture
def settings(store: SqlSettingStore) -> SettingsService:
    service = SettingsService(store)
    service.declare(SPECS)
    return service
