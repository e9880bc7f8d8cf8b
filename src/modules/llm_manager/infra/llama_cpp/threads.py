"""How many threads the engine may use, so that a busy neighbour does not ruin it and it does not ruin the window."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

CROWDED_FOR_S = 5.0
_FAIR_SHARE = 0.88


@dataclass(frozen=True, slots=True)
class ThreadPlan:
    """``generate`` threads write the answer, at most ``read`` threads read the prompt."""

    generate: int
    read: int

    @classmethod
    def for_cores(cls, physical_cores: int) -> ThreadPlan:
        """One core stays free while generating.

        The threads of one step wait for each other spinning: with one busy neighbour on two cores, generation on
        both fell from 158 to 40 tokens/s, on one it stayed at 138.
        """
        cores = max(1, physical_cores)
        return cls(generate=max(1, cores - 1), read=cores)


class ReadThreads:
    """Takes all cores for the prompt as long as they are really free, judged by the processor time that was got.

    Needs no look at other processes, which the sandbox forbids: threads that spin at barriers use up all the time they
    are given, so a process that got clearly less than threads x wall time was sharing its cores.
    """

    def __init__(
        self,
        plan: ThreadPlan,
        *,
        wall: Callable[[], float] = time.perf_counter,
        cpu: Callable[[], float] = time.process_time,
    ) -> None:
        self._plan = plan
        self._wall = wall
        self._cpu = cpu
        self._crowded_until = float("-inf")
        self._measured_at = float("-inf")
        self._started: tuple[int, float, float] | None = None

    @property
    def uncertain(self) -> bool:
        """Nothing was measured lately: read a small piece first, before a long one finds out the hard way."""
        return self._plan.read > self._plan.generate and self._wall() - self._measured_at > CROWDED_FOR_S

    def begin(self) -> int:
        """The number of threads for the piece that is about to be read."""
        now = self._wall()
        count = self._plan.generate if now < self._crowded_until else self._plan.read
        self._started = (count, now, self._cpu())
        return count

    def end(self) -> None:
        """The piece was read; too short ones say nothing."""
        if self._started is None:
            return
        count, wall, cpu = self._started
        now = self._wall()
        taken = now - wall
        if count > self._plan.generate and taken > 0.01:
            self._measured_at = now
            if (self._cpu() - cpu) / (taken * count) < _FAIR_SHARE:
                self._crowded_until = now + CROWDED_FOR_S
