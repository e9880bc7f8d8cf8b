"""Scenarios that break their promises, to see that the harness notices."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from modkit.security import SecurityContext
from tests.faults.harness.scenario import Acknowledge, Fact, Scenario
from tests.faults.scenarios.settings import COUNTER, SettingsScenario, settings_on


class HastyScenario(SettingsScenario):
    """Says that a setting is stored before it is."""

    async def act(self, place: Path, chance: random.Random, acknowledge: Acknowledge, steps: int) -> None:
        ctx = SecurityContext.local_user()
        async with settings_on(place) as settings:
            last = await settings.get(ctx, COUNTER.key)
            assert isinstance(last, int)
            for number in range(last + 1, last + 1 + 5 * steps):
                acknowledge({"counter": number})
                await settings.set(ctx, COUNTER.key, number)


class CarelessScenario(Scenario):
    """Writes a file in place, and lets errors of the system fly."""

    name = "careless"

    async def prepare(self, place: Path) -> None:
        (place / "list").write_text("[]" * 5000)

    async def act(self, place: Path, chance: random.Random, acknowledge: Acknowledge, steps: int) -> None:
        (place / "list").write_text("[]" * 5000)

    async def check(self, place: Path, facts: Sequence[Fact]) -> list[str]:
        return [] if (place / "list").read_text() == "[]" * 5000 else ["half a file"]
