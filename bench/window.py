"""How smooth the window stays while answers stream, lists scroll and files are read, and how fast it opens a chat."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path

from bench._profiles import temporary_home, variables
from bench.table import Row
from modkit.errors import HyperSpotError

_P99_MS, _MAX_MS, _OPEN_MS = 16.7, 100.0, 300.0
_TIMEOUT_S = 600


class WindowFailed(HyperSpotError):
    action = "Look at the pages first: python3 dev.py shots"


def bench_window() -> list[Row]:
    """Offscreen with the software renderer: a computer with a graphics card draws faster."""
    with temporary_home() as home:
        streamed = _gaps("while rich Markdown streams", _numbers("demo", home))
        real = _gaps("while the starter model answers", _numbers("real", home))
        scrolled = _gaps("while 10,000 files scroll", _numbers("files", home))
        indexed = _gaps("while hostile files are read", _numbers("indexing", home.with_name("reading"), starters=False))
        opened = _numbers("long", home)
    value = statistics.median(opened)
    return [
        *streamed,
        *real,
        *scrolled,
        *indexed,
        Row("open a chat of 5,000 messages (window)", value, "ms", f"<= {_OPEN_MS:.0f} ms", value <= _OPEN_MS),
    ]


def _gaps(when: str, gaps: list[float]) -> list[Row]:
    p99, most = statistics.quantiles(gaps, n=100)[98], max(gaps)
    seconds = sum(gaps) / 1000
    return [
        Row(f"UI gap p50 {when}", statistics.median(gaps), "ms", note=f"over {seconds:.1f} s"),
        Row(f"UI gap p99 {when}", p99, "ms", f"<= {_P99_MS} ms", p99 <= _P99_MS),
        Row(f"UI gap max {when}", most, "ms", f"<= {_MAX_MS:.0f} ms", most <= _MAX_MS),
    ]


def _numbers(what: str, home: Path, *, starters: bool = True) -> list[float]:
    """What a window in a process of its own measured, in milliseconds."""
    with variables(starters=starters) as environment:
        environment |= {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
        ran = subprocess.run(
            [sys.executable, "-m", "bench._streaming_window", what, str(home)],
            capture_output=True,
            text=True,
            env=environment,
            timeout=_TIMEOUT_S,
            check=False,
        )
    if ran.returncode != 0:
        raise WindowFailed(f"The window could not be measured ({what}): {ran.stderr.strip()[-300:]}")
    numbers: list[float] = json.loads(ran.stdout.splitlines()[-1])
    return numbers
