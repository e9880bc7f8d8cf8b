"""The harness sees what it is made to see: promises that are not kept, half files, and errors without a sentence."""

from __future__ import annotations

import sys

import pytest

if sys.platform == "win32":
    pytest.skip("the programs to be broken are forks", allow_module_level=True)

from tests.faults import forgetful_scenarios
from tests.faults.harness import calls
from tests.faults.harness.report import Report
from tests.faults.plugin import Break

with_calls = pytest.mark.skipif(bool(calls.why_not()), reason=calls.why_not())
pytestmark = pytest.mark.timeout(900)
HASTY = f"{forgetful_scenarios.__name__}:HastyScenario"
CARELESS = f"{forgetful_scenarios.__name__}:CarelessScenario"


def test_a_promise_before_the_commit_does_not_outlive_a_power_cut(break_on_purpose: Break) -> None:
    report = break_on_purpose(HASTY, cuts=40)
    assert any("and was" in problem for problem in report.problems)
    assert "settings/power/" in report.problems[0]
    assert f"seed {report.seed}" in report.problems[0]


@with_calls
def test_a_promise_before_the_commit_does_not_outlive_a_kill(break_on_purpose: Break) -> None:
    report = break_on_purpose(HASTY, call_kills=15)
    assert any("settings/call/" in problem for problem in report.problems)


@with_calls
def test_a_half_file_and_an_error_without_a_sentence_are_findings(break_on_purpose: Break) -> None:
    report = break_on_purpose(CARELESS, call_kills=4, calls=6)
    assert any("half a file" in problem for problem in report.problems)
    assert any("OSError" in problem for problem in report.problems)


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
