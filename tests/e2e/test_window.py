"""The real window on a real home: commands reach it, a second start only brings it forward, and it ends in order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hyperspot_desktop.instance import control_address
from modkit.home_lock import HomeHeld, HomeLock
from tests.support.program import PATIENCE_S, Program
from tests.support.starter import environment

pytestmark = [
    pytest.mark.engine,
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform == "win32", reason="it is ended with SIGTERM"),
]

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


def window(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "hyperspot_desktop", "--home", str(home)],
        env=environment() | OFFSCREEN | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
        text=True,
    )


def holder(home: Path) -> object:
    """Which role holds the home now, or None."""
    try:
        with HomeLock(home, "command"):
            return None
    except HomeHeld as held:
        return held.holder.get("role")


def wait_for_window(home: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while holder(home) != "window" or not Path(control_address(home)).exists():
        assert time.monotonic() < deadline, "the window never took the home"
        time.sleep(0.05)


@pytest.fixture
def shown(fresh: Program) -> Iterator[subprocess.Popen[str]]:
    """A window that is open on the fresh home."""
    process = window(fresh.home)
    try:
        wait_for_window(fresh.home)
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=PATIENCE_S)


def test_a_command_is_answered_inside_the_window_which_then_closes_in_order(
    fresh: Program, shown: subprocess.Popen[str]
) -> None:
    answered = fresh.run("chat", "--json", "Say hi.")
    assert answered.answered, answered.err
    assert shown.poll() is None
    again = window(fresh.home)
    _, said = again.communicate(timeout=PATIENCE_S)
    assert again.returncode == 0
    assert "brought to the front" in said

    shown.send_signal(signal.SIGTERM)
    _, complaints = shown.communicate(timeout=PATIENCE_S)
    assert shown.returncode == 0, complaints
    assert holder(fresh.home) is None
    assert json.loads((fresh.home / "window.json").read_text())["page"] == "chat"
    assert fresh.run("conversations", "show", "last", "--json").json["messages"][0]["content"] == "Say hi."
