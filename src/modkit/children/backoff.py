"""How long a child that keeps dying has to wait before it may come back."""

from __future__ import annotations

import time
from collections.abc import Callable

from modkit.children.spec import RestartPolicy


class Backoff:
    """Counts deaths. The first restart is immediate, the next ones wait 1, 2, 4 ... seconds after the death."""

    def __init__(self, policy: RestartPolicy, now: Callable[[], float] = time.monotonic) -> None:
        self._policy = policy
        self._now = now
        self._deaths = 0
        self._not_before = now()
        self._started_at: float | None = None

    def note_start(self) -> None:
        """A process is ready."""
        self._started_at = self._now()

    def note_death(self) -> None:
        """A process died, or one could not start."""
        now = self._now()
        if self._started_at is not None and now - self._started_at >= self._policy.stable_after_s:
            self._deaths = 0
        self._started_at = None
        self._deaths += 1
        self._not_before = now + self._pause_s()

    def delay_s(self) -> float:
        """Seconds to wait from now on."""
        return max(0.0, self._not_before - self._now())

    def _pause_s(self) -> float:
        if self._deaths <= 1:
            return 0.0
        # The exponent is bounded: a child may die all night.
        return min(self._policy.max_s, self._policy.base_s * self._policy.factor ** min(self._deaths - 2, 64))
