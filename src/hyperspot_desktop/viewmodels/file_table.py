"""The table of one collection's files: in windows, sorted and narrowed by the module, never held whole."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Call, Failure
from hyperspot_desktop.viewmodels.file_rows import FileRow, file_row
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.unhurried import UnhurriedTimer
from hyperspot_desktop.viewmodels.windowed import PAGE, WindowedRows

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

TYPING_DELAY_MS = 80
REFRESH_DELAY_MS = 400
"""While files are being read, the lines that are looked at are asked for at most this often."""
ORDERS = ("name", "type", "passages", "state", "changed")
FALLING_FIRST = ("passages", "changed")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which files of which collection, in which order; ``order`` and ``state`` are values of the contract's enums."""

    collection: str = ""
    text: str = ""
    state: str = ""
    order: str = "name"
    descending: bool = False


async def read_files(clients: Clients, asked: Asked, start: int, limit: int) -> tuple[list[FileRow], int]:
    """A window of the list as lines, made on the host, and how long the whole list is."""
    from modules.rag.contract import FileOrder, FileQuery, FileState

    query = FileQuery(
        text=asked.text,
        states=(FileState(asked.state),) if asked.state else (),
        order=FileOrder(asked.order),
        descending=asked.descending,
        offset=start,
        limit=limit,
    )
    page = await clients.rag.files(clients.ctx, asked.collection, query)
    now = datetime.now(UTC)
    return [file_row(file, now) for file in page.files], page.total


@QmlElement
class FileTableViewModel(LoadingViewModel):
    """``show`` another list; a list that is shown follows ``refresh``."""

    queryChanged = Signal()
    countChanged = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent, loading=False)
        self._asked = Asked()
        self._rows = WindowedRows(FileRow(), self._fetch, self)
        self._first: Call[Any] | None = None
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_DELAY_MS)
        self._typing.timeout.connect(self._load)
        self._refreshing = UnhurriedTimer(REFRESH_DELAY_MS, self._rows.refresh, self)

    @Property(QObject, constant=True)
    def rows(self) -> WindowedRows:
        return self._rows

    @Property(int, notify=countChanged)
    def count(self) -> int:
        return self._rows.rowCount()

    def rows_now(self) -> list[FileRow]:
        """The lines that are here, for Python."""
        return list(self._rows.loaded())

    @Property(str, notify=queryChanged)
    def order(self) -> str:
        return self._asked.order

    @Property(bool, notify=queryChanged)
    def descending(self) -> bool:
        return self._asked.descending

    def _get_text(self) -> str:
        return self._asked.text

    def _set_text(self, text: str) -> None:
        if text != self._asked.text:
            self._ask(text=text)
            self._typing.start()

    text = Property(str, _get_text, _set_text, notify=queryChanged)

    @Property(str, notify=queryChanged)
    def chosenState(self) -> str:
        return self._asked.state

    @Slot(str)
    def chooseState(self, state: str) -> None:
        """Only files of this state; "" shows all."""
        if state != self._asked.state:
            self._ask(state=state)
            self._load()

    @Slot(str)
    def sortBy(self, order: str) -> None:
        """The same again turns it round; numbers and times begin with the largest."""
        if order in ORDERS:
            again = order == self._asked.order
            self._ask(order=order, descending=not self._asked.descending if again else order in FALLING_FIRST)
            self._load()

    def show(self, collection: str, *, renamed: bool = False) -> None:
        """The files of the collection of that name; "" shows none."""
        if renamed:
            self._ask(collection=collection)
            self._rows.refresh()
        elif collection != self._asked.collection:
            self._asked = Asked(collection=collection, order=self._asked.order, descending=self._asked.descending)
            self.queryChanged.emit()
            self._set_loading(bool(collection))
            self._load()

    @Slot()
    def refresh(self) -> None:
        """Soon: files have changed, or time has passed."""
        if self._asked.collection:
            self._refreshing.soon()

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self._load()

    def _ask(self, **changes: Any) -> None:
        self._asked = replace(self._asked, **changes)
        self.queryChanged.emit()

    @Slot()
    def reload(self) -> None:
        """After a failure."""
        self._load()

    def _load(self) -> None:
        """Another list: what was asked for the old one is dropped; its lines stay until the new ones are here."""
        self._typing.stop()
        if self._first is not None:
            self._first.cancel()
        asked = self._asked
        if not asked.collection:
            self._rows.replace_all([], 0)
            self._loaded()
            self.countChanged.emit()
            return

        def arrived(found: tuple[list[FileRow], int]) -> None:
            self._rows.replace_all(*found)
            self._loaded()
            self.countChanged.emit()

        self._first = self._bridge.call(lambda clients: read_files(clients, asked, 0, PAGE), arrived, self._not_loaded)

    def _fetch(self, start: int, limit: int) -> None:
        asked, asked_at = self._asked, time.monotonic()

        def arrived(found: tuple[list[FileRow], int]) -> None:
            self._refreshing.took(time.monotonic() - asked_at)
            if asked != self._asked:
                self._rows.failed(start)
                return
            before = self._rows.rowCount()
            self._rows.arrived(start, *found)
            self._fail(None)
            if self._rows.rowCount() != before:
                self.countChanged.emit()

        def failed(failure: Failure) -> None:
            self._rows.failed(start)
            self._fail(failure)

        self._bridge.call(lambda clients: read_files(clients, asked, start, limit), arrived, failed)
