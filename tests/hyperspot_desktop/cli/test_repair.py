"""A damaged profile is named by ``doctor`` and repaired by it, or by ``backup repair``."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from hyperspot_desktop.cli.parser import parse
from hyperspot_desktop.cli.session import UsageError
from hyperspot_desktop.instance import HomeHeld, HomeLock
from modkit.db.errors import NotRepaired
from modkit.db.recovery.record_of_checks import CheckResult, remember_check
from modkit.keys import KeyStore
from modkit.security import SecurityContext
from tests.modkit.db.recovery.damage import flip, ruin
from tests.support.notes_db import Note, notes_database


class Collected:
    """A terminal that keeps what is printed."""

    def __init__(self) -> None:
        self.interrupted = asyncio.Event()
        self.text = ""

    def out(self, text: str) -> None:
        self.text += text

    err = out

    async def flush(self) -> None:
        pass


async def run(home: Path, *words: str) -> tuple[int, str]:
    args = parse(["--home", str(home), *words])
    shown = Collected()
    code: int = await args.run_alone(args, shown)
    return code, shown.text


@pytest.fixture
async def database(home: Path, monkeypatch: pytest.MonkeyPatch, ctx: SecurityContext) -> Path:
    """A home whose database has notes on it."""
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    key = await KeyStore(home).open_or_create()
    async with notes_database(home / "hyperspot.db", key) as db, db.write(ctx) as session:
        await session.insert_many([Note(title=str(number), body="x" * 500) for number in range(60)])
    return home / "hyperspot.db"


async def test_repair_asks_to_be_meant(home: Path, database: Path) -> None:
    with pytest.raises(UsageError, match="kept beside") as caught:
        await run(home, "backup", "repair")
    assert "--yes" in caught.value.action


async def test_a_sound_database_is_said_to_be_sound(home: Path, database: Path) -> None:
    code, text = await run(home, "backup", "repair", "--yes")
    assert code == 0
    assert "hyperspot.db is sound" in text


async def test_a_damaged_one_is_repaired_and_the_report_printed(home: Path, database: Path) -> None:
    flip(database, 4096 * 8 * 4 + 9)
    code, text = await run(home, "backup", "repair", "--yes", "--json")
    assert code == 0
    [report] = json.loads(text)
    assert report["mended_pages"] == [5]
    assert Path(report["kept"]).is_file()


async def test_rows_that_are_lost_are_counted(home: Path, database: Path) -> None:
    ruin(database, *range(16, database.stat().st_size // 4096))
    _, text = await run(home, "backup", "repair", "--yes")
    assert "the damaged file alone" in text
    assert "test_notes" in text
    assert "The damaged file is kept" in text


async def test_what_cannot_be_repaired_is_left_where_it_is(home: Path, database: Path) -> None:
    database.write_bytes(b"garbage" * 4096)
    with pytest.raises(NotRepaired, match="no usable backup"):
        await run(home, "backup", "repair", "--yes")
    assert database.read_bytes() == b"garbage" * 4096


async def test_nothing_is_repaired_while_another_program_has_the_home(home: Path, database: Path) -> None:
    with HomeLock(home, "window"), pytest.raises(HomeHeld):
        await run(home, "backup", "repair", "--yes")


async def test_doctor_names_the_damaged_pages(home: Path, database: Path) -> None:
    flip(database, 4096 * 8 * 4 + 9)
    code, text = await run(home, "doctor", "--set", "database.auto_repair=false")
    assert code == 1
    assert "1 of" in text
    assert "(5)" in text
    assert "hyperspot doctor --repair" in text
    assert "not opened, because its database is damaged" in text
    assert "migration" not in text


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (CheckResult("2026-02-03T03:00:00+00:00", 12), "12 pages checked 2026-02-03"),
        (CheckResult("2026-02-03T03:00:00+00:00", 12, (7,)), "is damaged: pages 7"),
        (CheckResult("2026-02-03T03:00:00+00:00", 12, (), "rows are missing"), "is damaged: rows are missing"),
    ],
)
async def test_doctor_says_what_the_last_check_found_while_the_window_is_open(
    home: Path, database: Path, found: CheckResult, said: str
) -> None:
    remember_check(database, found)
    with HomeLock(home, "window"):
        _, text = await run(home, "doctor")
    assert said in text
