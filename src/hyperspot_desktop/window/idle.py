"""Notices that nobody has touched the window for a while."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

_USE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)
LONGEST_WAIT_MS = 30_000
"""The timer looks at least so often: a computer that slept wakes up late."""


def _clocks() -> tuple[float, float]:
    """Seconds of the program and of the calendar: only the second goes on while the computer sleeps."""
    return time.monotonic(), time.time()


class IdleWatch(QObject):
    """Watches the events of one window, and only while there is a limit."""

    idle = Signal()

    def __init__(self, window: QObject, clocks: Callable[[], tuple[float, float]] = _clocks) -> None:
        super().__init__(window)
        self._window = window
        self._clocks = clocks
        self._limit_s = 0.0
        self._used = clocks()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    def limit(self, seconds: float) -> None:
        """Say ``idle`` after so long without use; 0 watches nothing."""
        if seconds == self._limit_s:
            return
        self._limit_s = seconds
        self._used = self._clocks()
        self._window.removeEventFilter(self)
        self._timer.stop()
        if seconds > 0:
            self._window.installEventFilter(self)
            self._wait()

    def look(self) -> None:
        """Say ``idle`` if it is time, and wait on."""
        if self._limit_s <= 0:
            return
        if self._left_s() <= 0:
            self._used = self._clocks()
            self.idle.emit()
        self._wait()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note use. What comes first after a long sleep is the end of it, and reaches nothing that was shown."""
        if event.type() not in _USE:
            return False
        if self._left_s() <= 0:
            self.look()
            return True
        self._used = self._clocks()
        return False

    def _left_s(self) -> float:
        # The longer of the two: a clock that was set back makes nothing younger than it is.
        passed = max(now - then for now, then in zip(self._clocks(), self._used, strict=True))
        return self._limit_s - passed

    def _wait(self) -> None:
        self._timer.start(min(LONGEST_WAIT_MS, max(1, int(self._left_s() * 1000) + 1)))
