"""How much of the computer indexing may take, and whether it waits for something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.viewmodels.loading import LoadingViewModel

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.rag.contract import CollectionChanged, IndexingPace

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

PACES = ("gentle", "balanced", "full")


@QmlElement
class PaceViewModel(LoadingViewModel):
    """``pace`` is gentle, balanced or full; "" until it is known."""

    paceChanged = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._pace: IndexingPace | None = None

    @Property(str, notify=paceChanged)
    def pace(self) -> str:
        return str(self._pace.pace) if self._pace else ""

    @Property(bool, notify=paceChanged)
    def paused(self) -> bool:
        return self._pace is not None and self._pace.paused

    @Property(str, notify=paceChanged)
    def waitsFor(self) -> str:
        """Why nothing is read now, in one sentence; "" when something is, or when there is nothing to read."""
        return self._pace.waits_for if self._pace else ""

    def start(self) -> None:
        self._bridge.stream(lambda clients: clients.rag.watch(clients.ctx), self._changed, failed=self._fail)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        self._bridge.call(lambda clients: clients.rag.pace(clients.ctx), self._arrived, self._not_loaded)

    @Slot(str)
    def choose(self, pace: str) -> None:
        async def change(clients: Clients) -> IndexingPace:
            from modules.rag.contract import Pace

            return await clients.rag.set_pace(clients.ctx, pace=Pace(pace))

        if pace in PACES:
            self._bridge.call(change, self._arrived, self._fail)

    @Slot()
    def togglePause(self) -> None:
        paused = self._pace is None or not self._pace.paused
        self._bridge.call(lambda clients: clients.rag.set_pace(clients.ctx, paused=paused), self._arrived, self._fail)

    def _changed(self, changes: list[CollectionChanged]) -> None:
        if any(change.change == "pace" for change in changes):
            self.refresh()

    def _arrived(self, pace: IndexingPace) -> None:
        self._loaded()
        if pace != self._pace:
            self._pace = pace
            self.paceChanged.emit()
