"""A home of the first version, brought up to date by this one."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db import migrate, open_database_file
from modkit.db.backup import list_backups
from modkit.db.connect import raw_connect
from modkit.db.migrations import history_table
from modkit.db.verify import verify_backup
from modkit.keys import DataKey, KeyStore
from tests.faults.harness.scenario import Acknowledge, Fact, Scenario
from tests.support.schemas import SCHEMAS, Schema

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "first"
_CONTENT = {
    "settings": "SELECT id, key, value_json FROM settings",
    "jobs-manager": "SELECT id, title, state FROM jobs",
    "llm-manager": "SELECT id FROM llm_models",
    "chat": "SELECT id, parent_id, seq, content FROM chat_messages ORDER BY id",
    "rag": "SELECT id, path, state FROM rag_files",
    "local-search-index": "SELECT hex(id), text FROM lsi_passages",
}
"""What was in the first schema and is in every later one."""


class MigrationScenario(Scenario):
    """Every module is as before or as after each of its migrations, and the next start finishes."""

    name = "migration"
    life_s = 0.1
    files: Sequence[str] = ("hyperspot.db", "index.db")
    """Those that are upgraded while things go wrong; the next start finishes both."""

    async def prepare(self, place: Path) -> None:
        shutil.copytree(GOLDEN, place, dirs_exist_ok=True)

    async def act(self, place: Path, chance: random.Random, acknowledge: Acknowledge, steps: int) -> None:
        await self._upgrade(place, self.files, acknowledge)

    async def _upgrade(self, place: Path, files: Sequence[str], acknowledge: Acknowledge) -> None:
        key = await KeyStore(place).open()
        for name in files:
            await upgrade(place / name, key, acknowledge)

    async def check(self, place: Path, facts: Sequence[Fact]) -> list[str]:
        key = await KeyStore(place).open()
        found: list[str] = []
        # As they lie there: the step that a kill interrupted may be missing, and nothing else.
        for schema in SCHEMAS:
            done = _applied(place / schema.file, key, schema)
            names = [migration.name for migration in schema.migrations]
            if done != names[: len(done)] or not done:
                found.append(f"{schema.module} has {done}")
            if {"module": schema.module} in facts and done != names:
                found.append(f"{schema.module} was brought up to date and is not")
        backups = list_backups(place / "backups")
        for backup in backups:
            verify_backup(backup.path, key)
        await self._upgrade(place, MigrationScenario.files, lambda _: None)
        for schema in SCHEMAS:
            if _content(place / schema.file, key, schema) != _content(GOLDEN / schema.file, key, schema):
                found.append(f"{schema.module} lost rows")
        verify_backup(place / "hyperspot.db", key)
        verify_backup(place / "index.db", key)
        if not list_backups(place / "backups", "hyperspot"):
            found.append("there is no backup of the time before")
        return found


class ProfileUpgradeScenario(MigrationScenario):
    """Only what cannot be rebuilt is upgraded while things go wrong."""

    name = "upgrade of hyperspot.db"
    files = ("hyperspot.db",)


class IndexUpgradeScenario(MigrationScenario):
    """Only the index is upgraded while things go wrong."""

    name = "upgrade of index.db"
    files = ("index.db",)


async def upgrade(path: Path, key: DataKey, acknowledge: Acknowledge) -> None:
    """Bring one file to the schema of this version."""
    file = await open_database_file(path, key, create=False)
    file.rebuildable = path.name == "index.db"
    acknowledge({"begun": path.name})  # kills come after it, so that they hit the upgrade
    try:
        for schema in SCHEMAS:
            if schema.file == path.name:
                await migrate(file, schema.module, schema.migrations)
                acknowledge({"module": schema.module})
    finally:
        await file.close()


def _applied(path: Path, key: DataKey, schema: Schema) -> list[str]:
    return [str(name) for (name,) in _rows(path, key, f"SELECT version FROM {history_table(schema.module)} ORDER BY 1")]


def _content(path: Path, key: DataKey, schema: Schema) -> list[tuple[object, ...]]:
    return _rows(path, key, _CONTENT[schema.module])


def _rows(path: Path, key: DataKey, sql: str) -> list[tuple[object, ...]]:
    """Rows of a file that is nobody's now; the golden one is not written to."""
    connection: sqlcipher.Connection = raw_connect(path, key, "ro", immutable=path.is_relative_to(GOLDEN))
    try:
        return [tuple(row) for row in connection.execute(sql).fetchall()]
    finally:
        connection.close()
