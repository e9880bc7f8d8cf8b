"""Backups made while notes are written, and put back."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db import Database
from modkit.db.backup import create_backup, list_backups
from modkit.db.connect import raw_connect
from modkit.db.restore import restore_backup
from modkit.db.verify import verify_backup
from modkit.security import SecurityContext
from tests.faults.harness.scenario import KEY, Acknowledge, Fact, Scenario
from tests.support.notes_db import Note, notes_database

_NAME = "hyperspot.db"


async def _write(database: Database, titles: Sequence[str]) -> None:
    async with database.write(SecurityContext.local_user()) as session:
        await session.insert_many([Note(title=title, body=title * 40) for title in titles])


def _titles(connection: sqlcipher.Connection) -> set[str]:
    return {str(title) for (title,) in connection.execute("SELECT title FROM test_notes")}


async def _titles_at(path: Path) -> set[str]:
    """What a start finds."""
    async with notes_database(path, KEY, create=False) as database, database.read(SecurityContext.local_user()) as read:
        return {note.title for note in await read.all(read.select(Note))}


class BackupScenario(Scenario):
    """A backup that was reported is there, complete; what has a backup's name is one; the notes stay."""

    name = "backup"
    database = _NAME

    async def prepare(self, place: Path) -> None:
        async with notes_database(place / _NAME, KEY) as database:
            await _write(database, [f"old {number}" for number in range(100)])
            # From now on every backup makes another one go.
            for _ in range(2):
                await create_backup(database.file, keep=2)

    async def act(self, place: Path, chance: random.Random, acknowledge: Acknowledge, steps: int) -> None:
        async with notes_database(place / _NAME, KEY) as database:
            for _ in range(steps):
                title = f"note {chance.randrange(10**12)}"
                await _write(database, [title])
                acknowledge({"title": title})
                backup = await create_backup(database.file, keep=2)
                acknowledge({"backup": backup.path.name, "with": title})

    async def check(self, place: Path, facts: Sequence[Fact]) -> list[str]:
        found = _lost(await _titles_at(place / _NAME), facts)
        backups = list_backups(place / "backups", "hyperspot")
        for backup in backups:
            verify_backup(backup.path, KEY)
        reported = [fact for fact in facts if "backup" in fact]
        if reported and not backups:
            return [*found, "no backup is left"]
        if reported and backups[0].path.name < reported[-1]["backup"]:
            found.append(f"{reported[-1]['backup']} is gone")
        return found

    def missing(self, connection: sqlcipher.Connection, facts: Sequence[Fact]) -> list[str]:
        return _lost(_titles(connection), facts)


class RestoreScenario(Scenario):
    """A backup takes the place of the database: afterwards it is the one or the other, and the old one is kept."""

    name = "restore"

    async def prepare(self, place: Path) -> None:
        async with notes_database(place / _NAME, KEY) as database:
            await _write(database, [f"backed up {number}" for number in range(50)])
            backup = await create_backup(database.file)
            backup.path.rename(place / "backup.db")
            await _write(database, [f"newer {number}" for number in range(50)])

    async def act(self, place: Path, chance: random.Random, acknowledge: Acknowledge, steps: int) -> None:
        async with notes_database(place / _NAME, KEY, create=False) as database:
            await _write(database, [title := f"last {chance.randrange(10**12)}"])
            acknowledge({"title": title})
        kept = await asyncio.to_thread(restore_backup, place / "backup.db", place / _NAME, KEY)
        acknowledge({"restored": kept.name if kept else ""})

    async def check(self, place: Path, facts: Sequence[Fact]) -> list[str]:
        titles = await _titles_at(place / _NAME)
        if len([title for title in titles if title.startswith("backed up")]) != 50:
            return ["the database is neither the old one nor the restored one"]
        everywhere = set(titles)
        for kept in place.glob(f"{_NAME}.replaced-*"):
            if not kept.name.endswith(("-wal", "-shm")):
                everywhere |= await asyncio.to_thread(_read, kept)
        found = _lost(everywhere, facts)
        if len([title for title in everywhere if title.startswith("newer")]) != 50:
            found.append("the replaced file is not kept")
        return found


def _read(path: Path) -> set[str]:
    connection = raw_connect(path, KEY, "rw")
    try:
        return _titles(connection)
    finally:
        connection.close()


def _lost(titles: set[str], facts: Sequence[Fact]) -> list[str]:
    return [f"{fact['title']} is lost" for fact in facts if "title" in fact and fact["title"] not in titles]
