"""Progress that a person can watch: one live line on a terminal, a line now and then in a log."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import TextIO

LOG_INTERVAL_S = 20.0


def duration(seconds: float) -> str:
    """Seconds as people say them: ``0.4 s``, ``12 s``, ``5 min 03 s``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


class Step:
    """One piece of work on show; ``update`` may be called from any thread as often as one likes."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.detail = ""
        self.started = time.monotonic()

    def update(self, detail: str) -> None:
        self.detail = detail

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self.started

    def line(self) -> str:
        return f"{self.title}: {self.detail} ({duration(self.elapsed_s)})".replace(":  (", " (")


class Console:
    """Writes to one stream; knows whether a person watches it live."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._lock = threading.Lock()

    def say(self, text: str) -> None:
        """Print a line of its own."""
        with self._lock:
            self._write(("\r\x1b[K" if self._live else "") + text + "\n")

    @contextmanager
    def step(self, title: str) -> Generator[Step]:
        """Show a running piece of work until the block ends; a failure leaves its last state on the screen."""
        step = Step(title)
        stop = threading.Event()
        if not self._live:
            self.say(f"{title} ...")
        ticker = threading.Thread(target=self._tick, args=(step, stop), name="progress", daemon=True)
        ticker.start()
        try:
            yield step
        except BaseException:
            self._finish(ticker, stop)
            self.say(f"{title}: stopped after {duration(step.elapsed_s)}")
            raise
        self._finish(ticker, stop)
        self.say(f"{title}: done in {duration(step.elapsed_s)}")

    def _tick(self, step: Step, stop: threading.Event) -> None:
        while not stop.wait(0.5 if self._live else LOG_INTERVAL_S):
            if self._live:
                width = shutil.get_terminal_size().columns - 1
                with self._lock:
                    self._write("\r\x1b[K" + step.line()[:width])
            else:
                self.say(f"  {step.line()}")

    @staticmethod
    def _finish(ticker: threading.Thread, stop: threading.Event) -> None:
        stop.set()
        ticker.join()

    def _write(self, text: str) -> None:
        encoding = self._stream.encoding or "utf-8"
        self._stream.write(text.encode(encoding, "replace").decode(encoding))
        self._stream.flush()
