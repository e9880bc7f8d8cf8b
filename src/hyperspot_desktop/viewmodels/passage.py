"""The passage that is selected on the Search page, in its surroundings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Call
from hyperspot_desktop.text_cleaning import clean
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.search_rows import HitRow
from hyperspot_desktop.viewmodels.source_text import Located, SourceText, source_text

if TYPE_CHECKING:
    from modules.rag.contract import Surroundings

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

READING_DELAY_MS = 60
"""Whoever runs through the list by keys wants the place where he stops."""


@QmlElement
class PassageViewModel(LoadingViewModel):
    """What is known from the row is there at once; what is around it follows."""

    rowChanged = Signal()
    passageChanged = Signal()
    asked = Signal(str, str, str)
    """A question is wanted about it: collection, file name, text."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent, loading=False)
        self._row: HitRow | None = None
        self._found: Surroundings | None = None
        self._text = SourceText()
        self._call: Call[Any] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(READING_DELAY_MS)
        self._timer.timeout.connect(self._read)

    @Property(bool, notify=rowChanged)
    def known(self) -> bool:
        """Whether a passage is selected at all."""
        return self._row is not None

    @Property(str, notify=rowChanged)
    def fileName(self) -> str:
        return self._row.file_name if self._row else ""

    @Property(str, notify=rowChanged)
    def fileId(self) -> str:
        return self._row.file_id if self._row else ""

    @Property(str, notify=rowChanged)
    def path(self) -> str:
        return self._row.path if self._row else ""

    @Property(str, notify=rowChanged)
    def place(self) -> str:
        return self._row.place if self._row else ""

    @Property(str, notify=rowChanged)
    def icon(self) -> str:
        return self._row.icon_name if self._row else "file"

    @Property(str, notify=rowChanged)
    def reasons(self) -> str:
        """Why it was found, in one line."""
        return "  ·  ".join(self._row.reasons) if self._row else ""

    @Property(str, notify=passageChanged)
    def html(self) -> str:
        """Ours, from escaped text; the passage is marked."""
        return self._text.html

    @Property(str, notify=passageChanged)
    def plain(self) -> str:
        return self._text.plain

    @Property(int, notify=passageChanged)
    def quoteAt(self) -> int:
        """Where in it the passage begins."""
        return self._text.quote_at

    @Property(bool, notify=passageChanged)
    def hasPages(self) -> bool:
        return self._found is not None and self._found.has_pages and self.page > 0

    @property
    def page(self) -> int:
        return self._row.page if self._row else 0

    @property
    def row(self) -> HitRow | None:
        return self._row

    def show(self, row: HitRow | None) -> None:
        """Another one, none, or the same one with other reasons."""
        if row is not None and self._row is not None and row.passage_id == self._row.passage_id:
            self._row = row
            self.rowChanged.emit()
            return
        self._row, self._found = row, None
        # What is known without asking: the passage alone.
        self._text = source_text(Located("", "", row.text, "", "")) if row else SourceText()
        if self._call is not None:
            self._call.cancel()
        self._fail(None)
        self._set_loading(row is not None)
        self.rowChanged.emit()
        self.passageChanged.emit()
        self._timer.start()

    @Slot()
    def askAbout(self) -> None:
        """Start a chat with it."""
        if self._row is not None:
            self.asked.emit(self._row.collection, self._row.file_name, clean(self._row.text))

    def _read(self) -> None:
        row = self._row
        if row is None:
            return

        def arrived(found: Surroundings) -> None:
            self._found = found
            self._text = source_text(Located(found.before, "", found.passage, "", found.after))
            self._loaded()
            self.passageChanged.emit()

        self._call = self._bridge.call(
            lambda clients: clients.rag.surroundings(clients.ctx, UUID(row.file_id), row.char_start, row.char_end),
            arrived,
            self._not_loaded,
        )
