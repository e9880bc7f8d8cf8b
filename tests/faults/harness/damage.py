"""Damage to a closed database, as disks do it, and whether it is seen, named and repaired as it is promised."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from modkit.db import open_database_file
from modkit.db.backup import create_backup
from modkit.db.connect import PAGE_BYTES, log_of, raw_connect
from modkit.db.errors import NothingToRepair
from modkit.db.recovery.log_frames import committed_frames
from modkit.db.recovery.pages import checked_pages
from modkit.db.recovery.repair import repair_database
from tests.faults.harness.power import SECTOR_BYTES
from tests.faults.harness.scenario import KEY, Fact, Scenario

BACKUPS = "set aside"
"""Where the backup lies that a repair may use; a scenario's own backups are its own affair."""


async def back_up(path: Path) -> None:
    """Make a backup, as the program does every hour."""
    file = await open_database_file(path, KEY, create=False)
    try:
        await create_backup(file, path.parent / BACKUPS)
    finally:
        await file.close()


def flip_a_bit(path: Path, chance: random.Random) -> tuple[str, int]:
    """Turn one bit of the file over; says which, and gives the page (from 1) in which it is."""
    content = bytearray(path.read_bytes())
    bit = chance.randrange(len(content) * 8)
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)
    return f"bit {bit} was flipped", bit // 8 // PAGE_BYTES + 1


def ruin_a_sector(path: Path, chance: random.Random) -> tuple[str, int]:
    """Put garbage into one sector of the file; says which, and gives its page."""
    content = bytearray(path.read_bytes())
    sector = chance.randrange(len(content) // SECTOR_BYTES)
    content[sector * SECTOR_BYTES : (sector + 1) * SECTOR_BYTES] = chance.randbytes(SECTOR_BYTES)
    path.write_bytes(content)
    return f"sector {sector} was ruined", sector * SECTOR_BYTES // PAGE_BYTES + 1


def problems_of_a_flip(path: Path, page: int, scenario: Scenario, owed: Sequence[Fact]) -> list[str]:
    """A flipped bit is turned back: nothing at all may be lost."""
    return _problems(path, page, scenario, owed, ())


def problems_of_a_ruin(
    path: Path, page: int, scenario: Scenario, backed_up: Sequence[Fact], newer: Sequence[Fact]
) -> list[str]:
    """What is in the backup may not be lost; of what is newer only so much as the report admits."""
    return _problems(path, page, scenario, backed_up, newer)


def _problems(path: Path, page: int, scenario: Scenario, owed: Sequence[Fact], newer: Sequence[Fact]) -> list[str]:
    in_log, _ = committed_frames(log_of(path))
    found: list[str] = []
    # A page whose newer version is in the log is not read any more, and overwritten when the log is folded in.
    if page not in in_log and page not in checked_pages(path, KEY)[1]:
        found.append(f"nobody saw that page {page} is damaged")
    if scenario.rebuildable:
        return found  # it is set aside and made anew
    complete = True
    try:
        report = repair_database(path, KEY, [path.parent / BACKUPS])
        complete = report.complete
        if page not in in_log and page not in (*report.bad_pages, *report.mended_pages):
            found.append(f"the report does not name page {page}")
    except NothingToRepair:
        if page not in in_log:
            found.append(f"page {page} is damaged and was not repaired")
    found += _lost(path, scenario, owed)
    if complete:
        found += [f"{one}, and the report says that nothing is" for one in _lost(path, scenario, newer)]
    return found


def _lost(path: Path, scenario: Scenario, facts: Sequence[Fact]) -> list[str]:
    connection = raw_connect(path, KEY, "rw")
    try:
        return scenario.missing(connection, facts)
    finally:
        connection.close()
