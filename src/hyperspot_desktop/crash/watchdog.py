"""Notices that an event loop does not answer, and writes down what its thread is doing."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from modkit.stacks import stack_lines

ROUND_S = 0.25
STALL_S = 1.0


@dataclass(frozen=True, slots=True)
class Stall:
    """A loop that did not answer for so long. ``over``: it answers again, and this is how long it took."""

    name: str
    seconds: float
    over: bool
    stack: tuple[str, ...] = ()


class Watched:
    """One event loop: ``ping`` asks it to call what it is given, on its own thread and without waiting."""

    def __init__(self, name: str, thread_id: int, ping: Callable[[Callable[[], None]], None]) -> None:
        self.name = name
        self._thread_id = thread_id
        self._ping = ping
        self._answered = True
        self._waited_s = 0.0
        self._told = False

    def look(self, passed_s: float) -> Stall | None:
        """After so many seconds: what there is to tell, and the next ping."""
        if self._answered:
            over = Stall(self.name, self._waited_s, True) if self._told else None
            self._answered, self._waited_s, self._told = False, 0.0, False
            with suppress(RuntimeError):  # its loop has just been closed
                self._ping(self._answer)
            return over
        self._waited_s += passed_s
        if self._waited_s < STALL_S or self._told:
            return None
        self._told = True
        return Stall(self.name, self._waited_s, False, self._stack())

    def _answer(self) -> None:
        self._answered = True

    def _stack(self) -> tuple[str, ...]:
        # Not faulthandler.dump_traceback_later: it looks at frames that may be going away.
        return tuple(stack_lines(sys._current_frames().get(self._thread_id)))


class Watchdog:
    """A thread that asks each loop a few times a second; an idle program spends next to nothing on it."""

    def __init__(self, stalled: Callable[[Stall], None]) -> None:
        self._stalled = stalled
        self._watched: tuple[Watched, ...] = ()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def watch(self, watched: Watched) -> None:
        """From any thread; the first one starts the thread."""
        self._watched = (*self._watched, watched)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="watchdog", daemon=True)
            self._thread.start()

    def forget(self, watched: Watched) -> None:
        """Its loop is about to end."""
        self._watched = tuple(one for one in self._watched if one is not watched)

    def close(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def look(self, passed_s: float, worked_s: float) -> None:
        """One round, so long after the last one, in which the process worked so long.

        A computer that slept, or a program that was held, must not count: then the round is far too late although
        nothing worked. A round that is late because native code held every thread counts.
        """
        counted_s = min(passed_s, 2 * ROUND_S + worked_s)
        for watched in self._watched:
            stall = watched.look(counted_s)
            if stall is not None:
                self._stalled(stall)

    def _run(self) -> None:
        now, work = time.monotonic(), time.process_time()
        while not self._stop.wait(ROUND_S):
            before, worked = now, work
            now, work = time.monotonic(), time.process_time()
            self.look(now - before, work - worked)
