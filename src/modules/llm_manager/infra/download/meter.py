"""How fast a download is now."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

_WINDOW_S = 5.0


class Meter:
    """Bytes per second over the last seconds; what an earlier run fetched does not count."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._samples: deque[tuple[float, int]] = deque([(clock(), 0)])
        self._total = 0

    def add(self, count: int) -> None:
        self._total += count
        now = self._clock()
        self._samples.append((now, self._total))
        while len(self._samples) > 2 and now - self._samples[0][0] > _WINDOW_S:
            self._samples.popleft()

    @property
    def bytes_per_s(self) -> float | None:
        """None until enough time has passed to tell."""
        (first, before), (last, now) = self._samples[0], self._samples[-1]
        return (now - before) / (last - first) if last - first > 0.2 else None
