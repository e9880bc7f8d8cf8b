"""How many threads the engine may use, so that a busy neighbour does not ruin it and it does not ruin the window."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CROWDED_FOR_S = 5.0
_FAIR_SHARE = 0.88
_PROC_STAT = Path("/proc/stat")
_LOOKS = 3
_LOOK_PAUSE_S = 0.0007


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

    @classmethod
    def for_this_computer(cls) -> ThreadPlan:
        return cls.for_cores(physical_cores())


def physical_cores() -> int:
    """Cores of this computer; where that cannot be found out, its processors."""
    import psutil  # not needed in the child

    return psutil.cpu_count(logical=False) or psutil.cpu_count() or 1


def busy_neighbours() -> int | None:
    """How many other threads of this computer want to run right now; None where the system does not tell."""
    seen: list[int] = []
    for _ in range(_LOOKS):
        try:
            text = _PROC_STAT.read_text("ascii")
        except OSError:
            return None
        at = text.find("procs_running ")
        if at < 0:
            return None
        # The thread that reads this is one of them.
        seen.append(int(text[at:].split(None, 2)[1]) - 1)
        time.sleep(_LOOK_PAUSE_S)
    # Once is chance: our own parent runs for a moment after it sent the request.
    return min(seen)


class ReadThreads:
    """Takes all cores for the prompt as long as they are free.

    Before the first piece it looks whether others run. Then the processor time that was got tells: threads that spin
    at barriers use up all they are given, so a process that got clearly less than threads x wall time was sharing.
    """

    def __init__(
        self,
        plan: ThreadPlan,
        *,
        wall: Callable[[], float] = time.perf_counter,
        cpu: Callable[[], float] = time.process_time,
        neighbours: Callable[[], int | None] = busy_neighbours,
    ) -> None:
        self._plan = plan
        self._wall = wall
        self._cpu = cpu
        self._neighbours = neighbours
        self._crowded_until = float("-inf")
        self._known_until = float("-inf")
        self._started: tuple[int, float, float] | None = None

    @property
    def uncertain(self) -> bool:
        """Nothing is known: read a small piece first, before a long one finds out the hard way."""
        return self._plan.read > self._plan.generate and self._wall() >= self._known_until

    def look(self) -> None:
        """Before the first piece of a prompt, if nothing was found out lately."""
        if self.uncertain:
            others = self._neighbours()
            if others is not None:
                self._learn(self._wall(), crowded=others > 0)

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
            self._learn(now, crowded=(self._cpu() - cpu) / (taken * count) < _FAIR_SHARE)

    def _learn(self, now: float, *, crowded: bool) -> None:
        self._known_until = now + CROWDED_FOR_S
        if crowded:
            self._crowded_until = now + CROWDED_FOR_S
