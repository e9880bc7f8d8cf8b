"""The window's part of crash care: its event loop is watched, errors in QML are noted, a bad end is told."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtQml import QQmlApplicationEngine, QQmlError

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.crash.watchdog import Watched

if TYPE_CHECKING:
    from hyperspot_desktop.crash.care import CrashCare
    from hyperspot_desktop.crash.last_run import BadEnd

_KIND = re.compile(r"\b(?:\w*Error|Binding loop|Unable to assign|Cannot assign)\b")
_OWN = re.compile(r"/qml/(hyperspot/\w+/\w+\.qml)$")


class CrashWatch(QObject):
    """Does nothing for a window that nobody cares for."""

    _asked = Signal(object)

    def __init__(
        self, care: CrashCare | None, engine: QQmlApplicationEngine, bridge: Bridge, tell: Callable[[BadEnd], None]
    ) -> None:
        super().__init__()
        self._care = care
        self._bridge = bridge
        self._tell = tell
        self._told = False
        self._watched: Watched | None = None
        # Queued, whichever thread asks: answering is what a loop does that runs.
        self._asked.connect(_answer, Qt.ConnectionType.QueuedConnection)
        if care is not None:
            engine.warnings.connect(self._note_qml)
            bridge.stateChanged.connect(self._opened)
            bridge.unexpected = lambda error: care.recorder.note_error("a call of the window", error)

    def start(self) -> None:
        """The first frame is there: from now on the window has to answer."""
        if self._care is not None:
            self._watched = Watched("window", threading.get_ident(), self._asked.emit)
            self._care.watchdog.watch(self._watched)

    def stop(self) -> None:
        """The window is about to wait for its host."""
        if self._care is not None and self._watched is not None:
            self._care.watchdog.forget(self._watched)

    def tell_again(self) -> None:
        """Others are shown than those that were told."""
        if self._care is not None and self._care.bad_end is not None:
            self._tell(self._care.bad_end)

    def read(self) -> None:
        """The user has read how the last run ended."""
        if self._care is not None:
            self._care.bad_end = None

    def _opened(self) -> None:
        if self._bridge.state == "ready" and not self._told:
            self._told = True
            self.tell_again()

    def _note_qml(self, errors: list[QQmlError]) -> None:
        """Kind and place of each; what they quote may be the user's."""
        for error in errors if self._care is not None else ():
            kind, own = _KIND.search(error.description()), _OWN.search(error.url().path())
            place = f"{own[1] if own else 'another file'}:{error.line()}"
            said = f"  {kind[0] if kind else 'warning'} at {place}"
            assert self._care is not None
            self._care.recorder.note("Error in QML", (said,), same=said)


def _answer(answer: Callable[[], None]) -> None:
    answer()
