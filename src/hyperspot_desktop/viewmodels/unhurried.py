"""A timer for refreshing what is shown: where that takes long, it comes less often."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_RESTS = 4.0
"""Times as long as the last refresh took: among a hundred thousand files, lists are not all that is worked for."""
_LONGEST_MS = 5_000


class UnhurriedTimer(QTimer):
    """Fires once, ``delay_ms`` after ``soon``; later when ``took`` said that it takes long."""

    def __init__(self, delay_ms: int, action: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._delay_ms = delay_ms
        self.setSingleShot(True)
        self.setInterval(delay_ms)
        self.timeout.connect(action)

    def soon(self) -> None:
        """Start, unless it runs: changes that keep coming do not put it off."""
        if not self.isActive():
            self.start()

    def took(self, seconds: float) -> None:
        """What it started, took so long."""
        wanted = max(self._delay_ms, round(_RESTS * 1000 * seconds))
        self.setInterval(min(wanted, _LONGEST_MS))
