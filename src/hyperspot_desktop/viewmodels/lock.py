"""The lock of the window: closed by hand or after a time without use, opened by passphrase or recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Call, Failure

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class LockViewModel(QObject):
    """Lives as long as the window: the other view-models go when it closes, and new ones come when it opens."""

    lockedChanged = Signal()
    checkingChanged = Signal()
    problemChanged = Signal()
    limitChanged = Signal()
    passphraseWanted = Signal()
    """The window is to be locked, but nothing is set that could open it again."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent or bridge)
        self._bridge = bridge
        self._locked = False
        self._armed = False
        self._limit_s = 0.0
        self._failure: Failure | None = None
        self._check: Call[Any] | None = None

    @Property(bool, notify=lockedChanged)
    def locked(self) -> bool:
        return self._locked

    @Property(bool, notify=checkingChanged)
    def checking(self) -> bool:
        """What was typed is being compared; that takes a moment on purpose."""
        return self._check is not None

    @Property(str, notify=problemChanged)
    def problem(self) -> str:
        """Why it stays locked, "" before the first try."""
        return self._failure.sentence if self._failure else ""

    @property
    def limit_s(self) -> float:
        """Lock after so many seconds without use; 0 for never."""
        return self._limit_s if self._armed else 0.0

    def arm(self, armed: bool) -> None:
        """Whether there is a passphrase: without one nothing is locked, for it could not be opened again."""
        self._armed = armed
        self.limitChanged.emit()

    def limit(self, minutes: int) -> None:
        """The user's setting."""
        self._limit_s = minutes * 60.0
        self.limitChanged.emit()

    @Slot()
    def lock(self) -> None:
        """Show nothing any more; without a passphrase, ask for one to be set first."""
        if self._armed:
            self._set_locked(True)
        else:
            self.passphraseWanted.emit()

    def begin_locked(self) -> None:
        """The window was locked when it was last seen. It opens by itself if there is no passphrase any more."""

        async def protected(clients: Clients) -> bool:
            return clients.keys is not None and "passphrase" in (await clients.keys.report(ask_keyring=False)).wraps

        def found(has_passphrase: bool) -> None:
            if not has_passphrase:
                self.release()

        self._set_locked(True)
        self._bridge.call(protected, found)

    @Slot(str)
    def unlock(self, secret: str) -> None:
        """Open with what the user typed; it is kept nowhere."""
        if self._check is not None or not self._locked or not secret:
            return

        async def verify(clients: Clients) -> None:
            if clients.keys is not None:
                await clients.keys.verify(secret)

        self._fail(None)
        self._check = self._bridge.call(verify, lambda _: self.release(), self._refused)
        self.checkingChanged.emit()

    def release(self) -> None:
        """The right secret was given."""
        self._checked()
        self._fail(None)
        self._set_locked(False)

    def _refused(self, failure: Failure) -> None:
        self._checked()
        self._fail(failure)

    def _checked(self) -> None:
        if self._check is not None:
            self._check = None
            self.checkingChanged.emit()

    def _fail(self, failure: Failure | None) -> None:
        if failure != self._failure:
            self._failure = failure
            self.problemChanged.emit()

    def _set_locked(self, locked: bool) -> None:
        if locked != self._locked:
            self._locked = locked
            self.lockedChanged.emit()
