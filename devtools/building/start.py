"""How the frozen program starts: its own test, and how long its window takes beside a bare one frozen the same way."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from devtools.building.places import NAME, Places
from devtools.console import Console
from devtools.errors import CommandFailed, SetupError
from devtools.process import environment, run_logged, run_quiet

SELF_TEST_LIMIT_S = 30.0
WINDOW_RATIO_LIMIT = 2.0
"""A ratio, because computers and their neighbours differ; both windows are started in turn."""
_STARTS = 7
_PATIENCE_S = 120.0
_OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


def test_start(places: Places, console: Console, program: Path) -> None:
    """
    Raises:
        SetupError: a check of the self-test failed, or one of both takes too long.
    """
    _hold_self_test(console, program)
    bare = _freeze_bare_window(places, console)
    ours_s, bare_s = [], []
    with tempfile.TemporaryDirectory() as home, console.step("Starting windows") as step:
        for number in range(_STARTS):
            step.update(f"{number + 1} of {_STARTS}")
            bare_s.append(_cold_start([bare / bare.name]))
            ours_s.append(_cold_start([program / NAME, "--home", home, "--time-start"]))
    ratio = statistics.median(ours_s) / statistics.median(bare_s)
    console.say(
        f"First window, cold: {_summary(ours_s)}; a bare one: {_summary(bare_s)}; "
        f"ratio {ratio:.2f} (budget {WINDOW_RATIO_LIMIT:.1f})."
    )
    if ratio > WINDOW_RATIO_LIMIT:
        raise SetupError(
            f"The first window takes {ratio:.2f} times as long as a bare one.",
            "Find what the first frame imports: --time-start, and python -X importtime in a checkout.",
        )


def _summary(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds):.2f} s (best {min(seconds):.2f})"


def _hold_self_test(console: Console, program: Path) -> None:
    with console.step("Its own test"):
        try:
            said = run_quiet([program / NAME, "--self-test", "--json"], env=environment(_OFFSCREEN))
        except CommandFailed as error:
            failed = [line for line in error.output if '"detail"' in line or "✗" in line]
            raise SetupError(f"The self-test failed: {' / '.join(failed[-8:])}", "Freeze it again.") from error
    # Qt may mutter before and after.
    seconds = float(json.loads(said[said.index("{") : said.rindex("}") + 1])["seconds"])
    console.say(f"The self-test took {seconds:.1f} s (budget {SELF_TEST_LIMIT_S:.0f} s).")
    if seconds > SELF_TEST_LIMIT_S:
        raise SetupError(f"The self-test took {seconds:.1f} s.", "See which check is slow: --self-test --json")


def _freeze_bare_window(places: Places, console: Console) -> Path:
    work = places.root / "bare"
    name = "bare-window"
    command: list[str | Path] = [places.layout.python, "-m", "PyInstaller", "--noconfirm", "--clean", "--onedir"]
    command += ["--name", name, "--specpath", work, "--workpath", work / "work", "--distpath", work / "made"]
    command += [places.layout.root / "packaging" / "pyinstaller" / "bare_window.py"]
    with console.step("Freezing a bare window to compare with") as step:
        log = places.layout.logs / "bare-window.log"
        try:
            run_logged(command, step=step, log=log, env=environment(), cwd=places.layout.root)
        except CommandFailed as error:
            raise SetupError("The bare window could not be frozen.", f"All that was said is in {log}.") from error
    return work / "made" / name


def _cold_start(command: Sequence[str | Path]) -> float:
    """Seconds from the start of a program, whose files are not in memory, to the first line that it prints."""
    _forget(Path(command[0]).parent)
    began = time.monotonic()
    with subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment(_OFFSCREEN)
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        took = time.monotonic() - began
        process.wait(_PATIENCE_S)
    if not line:
        raise SetupError(f"{Path(command[0]).name} showed no window.", "Start it by hand and read what it says.")
    return took


def _forget(folder: Path) -> None:
    """Drop the program's files from memory, where the system lets us."""
    if sys.platform != "linux":
        return
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            file = os.open(path, os.O_RDONLY)
            try:
                os.fdatasync(file)  # what was not written yet stays in memory
                os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(file)
