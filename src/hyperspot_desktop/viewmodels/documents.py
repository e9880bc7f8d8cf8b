"""The Documents page: the collections, and the verbs on them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.viewmodels.collection_cards import source_rows
from hyperspot_desktop.viewmodels.shelf import ShelfViewModel
from hyperspot_desktop.viewmodels.text import tr

if TYPE_CHECKING:
    from modules.rag.contract import RagClient

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

Verb = Callable[["RagClient", Any, str], Awaitable[Any]]
"""Does something with the collection of a name, in a subject's name."""


@QmlElement
class DocumentsViewModel(ShelfViewModel):
    """Whatever changes a collection, from anywhere, shows; what fails is said above the cards."""

    asked = Signal(str, str)
    """A chat is wanted about a collection: its id and name."""
    noticed = Signal(str)
    collectionTrashed = Signal(str, str)
    """Id and name; the way back is ``restore``."""
    sourceRemoved = Signal(str, str, bool)
    """Name of the collection, path, and whether it was watched; the way back is ``add_source``."""

    @Slot(str)
    def askAbout(self, collection_id: str) -> None:
        """A new chat with it."""
        self.asked.emit(collection_id, self._name(collection_id))

    @Slot(str)
    def lookForChanges(self, collection_id: str) -> None:
        self._do(collection_id, lambda rag, ctx, name: rag.refresh(ctx, name), tr("Looking for changes in %1."))

    @Slot(str)
    def readAgain(self, collection_id: str) -> None:
        """Every file of it, whether it changed or not."""
        self._do(
            collection_id,
            lambda rag, ctx, name: rag.rebuild(ctx, name),
            tr("Everything in %1 is read again. Until then you find what is there now."),
        )

    @Slot(str)
    def retryAll(self, collection_id: str) -> None:
        """What could not be read."""
        self._do(collection_id, lambda rag, ctx, name: rag.retry(ctx, name), tr("%1: trying again."))

    @Slot(str)
    def retryFile(self, file_id: str) -> None:
        wanted = (UUID(file_id),)
        self._do(self._current, lambda rag, ctx, name: rag.retry(ctx, name, wanted), "")

    @Slot(str)
    def keepWatching(self, collection_id: str) -> None:
        """Notice changes in everything that was added to it, from now on."""
        seen = self._seen(collection_id)
        if seen is not None:
            paths = [source.path for source in seen.sources]
            self._do(
                collection_id,
                lambda rag, ctx, name: rag.add(ctx, name, paths, watch=True),
                tr("Changes in %1 are noticed from now on."),
            )

    @Slot(str)
    def inspect(self, collection_id: str) -> None:
        """List what was added to it."""
        self._inspected = collection_id
        self._sources.replace(source_rows(self._seen(collection_id)))

    @Slot(str, bool)
    def setWatched(self, path_text: str, watched: bool) -> None:
        """Notice changes in one of the inspected collection's sources from now on, or no longer."""
        path = Path(path_text)
        self._do(self._inspected, lambda rag, ctx, name: rag.set_watched(ctx, name, path, watched), "")

    @Slot(str)
    def removeSource(self, path_text: str) -> None:
        """Forget one of them with what was read of it; ``sourceRemoved`` offers the way back."""
        row = next((row for row in self._sources.rows if row.path == path_text), None)
        name = self._name(self._inspected)
        if row is None or not name:
            return

        def done(_: object) -> None:
            self.sourceRemoved.emit(name, path_text, row.watched)
            self.refresh()

        self._bridge.call(lambda clients: clients.rag.remove(clients.ctx, name, Path(path_text)), done, self._fail)

    def add_source(self, name: str, path_text: str, *, watch: bool) -> None:
        """To the collection of that name, without asking."""
        self._bridge.call(
            lambda clients: clients.rag.add(clients.ctx, name, [Path(path_text)], watch=watch),
            lambda _: self.refresh(),
            self._fail,
        )

    @Slot(str, str)
    def rename(self, collection_id: str, text: str) -> None:
        wanted = text.strip()
        if wanted and wanted != self._name(collection_id):
            self._do(collection_id, lambda rag, ctx, name: rag.rename(ctx, name, wanted), "")

    @Slot(str)
    def remove(self, collection_id: str) -> None:
        """Into the trash; ``collectionTrashed`` offers the way back. No file on the disk is touched."""
        name = self._name(collection_id)

        def done(_: object) -> None:
            self.collectionTrashed.emit(collection_id, name)
            self.refresh()

        self._bridge.call(lambda clients: clients.rag.remove(clients.ctx, name), done, self._fail)

    @Slot(str)
    def restore(self, collection_id: str) -> None:
        wanted = UUID(collection_id)

        def done(collection: Any) -> None:
            self.expect(collection.name)

        self._bridge.call(lambda clients: clients.rag.restore(clients.ctx, wanted), done, self._fail)

    def _do(self, collection_id: str, verb: Verb, sentence: str) -> None:
        """``sentence`` is said when it was begun, with the collection's name for %1."""
        name = self._name(collection_id)

        def done(_: object) -> None:
            if sentence:
                self.noticed.emit(sentence.replace("%1", name))
            self.refresh()

        if name:
            self._bridge.call(lambda clients: verb(clients.rag, clients.ctx, name), done, self._fail)
