"""A short run of everything that breaks the program on purpose; ``dev.py faults --minutes N`` is the long one."""

from __future__ import annotations

import sys

import pytest

if sys.platform == "win32":
    pytest.skip("the programs to be broken are forks", allow_module_level=True)

from tests.faults.harness import calls
from tests.faults.harness.report import Report
from tests.faults.plugin import Break
from tests.faults.scenarios import SCENARIOS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def report(break_on_purpose: Break) -> Report:
    """What happened to all of them."""
    some = {"kills": 2, "cuts": 20, "flips": 1, "ruins": 1, "freezes": 1, "clocks": 1, "networks": 3, "memories": 1}
    return break_on_purpose(**some, calls=5, call_kills=2)


@pytest.mark.parametrize("name", SCENARIOS)
def test_nothing_that_was_acknowledged_is_lost_and_every_file_opens(report: Report, name: str) -> None:
    tallies = report.tallies[name]
    assert [problem for tally in tallies.values() for problem in tally.problems] == []
    assert sum(tally.owed for tally in tallies.values()) > 0


@pytest.mark.parametrize("name", [name for name, one in SCENARIOS.items() if one.database is not None])
def test_databases_come_back_from_power_cuts_and_damage_is_repaired(report: Report, name: str) -> None:
    tallies = report.tallies[name]
    assert tallies["power"].trials == 20
    assert tallies["power"].owed > 0
    assert tallies["flip"].trials == tallies["ruin"].trials == 1


@pytest.mark.parametrize("name", [name for name, one in SCENARIOS.items() if one.network])
def test_a_network_that_loses_things_was_between(report: Report, name: str) -> None:
    assert report.tallies[name]["network"].trials == 3


@pytest.mark.skipif(bool(calls.why_not()), reason=calls.why_not())
@pytest.mark.parametrize("name", SCENARIOS)
def test_calls_of_the_system_failed_and_were_the_last(report: Report, name: str) -> None:
    assert report.tallies[name]["call"].trials >= 3
    assert report.tallies[name]["aimed"].trials == 2


@pytest.mark.skipif(bool(calls.why_not()), reason=calls.why_not())
def test_calls_that_failed_were_told(report: Report) -> None:
    assert sum(tallies["call"].said for tallies in report.tallies.values()) > 0
