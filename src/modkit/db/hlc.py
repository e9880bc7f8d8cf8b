"""Hybrid logical clock: stamps that order changes of one row across devices whose clocks disagree."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

_COUNTER_MAX = 0xFFFF
# Text such as 0190a1b2c3d4-0001-5f3a9c1e: fixed widths, so comparing text compares stamps.
_MS_HEX, _COUNTER_HEX = 12, 4


def wall_ms() -> int:
    """Unix time in milliseconds, as the system believes it."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """One instant: ``ms`` is Unix milliseconds (never behind what was seen), ``counter`` orders within it."""

    ms: int
    counter: int
    node: str = ""

    def __str__(self) -> str:
        return f"{self.ms:0{_MS_HEX}x}-{self.counter:0{_COUNTER_HEX}x}-{self.node}"

    @classmethod
    def parse(cls, text: str) -> Stamp:
        """
        Raises:
            ValueError: not a stamp.
        """
        ms, counter, node = text.split("-", 2)
        if len(ms) != _MS_HEX or len(counter) != _COUNTER_HEX:
            raise ValueError(f"not a clock stamp: {text!r}")
        return cls(int(ms, 16), int(counter, 16), node)


class HybridClock:
    """Gives stamps that only grow, within a process and, through ``observe``, across restarts and devices.

    ``node`` tells devices apart when everything else is equal. Safe to use from several threads.

    Source: Kulkarni, Demirbas, Madeppa, Avva and Leone, Logical Physical Clocks, OPODIS 2014 (algorithm 2).
    """

    def __init__(self, node: str, now_ms: Callable[[], int] = wall_ms) -> None:
        self.node = node
        self._now_ms = now_ms
        self._lock = threading.Lock()
        self._ms = 0
        self._counter = 0

    def tick(self) -> str:
        """The stamp of a local event, as text; greater than every stamp given or observed before."""
        with self._lock:
            self._advance(self._now_ms())
            return str(Stamp(self._ms, self._counter, self.node))

    def observe(self, text: str) -> None:
        """Take a stamp from elsewhere (disk, another device) into account.

        Raises:
            ValueError: not a stamp.
        """
        seen = Stamp.parse(text)
        with self._lock:
            if (seen.ms, seen.counter) > (self._ms, self._counter):
                self._ms, self._counter = seen.ms, seen.counter

    def _advance(self, now_ms: int) -> None:
        if now_ms > self._ms:
            self._ms, self._counter = now_ms, 0
        elif self._counter < _COUNTER_MAX:
            self._counter += 1
        else:
            # More events than a counter holds while the wall clock stands: borrow the next millisecond.
            self._ms, self._counter = self._ms + 1, 0
