"""Two set-ups of one checkout: the second waits for the first, and a dead one never blocks."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from devtools.console import Console
from devtools.layout import Layout
from devtools.setup import one_at_a_time

HOLD = """
import sys
from pathlib import Path
from devtools.console import Console
from devtools.setup import one_at_a_time
with one_at_a_time(Path(sys.argv[1]), Console()):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(path: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock until its input ends."""
    command = [sys.executable, "-c", HOLD, str(path)]
    process = subprocess.Popen(
        command, cwd=Layout.here().root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_set_up_says_that_it_waits_and_then_goes_on(tmp_path: Path) -> None:
    with holder(tmp_path / "setup.lock") as other:
        screen = ReleasingScreen(other)
        with one_at_a_time(tmp_path / "setup.lock", Console(screen)):
            assert "Waiting for another set-up" in screen.getvalue()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_set_up_blocks_nobody(tmp_path: Path, console: Console, screen: io.StringIO) -> None:
    with holder(tmp_path / "setup.lock") as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        with one_at_a_time(tmp_path / "setup.lock", console):
            assert screen.getvalue() == ""


class ReleasingScreen(io.StringIO):
    """Ends the other process as soon as something is said: only then can the wait be over."""

    def __init__(self, other: subprocess.Popen[str]) -> None:
        super().__init__()
        self._other = other

    def write(self, text: str) -> int:
        written = super().write(text)
        self._other.communicate()
        return written
