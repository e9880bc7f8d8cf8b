"""Everything that is broken on purpose, by name."""

from __future__ import annotations

from tests.faults.harness.scenario import Scenario
from tests.faults.scenarios.chat import ChatScenario

SCENARIOS: dict[str, type[Scenario]] = {one.name: one for one in (ChatScenario,)}
