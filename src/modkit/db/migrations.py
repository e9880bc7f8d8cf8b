"""Brings a module's tables up to date, one named migration after the other, each in its own transaction."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import xxhash
from loguru import logger
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from modkit.db.backup import backup_before_migration
from modkit.db.engine import DatabaseFile
from modkit.db.errors import DuplicateMigration, MigrationFailed, NoSpace
from modkit.db.guard import inside_transaction
from modkit.db.translate import translate_error
from modkit.db.types import utc_now

_IDENTIFIER_BYTES = 63
_PREFIX = "modkit_migrations__"


class MigrationConnection:
    """What a migration function may do: run SQL, unscoped, inside the migration's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def execute(self, sql: str, params: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """Run one statement with ``:name`` parameters; gives its rows, empty for statements without."""
        result = await self._connection.execute(text(sql), params)
        return result.all() if result.returns_rows else []


MigrationFn = Callable[[MigrationConnection], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Migration:
    """A named step, ``0001_initial``; names order the steps. ``statements``: one SQL statement each, or a function."""

    name: str
    statements: Sequence[str] | MigrationFn

    async def run(self, connection: AsyncConnection) -> None:
        if callable(self.statements):
            await self.statements(MigrationConnection(connection))
            return
        for statement in self.statements:
            await connection.exec_driver_sql(statement)


@dataclass(frozen=True, slots=True)
class MigrationReport:
    """How many migrations ran now, and how many had run before."""

    applied: int
    skipped: int


def history_table(module: str) -> str:
    """The table that remembers a module's applied migrations; at most 63 bytes, different for every module."""
    digest = xxhash.xxh3_64_hexdigest(module.encode())[:8]
    name = re.sub(r"[^A-Za-z0-9_]", "_", module)
    room = _IDENTIFIER_BYTES - len(_PREFIX) - len("__") - len(digest)
    return f"{_PREFIX}{name[:room]}__{digest}"


async def migrate(file: DatabaseFile, module: str, migrations: Sequence[Migration]) -> MigrationReport:
    """Apply what is missing, in order of names. Before the first change to a file with content it is backed up.

    A file that already knows migrations this program does not was made by a newer one: nothing is applied and
    the file becomes read-only.

    Raises:
        DuplicateMigration: a name occurs twice; nothing is applied.
        BackupFailed: no verified backup could be made; nothing is applied.
        MigrationFailed, NoSpace: the failing step is undone, the steps before it stay.
    """
    ordered = sorted(migrations, key=lambda migration: migration.name)
    for one, following in pairwise(ordered):
        if one.name == following.name:
            raise DuplicateMigration(module, one.name)
    applied = await _applied(file, module)
    if unknown := applied - {migration.name for migration in ordered}:
        logger.warning("{} knows migrations of {} that this version does not: {}", file.path.name, module, unknown)
        file.mark_newer(f"{file.path.name} was made by a newer version of HyperSpot.")
    pending = [migration for migration in ordered if migration.name not in applied]
    if not pending or file.read_only_reason is not None:
        return MigrationReport(0, len(ordered) - len(pending))
    await backup_before_migration(file)
    for migration in pending:
        await _apply(file, module, migration)
        logger.info("{}: migration {} applied", module, migration.name)
    return MigrationReport(len(pending), len(ordered) - len(pending))


async def _applied(file: DatabaseFile, module: str) -> set[str]:
    table = history_table(module)
    async with file.reading() as connection:
        known = await connection.exec_driver_sql(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
        )
        if known.scalar_one() == 0:
            return set()
        return set((await connection.exec_driver_sql(f"SELECT version FROM {table}")).scalars())


async def _apply(file: DatabaseFile, module: str, migration: Migration) -> None:
    table = history_table(module)
    try:
        with inside_transaction():
            async with file.writing() as connection:
                await connection.exec_driver_sql(
                    f"CREATE TABLE IF NOT EXISTS {table}"
                    " (version VARCHAR NOT NULL PRIMARY KEY, applied_at VARCHAR(32) NOT NULL)"
                )
                await migration.run(connection)
                await connection.exec_driver_sql(
                    f"INSERT INTO {table} (version, applied_at) VALUES (?, ?)", (migration.name, utc_now().isoformat())
                )
                await connection.commit()
    except Exception as err:
        translated = translate_error(err, file.path)
        if isinstance(translated, NoSpace):
            raise translated from err
        raise MigrationFailed(module, migration.name, str(translated or err)) from err
