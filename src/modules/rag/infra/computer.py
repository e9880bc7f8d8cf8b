"""Looks at what this computer runs on, and how busy other programs keep it."""

from __future__ import annotations

import asyncio
import os
import time

import psutil

from modules.rag.domain.ports import Conditions

_AGE_S = 5.0
"""So long an answer is good: looking costs some milliseconds, and a load is no matter of a moment."""


class LocalComputer:
    """Implements Computer."""

    def __init__(self) -> None:
        self._known = Conditions()
        self._looked_at: float | None = None
        self._before: tuple[float, float] | None = None
        self._looking = asyncio.Lock()

    async def conditions(self) -> Conditions:
        async with self._looking:
            now = time.monotonic()
            if self._looked_at is None or now - self._looked_at >= _AGE_S:
                self._known = await asyncio.to_thread(self._look)
                self._looked_at = now
        return self._known

    def _look(self) -> Conditions:
        busy, own = _busy_s(), _own_s()
        before, self._before = self._before, (busy, own)
        since = time.monotonic() - (self._looked_at or 0.0)
        if before is None or since <= 0:
            return Conditions(_on_battery())
        others_s = max(0.0, (busy - before[0]) - max(0.0, own - before[1]))
        return Conditions(_on_battery(), min(1.0, others_s / (since * (os.cpu_count() or 1))))


def _on_battery() -> bool:
    battery = psutil.sensors_battery() if hasattr(psutil, "sensors_battery") else None
    return battery is not None and battery.power_plugged is False


def _busy_s() -> float:
    """Processor seconds that all programs together have used."""
    times = psutil.cpu_times()
    return float(times.user + times.system + getattr(times, "nice", 0.0))


def _own_s() -> float:
    """Those of this program and its children; of children that have ended nothing is known any more."""
    me = psutil.Process()
    total = 0.0
    for process in (me, *me.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
    return float(total)
