"""Files that the user opens with the program, from a file manager or a command line."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent, QGuiApplication


class Opening(QObject):
    """Hands files to ``offer``, one after the other; those that come too early wait.

    Command lines are read elsewhere; macOS sends an event instead, also to a program that it starts for the file. Only
    there are events listened for: on other systems each of them would cost time, and none is of this kind.
    """

    def __init__(self, application: QGuiApplication, offer: Callable[[str], None]) -> None:
        super().__init__(application)
        self._listened_to: QGuiApplication | None = None
        self._offer = offer
        self._may = False
        self._waiting = ""
        if sys.platform == "darwin":
            self.listen(application)

    def listen(self, application: QGuiApplication) -> None:
        """Hear of files that the system sends."""
        self._listened_to = application
        application.installEventFilter(self)

    def open(self, path: str) -> None:
        """Offer a file now or as soon as that may be; the last of several that waited. "" is no file."""
        if path:
            self._waiting = path
            self._hand_over()

    def may(self, allowed: bool) -> None:
        """Whether files may be offered at present."""
        self._may = allowed
        self._hand_over()

    def stop(self) -> None:
        """Hear of no more files."""
        if self._listened_to is not None:
            self._listened_to.removeEventFilter(self)
            self._listened_to = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            self.open(event.file())
            return True
        return super().eventFilter(watched, event)

    def _hand_over(self) -> None:
        if self._may and self._waiting:
            path, self._waiting = self._waiting, ""
            self._offer(path)
