"""Everything that is broken on purpose, by name."""

from __future__ import annotations

from tests.faults.harness.scenario import Scenario
from tests.faults.scenarios.backup import BackupScenario, RestoreScenario
from tests.faults.scenarios.chat import ChatScenario
from tests.faults.scenarios.download import DownloadScenario
from tests.faults.scenarios.exchange import ImportScenario
from tests.faults.scenarios.indexing import IndexingScenario
from tests.faults.scenarios.keys import KeysScenario
from tests.faults.scenarios.migration import MigrationScenario
from tests.faults.scenarios.settings import SettingsScenario

SCENARIOS: dict[str, type[Scenario]] = {
    one.name: one
    for one in (
        ChatScenario,
        SettingsScenario,
        KeysScenario,
        MigrationScenario,
        BackupScenario,
        RestoreScenario,
        DownloadScenario,
        IndexingScenario,
        ImportScenario,
    )
}
