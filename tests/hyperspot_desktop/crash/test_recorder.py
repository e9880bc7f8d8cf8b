"""What is written while a run goes wrong."""

from __future__ import annotations

import faulthandler
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hyperspot_desktop.crash import recorder as recording
from hyperspot_desktop.crash.recorder import KEPT_FILES, SAME_NOTES, CrashRecorder
from modkit.telemetry.hooks import log_uncaught

PROMPT = "Dear Dr Osei, my diagnosis is"


@pytest.fixture(autouse=True)
def pytests_own_faults() -> Iterator[None]:
    """The test run has a faulthandler of its own, which a recorder takes over and then switches off."""
    enabled = faulthandler.is_enabled()
    yield
    if enabled:
        faulthandler.enable(sys.__stderr__ or 2)


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hooks that print nothing, in the place of those of the test run."""
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)


@pytest.fixture
def recorder(home: Path, silent: None) -> Iterator[CrashRecorder]:
    made = CrashRecorder(home)
    made.start()
    yield made
    made.close()


def notes(recorder: CrashRecorder) -> str:
    return recorder.notes_path.read_text() if recorder.notes_path.exists() else ""


def fail_in_a_thread() -> None:
    def fail() -> None:
        raise ValueError(PROMPT)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


def test_an_uncaught_error_of_the_main_thread_is_noted_without_its_words(recorder: CrashRecorder) -> None:
    error = ValueError(PROMPT)
    sys.excepthook(ValueError, error, None)
    assert "Error in the window\nValueError" in notes(recorder)
    assert PROMPT not in notes(recorder)


def test_an_uncaught_error_of_another_thread_is_noted_without_its_words(recorder: CrashRecorder) -> None:
    fail_in_a_thread()
    assert "Error in a thread\nValueError" in notes(recorder)
    assert PROMPT not in notes(recorder)


def test_ctrl_c_is_no_error(recorder: CrashRecorder) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert notes(recorder) == ""


def test_errors_are_noted_as_well_while_the_logging_has_the_hooks(recorder: CrashRecorder) -> None:
    restore = log_uncaught()
    try:
        sys.excepthook(KeyError, KeyError(PROMPT), None)
        fail_in_a_thread()
    finally:
        restore()
    assert "Error in the window\nKeyError" in notes(recorder)
    assert "Error in a thread\nValueError" in notes(recorder)


def test_the_same_error_is_noted_a_few_times_only(recorder: CrashRecorder) -> None:
    error = ValueError(PROMPT)
    for _ in range(SAME_NOTES + 5):
        recorder.note_error("the host", error)
    assert notes(recorder).count("ValueError") == SAME_NOTES


def test_the_notes_of_one_run_have_an_end(recorder: CrashRecorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "LONGEST_NOTES_BYTES", 200)
    for number in range(100):
        recorder.note(f"stall {number}")
    assert 0 < len(notes(recorder)) <= 200


def test_the_files_of_old_runs_go(recorder: CrashRecorder) -> None:
    for number in range(KEPT_FILES + 5):
        (recorder.folder / f"2020010{number:02}.report").write_text("old")
    recorder.note("this run")
    recorder.tidy()
    assert len(list(recorder.folder.glob("*.report"))) == KEPT_FILES
    assert not (recorder.folder / "202001000.report").exists()
    assert recorder.notes_path.exists()


def test_a_good_end_leaves_no_file_and_puts_the_hooks_back(home: Path, silent: None) -> None:
    before = (sys.excepthook, threading.excepthook)
    recorder = CrashRecorder(home)
    recorder.start()
    assert faulthandler.is_enabled()
    recorder.close()
    assert list(recorder.folder.iterdir()) == []
    assert (sys.excepthook, threading.excepthook) == before


def test_a_folder_that_cannot_be_made_costs_the_notes_only(home: Path, silent: None) -> None:
    (home / "logs").write_text("in the way")
    recorder = CrashRecorder(home)
    recorder.start()
    recorder.note_error("the host", ValueError(PROMPT))
    recorder.tidy()
    recorder.close()
    assert (home / "logs").read_text() == "in the way"
