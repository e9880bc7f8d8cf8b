"""Commands of set-up: kept output, and nothing left running after an interruption."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from devtools.console import Step
from devtools.errors import CommandFailed
from devtools.layout import Layout
from devtools.process import environment, run_foreground, run_logged


def test_output_goes_to_the_log_and_progress_to_the_step(tmp_path: Path) -> None:
    step = Step("Counting")
    code = "print('[1/2] a'); print('noise'); print('[2/2] b')"
    run_logged(
        [sys.executable, "-c", code],
        step=step,
        log=tmp_path / "logs" / "count.log",
        interpret=lambda line: line if line.startswith("[") else None,
    )
    assert step.detail == "[2/2] b"
    assert (tmp_path / "logs" / "count.log").read_text().split() == ["[1/2]", "a", "noise", "[2/2]", "b"]


def test_a_failure_carries_the_last_lines(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed) as caught:
        run_logged([sys.executable, "-c", "print('why'); raise SystemExit(3)"], step=Step("x"), log=tmp_path / "log")
    assert (caught.value.status, caught.value.output) == (3, ["why"])


def test_another_environment_does_not_leak_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", "elsewhere")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    assert not {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"} & environment().keys()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to die of")
def test_a_command_ended_by_a_signal_has_the_shells_status() -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    assert run_foreground([sys.executable, "-c", code], env=environment()) == 128 + signal.SIGTERM


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX")
def test_an_interruption_stops_what_the_command_started(tmp_path: Path) -> None:
    # given: set-up runs a command that started a program of its own
    told = tmp_path / "grandchild"
    child = (
        "import subprocess; from pathlib import Path; p = subprocess.Popen(['sleep', '60']);"
        f"Path({str(told)!r}).write_text(str(p.pid)); p.wait()"
    )
    parent = (
        "from pathlib import Path; from devtools.process import run_logged; from devtools.console import Step\n"
        f"run_logged([{sys.executable!r}, '-c', {child!r}], step=Step('x'), log=Path({str(tmp_path / 'log')!r}))"
    )
    running = subprocess.Popen([sys.executable, "-c", parent], cwd=Layout.here().root, stderr=subprocess.DEVNULL)
    wait_for(lambda: told.is_file() and told.read_text() != "")
    # when
    running.send_signal(signal.SIGINT)
    running.wait(timeout=30)
    # then
    grandchild = int(told.read_text())
    wait_for(lambda: not is_alive(grandchild))


def wait_for(fact: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not fact():
        assert time.monotonic() < deadline, "the fact never came true"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be collected does not."""
    try:
        os.kill(pid, 0)
        state = (
            Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] if Path("/proc/self").exists() else "R"
        )
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"
