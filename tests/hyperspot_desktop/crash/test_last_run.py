"""How the last run ended is told from what it left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hyperspot_desktop.crash.last_run import MARKER, RunMarker
from hyperspot_desktop.crash.recorder import CrashRecorder

PROMPT = "Dear Dr Osei, my diagnosis is"
FAULT = (
    "Fatal Python error: Aborted\n\nCurrent thread 0x0000000000000001 (most recent call first):\n"
    '  File "/x/y.py", line 3 in f\n'
)


class Run:
    """One run of the window, in this process; ``number`` keeps runs of the same second apart."""

    def __init__(self, home: Path, number: int) -> None:
        (home / "run").mkdir(exist_ok=True)
        self.recorder = CrashRecorder(home)
        self.recorder.run_id = f"run-{number}"
        self.recorder.folder.mkdir(parents=True, exist_ok=True)
        self.recorder.fault_path.touch()
        self.marker = RunMarker(home, self.recorder)


def test_a_first_run_and_one_after_a_good_end_have_nothing_to_tell(home: Path) -> None:
    first = Run(home, 1)
    assert first.marker.begin() is None
    first.marker.end()
    assert not (home / MARKER).exists()
    assert Run(home, 2).marker.begin() is None


def test_a_run_that_was_ended_from_outside_was_stopped(home: Path) -> None:
    Run(home, 1).marker.begin()
    bad_end = Run(home, 2).marker.begin()
    assert bad_end is not None
    assert bad_end.kind == "stopped"
    assert "end: ended from outside, or the computer stopped" in bad_end.report


def test_a_native_crash_is_told_with_its_stack(home: Path) -> None:
    first = Run(home, 1)
    first.marker.begin()
    first.recorder.fault_path.write_text(FAULT)
    bad_end = Run(home, 2).marker.begin()
    assert bad_end is not None
    assert bad_end.kind == "crashed"
    assert "Fatal Python error: Aborted" in bad_end.report
    assert "another file:3 in f" in bad_end.report


def test_an_error_that_ended_the_program_is_a_crash(home: Path) -> None:
    first = Run(home, 1)
    first.marker.begin()
    first.recorder.note_error("the start", ValueError(PROMPT), fatal=True)
    bad_end = Run(home, 2).marker.begin()
    assert bad_end is not None
    assert bad_end.kind == "crashed"
    assert "ValueError" in bad_end.report


def test_what_was_noted_is_in_the_report_and_no_words_are(home: Path) -> None:
    first = Run(home, 1)
    first.marker.begin()
    first.recorder.note_error("the host", ValueError(PROMPT))
    first.recorder.note(f"a note that names {home}")
    bad_end = Run(home, 2).marker.begin()
    assert bad_end is not None
    assert bad_end.kind == "stopped"
    assert "ValueError" in bad_end.report
    assert "a note that names <profile>" in bad_end.report
    assert PROMPT not in bad_end.report


def test_a_crash_before_the_profile_was_open_is_told_too(home: Path) -> None:
    Run(home, 1).recorder.fault_path.write_text(FAULT)
    bad_end = Run(home, 2).marker.begin()
    assert bad_end is not None
    assert bad_end.kind == "crashed"


def test_a_bad_end_is_told_once(home: Path) -> None:
    first = Run(home, 1)
    first.marker.begin()
    first.recorder.fault_path.write_text(FAULT)
    second = Run(home, 2)
    second.marker.begin()
    second.marker.end()
    assert Run(home, 3).marker.begin() is None


def test_the_report_is_kept_beside_the_logs(home: Path) -> None:
    Run(home, 1).marker.begin()
    second = Run(home, 2)
    bad_end = second.marker.begin()
    assert bad_end is not None
    assert (second.recorder.folder / "run-2-last.report").read_text() == bad_end.report


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"run": 7}', '{"run": "../../secret", "version": null}'])
def test_a_damaged_marker_still_says_that_a_run_did_not_end(home: Path, text: str) -> None:
    (home / "run").mkdir()
    (home / MARKER).write_text(text)
    (home / "secret.notes").write_text(PROMPT)
    bad_end = Run(home, 1).marker.begin()
    assert bad_end is not None
    assert bad_end.kind == "stopped"
    assert PROMPT not in bad_end.report


def test_the_marker_says_which_program_runs(home: Path) -> None:
    Run(home, 1).marker.begin()
    assert set(json.loads((home / MARKER).read_text())) == {"run", "pid", "started", "version", "system", "python"}


def test_a_home_that_takes_no_marker_is_no_error(home: Path) -> None:
    recorder = CrashRecorder(home / "missing")
    assert RunMarker(home / "missing", recorder).begin() is None
