"""What view-models that ask the host have in common: whether they wait for it, and what went wrong last."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot

from hyperspot_desktop.bridge import Bridge, Failure


class LoadingViewModel(QObject):
    """``loading`` until the first answer; an error stays until the next success or until it is dismissed."""

    loadingChanged = Signal()
    errorChanged = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None, *, loading: bool = True) -> None:
        super().__init__(parent or bridge)
        self._bridge = bridge
        self._loading = loading
        self._failure: Failure | None = None

    @Property(bool, notify=loadingChanged)
    def loading(self) -> bool:
        return self._loading

    @Property(str, notify=errorChanged)
    def errorSentence(self) -> str:
        return self._failure.sentence if self._failure else ""

    @Property(str, notify=errorChanged)
    def errorAction(self) -> str:
        return self._failure.action if self._failure else ""

    @Property(str, notify=errorChanged)
    def errorCode(self) -> str:
        return self._failure.code if self._failure else ""

    @Slot()
    def dismissError(self) -> None:
        self._fail(None)

    def _set_loading(self, loading: bool) -> None:
        if loading != self._loading:
            self._loading = loading
            self.loadingChanged.emit()

    def _loaded(self) -> None:
        """An answer came: nothing is waited for, and nothing is wrong any more."""
        self._set_loading(False)
        self._fail(None)

    def _not_loaded(self, failure: Failure) -> None:
        self._set_loading(False)
        self._fail(failure)

    def _fail(self, failure: Failure | None) -> None:
        if failure != self._failure:
            self._failure = failure
            self.errorChanged.emit()
