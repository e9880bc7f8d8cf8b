"""Files and folders that are about to be added: chosen, dropped or pasted, and into which collection."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Property, QMimeData, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Failure
from hyperspot_desktop.resources import resources
from hyperspot_desktop.viewmodels.offer import Offer, make_offer
from hyperspot_desktop.viewmodels.text import tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class AddingViewModel(QObject):
    """An offer waits until the user has said where it goes."""

    offerChanged = Signal()
    offerMade = Signal()
    added = Signal(str)
    """The name of the collection that is being read now."""
    noticed = Signal(str)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent or bridge)
        self._bridge = bridge
        self._offer: Offer | None = None
        self._offer_problem = ""
        self._current = ""

    def know_current(self, name: str) -> None:
        """Where the user is: single files go there unless something else is said."""
        self._current = name

    @Property(bool, constant=True)
    def hasSamples(self) -> bool:
        """Whether documents to try things out with came with the program."""
        return _samples().is_dir()

    @Property(str, notify=offerChanged)
    def offerTitle(self) -> str:
        return self._offer.title if self._offer else ""

    @Property(str, notify=offerChanged)
    def offerName(self) -> str:
        """The collection that suggests itself."""
        return self._offer.collection(self._current) if self._offer else ""

    @Property(bool, notify=offerChanged)
    def offerHasFolder(self) -> bool:
        return bool(self._offer and self._offer.folders)

    @Property(str, notify=offerChanged)
    def offerProblem(self) -> str:
        """Why it was not added, with what to do; "" when nothing is wrong."""
        return self._offer_problem

    @Slot(list)
    def offer(self, urls: list[QUrl]) -> None:
        """Chosen, dropped or pasted files and folders; ``offerMade`` asks for their collection."""
        paths = [Path(QUrl(url).toLocalFile()) for url in urls if QUrl(url).isLocalFile()]
        if not paths:
            self.noticed.emit(tr("Only files and folders of this computer can be added."))
            return

        async def look(_: Clients) -> Offer:
            import asyncio

            return await asyncio.to_thread(make_offer, paths)

        self._bridge.call(look, self._offered, self._say)

    @Slot()
    def paste(self) -> None:
        """What was copied in a file manager."""
        copied: QMimeData | None = (
            QGuiApplication.clipboard().mimeData()
        )  # None when it is empty, whatever the stubs say
        urls = [url for url in copied.urls() if url.isLocalFile()] if copied is not None else []
        if urls:
            self.offer(urls)
        else:
            self.noticed.emit(tr("The clipboard holds no files. Copy some in your file manager first."))

    def _offered(self, offer: Offer) -> None:
        if not offer.paths:
            self.noticed.emit(tr("It is not there any more."))
            return
        self._offer, self._offer_problem = offer, ""
        self.offerChanged.emit()
        self.offerMade.emit()

    @Slot(str, bool)
    def addOffered(self, name: str, watch: bool) -> None:
        """``added`` follows, or ``offerProblem`` says why not."""
        if self._offer is not None:
            self._add(name.strip(), self._offer.paths, watch)

    @Slot()
    def addSamples(self) -> None:
        """The documents that came with the program."""
        self._add(tr("Sample documents"), (_samples(),), watch=False)

    def _say(self, failure: Failure) -> None:
        self.noticed.emit(f"{failure.sentence} {failure.action}")

    def _add(self, name: str, paths: Sequence[Path], watch: bool) -> None:
        def done(_: UUID) -> None:
            self._offer = None
            self.added.emit(name)
            self.noticed.emit(tr("%1 is being read. You can ask about it as it grows.").replace("%1", name))

        def failed(failure: Failure) -> None:
            if self._offer is None:
                self._say(failure)
            self._offer_problem = f"{failure.sentence} {failure.action}"
            self.offerChanged.emit()

        self._bridge.call(lambda clients: clients.rag.add(clients.ctx, name, paths, watch=watch), done, failed)


def _samples() -> Path:
    return resources() / "samples"
