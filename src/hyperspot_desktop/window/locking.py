"""What happens to the window's content when it is locked, and how it comes back."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.clearing import close_and_clear, destroy
from hyperspot_desktop.window.frame import Frame

PATIENCE_S = 3.0
"""How long what is under way (a last draft, a message just sent) may keep the content in memory."""
LOOK_AGAIN_MS = 20


class Locking(QObject):
    """Follows the lock: behind the lock screen, view-models that know nothing take the place of those that do.

    The host goes on: answers are finished, files indexed, models downloaded. What could not be stored stays where it
    is, covered by the lock screen, because nothing that a user has seen may be lost.
    """

    def __init__(
        self, bridge: Bridge, frame: Frame, adopt: Callable[[ViewModels], None], *, patience_s: float = PATIENCE_S
    ) -> None:
        """``adopt`` makes new view-models the window's own, before they are shown."""
        super().__init__(frame)
        self._bridge, self._frame, self._adopt = bridge, frame, adopt
        self._patience_s = patience_s
        self._deadline = 0.0
        self.draft_id = ""
        """The conversation that words without one were stored in as the window was locked, or ""."""
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_AGAIN_MS)
        self._timer.timeout.connect(self._clear_when_settled)
        self.cleared = False
        """The window holds nothing that could be shown."""

    def begin(self) -> None:
        """Lock: the screen covers everything already; take away what is under it as soon as it is stored."""
        self.draft_id = ""
        self._deadline = time.monotonic() + self._patience_s
        chat = self._frame.view_models.chat
        chat.dismissError()
        chat.keep_first_draft(self._kept)
        self._timer.start()

    def end(self) -> bool:
        """Unlocked: what was not cleared yet stays. Whether the content is gone and has to be asked for again."""
        self._timer.stop()
        cleared, self.cleared = self.cleared, False
        return cleared

    def _kept(self, conversation_id: str) -> None:
        self.draft_id = conversation_id

    def _clear_when_settled(self) -> None:
        chat = self._frame.view_models.chat
        if (self._bridge.busy or chat.sending) and time.monotonic() < self._deadline:
            return
        self._timer.stop()
        if not chat.property("errorSentence"):
            self._clear()

    def _clear(self) -> None:
        old = self._frame.view_models
        self._bridge.forget_calls()
        fresh = ViewModels.over(self._bridge, old)
        self._adopt(fresh)
        self._frame.show(fresh)
        close_and_clear(self._frame.window)
        destroy(old.going())
        self.cleared = True
