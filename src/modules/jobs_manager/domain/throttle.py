"""Lets something happen often but act rarely."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Throttle:
    """Runs ``action`` at most once per ``interval_s``: the first poke at once, the last one never lost.

    Belongs to one event loop; ``action`` must not block.
    """

    def __init__(self, interval_s: float, action: Callable[[], None]) -> None:
        self._interval_s = interval_s
        self._action = action
        self._last_s: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    def poke(self) -> None:
        """Ask for the action: now, or as soon as the interval allows."""
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        due_s = 0.0 if self._last_s is None else self._last_s + self._interval_s - loop.time()
        if due_s <= 0:
            self._act()
        else:
            self._timer = loop.call_later(due_s, self._act)

    def close(self) -> None:
        """Drop a pending action."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _act(self) -> None:
        self._timer = None
        self._last_s = asyncio.get_running_loop().time()
        self._action()
