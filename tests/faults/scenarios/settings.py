"""Settings that are changed again and again, and the key that protects them."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db import Database, migrate, open_database_file
from modkit.security import SecurityContext
from modules.settings.contract import SettingSpec
from modules.settings.domain.service import SettingsService
from modules.settings.infra.storage.migrations import MIGRATIONS
from modules.settings.infra.storage.repository import SqlSettingStore
from tests.faults.harness.scenario import KEY, Acknowledge, Fact, Scenario

COUNTER = SettingSpec("faults.counter", "int", 0, "Counter", "Grows.", minimum=0)


@asynccontextmanager
async def settings_on(place: Path) -> AsyncIterator[SettingsService]:
    """The settings of one home, as a start brings them up."""
    file = await open_database_file(place / "hyperspot.db", KEY)
    try:
        await migrate(file, "settings", MIGRATIONS)
        service = SettingsService(SqlSettingStore(Database("settings", file)))
        service.declare([COUNTER])
        yield service
    finally:
        await file.close()


class SettingsScenario(Scenario):
    """A counter never falls behind what was said to be set."""

    name = "settings"
    database = "hyperspot.db"
    life_s = 0.15

    async def prepare(self, place: Path) -> None:
        await self.act(place, random.Random(0), lambda _: None, 3)

    async def act(self, place: Path, chance: random.Random, acknowledge: Acknowledge, steps: int) -> None:
        ctx = SecurityContext.local_user()
        async with settings_on(place) as settings:
            last = await self._value(settings)
            for number in range(last + 1, last + 1 + 5 * steps):
                await settings.set(ctx, COUNTER.key, number)
                acknowledge({"counter": number})

    async def check(self, place: Path, facts: Sequence[Fact]) -> list[str]:
        async with settings_on(place) as settings:
            return _behind(await self._value(settings), facts)

    def missing(self, connection: sqlcipher.Connection, facts: Sequence[Fact]) -> list[str]:
        row = connection.execute("SELECT value_json FROM settings WHERE key = ?", (COUNTER.key,)).fetchone()
        return _behind(int(row[0]) if row else 0, facts)

    async def _value(self, settings: SettingsService) -> int:
        value = await settings.get(SecurityContext.local_user(), COUNTER.key)
        assert isinstance(value, int)
        return value


def _behind(value: int, facts: Sequence[Fact]) -> list[str]:
    last = max((fact["counter"] for fact in facts), default=0)
    return [f"the setting is {value} and was {last} before"] if value < last else []
