"""Start-up to the first window, cold and warm, and what an idle window costs."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench._profiles import temporary_home, variables
from bench.table import Row
from modkit.errors import HyperSpotError

_WARM_STARTS = 5
_COLD_STARTS = 2
_IDLE_S = 10.0
_SETTLED_S = 3.0
"""After the window is ready: the first tidying-up is not idleness."""
_WARM_MS, _COLD_MS, _RESIDENT_MB, _IDLE_PERCENT = 600.0, 1000.0, 180.0, 0.5


class WindowDied(HyperSpotError):
    action = "Start the window by hand and read what it says: python3 dev.py run"


@dataclass(frozen=True, slots=True)
class Start:
    """Milliseconds since the process was asked for; ``heavy`` are libraries that should not be there that early."""

    first_frame_ms: float
    ready_ms: float
    heavy: tuple[str, ...]


def bench_startup() -> list[Row]:
    """Each start is a process of its own, offscreen, without a model."""
    with variables(starters=False) as environment, temporary_home() as home:
        environment |= {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
        with _window(home, environment):
            pass  # makes the profile, and fills the caches
        cold = [_start(home, environment, cold=True) for _ in range(_COLD_STARTS)]
        warm = [_start(home, environment) for _ in range(_WARM_STARTS)]
        resident_mb, idle_percent = _idle(home, environment)
    heavy = sorted({name for start in warm for name in start.heavy})
    return [
        _first("first window, cold", cold, _COLD_MS, f"best of {_COLD_STARTS}; files dropped from the page cache"),
        _first("first window, warm", warm, _WARM_MS, f"heavy imports before it: {', '.join(heavy) or 'none'}"),
        Row("window ready, warm", statistics.median(start.ready_ms for start in warm), "ms", note="profile open"),
        Row("resident, no model", resident_mb, "MB", f"<= {_RESIDENT_MB:.0f} MB", resident_mb <= _RESIDENT_MB),
        Row(
            "processor while idle",
            idle_percent,
            "%",
            "0 %",
            idle_percent < _IDLE_PERCENT,
            note=f"of one core over {_IDLE_S:.0f} s",
        ),
    ]


def _first(what: str, starts: list[Start], budget_ms: float, note: str) -> Row:
    times = [start.first_frame_ms for start in starts]
    value = statistics.median(times) if len(times) > 2 else min(times)
    return Row(what, value, "ms", f"<= {budget_ms:.0f} ms", value <= budget_ms, note=note)


def _start(home: Path, environment: dict[str, str], *, cold: bool = False) -> Start:
    if cold:
        _forget_files()
    with _window(home, environment) as (_, start):
        return start


def _idle(home: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Resident megabytes and per cent of a core."""
    with _window(home, environment) as (process, _):
        watched = psutil.Process(process.pid)
        time.sleep(_SETTLED_S)
        before = sum(watched.cpu_times()[:2])
        time.sleep(_IDLE_S)
        used = sum(watched.cpu_times()[:2]) - before
        return watched.memory_info().rss / 1e6, used / _IDLE_S * 100


@contextmanager
def _window(home: Path, environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], Start]]:
    command = [sys.executable, "-m", "bench._watched_window", str(time.monotonic()), str(home)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        try:
            yield process, _read_start(process)
        finally:
            process.terminate()
            process.communicate(timeout=30)


def _read_start(process: subprocess.Popen[str]) -> Start:
    assert process.stdout is not None
    first: dict[str, Any] = {}
    for line in process.stdout:
        said = json.loads(line)
        first = said if "first_frame_ms" in said else first
        if said.get("state") == "ready":
            return Start(first["first_frame_ms"], said["at_ms"], tuple(first["heavy"]))
    raise WindowDied("The window ended before its profile was open.")


def _forget_files() -> None:
    """Drop the program's own files from the page cache, as far as nobody else has them mapped."""
    if sys.platform == "linux":
        for folder in {Path(sys.prefix), Path(sys.base_prefix) / "lib", Path(__file__).parents[1] / "src"}:
            for path in folder.rglob("*"):
                if path.suffix in {".py", ".pyc", ".so", ".qml", ".ttf"} or ".so." in path.name:
                    file = os.open(path, os.O_RDONLY)
                    os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
                    os.close(file)
