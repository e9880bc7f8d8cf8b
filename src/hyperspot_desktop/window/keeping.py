"""Keeps where the window is while it runs, so that a run that ends badly costs nothing of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtQuick import QQuickWindow

from hyperspot_desktop.viewmodels.all import ViewModels

DELAY_MS = 1_000


class Keeping(QObject):
    """Calls ``keep`` a moment after page, conversation, place in it, look or size of the window have changed."""

    def __init__(self, window: QQuickWindow, keep: Callable[[], None]) -> None:
        super().__init__()
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(keep)
        for changed in (window.xChanged, window.yChanged, window.widthChanged, window.heightChanged):
            changed.connect(self._changed)
        window.visibilityChanged.connect(self._changed)

    def follow(self, view_models: ViewModels) -> None:
        """Those that the window shows from now on."""
        app, chat, sources = view_models.app, view_models.chat, view_models.sources
        changes = (app.pageChanged, app.lookChanged, app.languageChanged, chat.conversationChanged, chat.placeChanged)
        for changed in (*changes, chat.privateChanged, sources.shownChanged):
            changed.connect(self._changed)

    def stop(self) -> None:
        """The last state is kept by who stops it."""
        self._stopped = True
        self._timer.stop()

    def _changed(self, *_: object) -> None:
        # Not started anew: what changes all the time, while one scrolls, is kept all the same.
        if not self._timer.isActive() and not self._stopped:
            self._timer.start()
