"""The harness sees what it is made to see: promises that are not kept, half files, and errors without a sentence."""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("the programs to be broken are forks", allow_module_level=True)

from modkit.db.connect import PAGE_BYTES
from modkit.security import SecurityContext
from tests.faults import forgetful_scenarios
from tests.faults.harness import calls, damage
from tests.faults.harness.report import Report
from tests.faults.harness.scenario import KEY, Fact
from tests.faults.plugin import Break
from tests.faults.scenarios.backup import BackupScenario
from tests.support.notes_db import Note, notes_database

with_calls = pytest.mark.skipif(bool(calls.why_not()), reason=calls.why_not())
pytestmark = pytest.mark.timeout(900)
HASTY = f"{forgetful_scenarios.__name__}:HastyScenario"
CARELESS = f"{forgetful_scenarios.__name__}:CarelessScenario"


@pytest.fixture(scope="module")
def report(break_on_purpose: Break) -> Report:
    """What was found in programs that break their promises."""
    return break_on_purpose(HASTY, CARELESS, cuts=40, calls=6, call_kills=12)


def test_a_promise_before_the_commit_does_not_outlive_a_power_cut(report: Report) -> None:
    problems = report.tallies["settings"]["power"].problems
    assert any("and was" in problem for problem in problems)
    assert problems[0].startswith("settings/power/")
    assert f"seed {report.seed}" in problems[0]


@with_calls
def test_a_promise_before_the_commit_does_not_outlive_a_kill(report: Report) -> None:
    assert any("and was" in problem for problem in report.tallies["settings"]["aimed"].problems)


@with_calls
def test_a_half_file_and_an_error_without_a_sentence_are_findings(report: Report) -> None:
    found = report.tallies["careless"]
    assert any("half a file" in problem for problem in found["aimed"].problems)
    assert any("OSError" in problem for problem in found["call"].problems)


@pytest.fixture
def db_path(tmp_path: Path) -> Path:
    return tmp_path / "hyperspot.db"


@pytest.fixture
def notes(db_path: Path) -> Path:
    """A database with 200 notes, which is closed."""
    asyncio.run(_write_notes(db_path))
    return db_path


async def _write_notes(path: Path) -> None:
    async with notes_database(path, KEY) as database, database.write(SecurityContext.local_user()) as session:
        await session.insert_many([Note(title=f"note {number}", body="x" * 400) for number in range(200)])


def owed(*titles: str) -> list[Fact]:
    return [{"title": title} for title in titles]


def test_a_repaired_database_with_everything_in_it_has_no_problem(notes: Path) -> None:
    what, page = damage.flip_a_bit(notes, random.Random(1))
    assert "was flipped" in what
    assert damage.problems_of_a_flip(notes, page, BackupScenario(), owed("note 0", "note 199")) == []


def test_damage_that_is_not_repaired_is_a_finding(notes: Path) -> None:
    found = damage.problems_of_a_flip(notes, 3, BackupScenario(), owed("note 0"))
    assert found == ["nobody saw that page 3 is damaged", "page 3 is damaged and was not repaired"]


def test_a_loss_that_a_repair_does_not_admit_is_a_finding(notes: Path) -> None:
    _, page = damage.flip_a_bit(notes, random.Random(2))
    found = damage.problems_of_a_ruin(notes, page, BackupScenario(), owed("old"), owed("newer"))
    assert found == ["old is lost", "newer is lost, and the report says that nothing is"]


async def test_a_ruined_sector_costs_nothing_that_was_backed_up(db_path: Path) -> None:
    await _write_notes(db_path)
    await damage.back_up(db_path)
    pages = db_path.stat().st_size // PAGE_BYTES
    _, page = damage.ruin_a_sector(db_path, random.Random(3))
    assert 1 <= page <= pages
    facts = owed(*(f"note {number}" for number in range(200)))
    assert await asyncio.to_thread(damage.problems_of_a_ruin, db_path, page, BackupScenario(), facts, ()) == []


def test_reports_of_programs_that_worked_at_once_become_one() -> None:
    whole, other = Report(1, calls_complete={"chat": True}), Report(1, calls_complete={"chat": False}, seconds=9.0)
    whole.tally("chat", "kill").trials = 2
    other.tally("chat", "kill").trials = 3
    other.tally("chat", "kill").problems.append("a message is lost")
    other.left_out.append("no compiler")

    whole.add(Report.from_json(other.to_json()))

    table = whole.table()
    assert whole.trials("kill") == 5
    assert "WRONG a message is lost" in table
    assert "every n-th call of chat: not all tried" in table
    assert "left out: no compiler" in table
    assert "seed 1, 9 s, 1 wrong" in table
