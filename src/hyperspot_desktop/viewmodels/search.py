"""The Search page: passages as one types, by words at once and by meaning a moment later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Call, Failure
from hyperspot_desktop.viewmodels.rows import RowModel
from hyperspot_desktop.viewmodels.search_filters import Filters, query_of
from hyperspot_desktop.viewmodels.search_narrowing import NarrowedViewModel
from hyperspot_desktop.viewmodels.search_rows import HitRow, hit_row
from hyperspot_desktop.viewmodels.text import tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

TYPING_DELAY_MS = 80
MEANING_DELAY_MS = 260
"""After the last letter: the meaning of half a word helps nobody, and costs a model."""
SHOWN = 20
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of one answer."""

    rows: list[HitRow]
    more: bool
    note: str


async def look(
    clients: Clients, text: str, mode: str, chosen: Filters, *, offset: int = 0, typing: bool = False
) -> Found:
    """Search, and make the rows on the host."""
    query = query_of(text, mode, chosen, offset=offset, limit=SHOWN, typing=typing)
    found = await clients.rag.search(clients.ctx, query)
    names = {str(one.id): one.name for one in await clients.rag.collections(clients.ctx)}
    now = datetime.now(UTC)
    note = found.note
    if found.any_word and not note:
        note = tr("Few passages have all the words; those with some of them follow.")
    return Found([hit_row(hit, names, now) for hit in found.hits], found.more, note)


@QmlElement
class SearchViewModel(NarrowedViewModel):
    """Answers come in order: one that is overtaken by another letter is dropped."""

    queryChanged = Signal()
    foundChanged = Signal()
    currentChanged = Signal()
    selected = Signal(object)
    """Another HitRow is looked at, or None."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._rows = RowModel(HitRow, self)
        self._query = ""
        self._found = Found([], False, "")
        self._answered = ""
        self._current = -1
        self._shown: HitRow | None = None
        self._chosen = False
        self._search: Call[Any] | None = None
        self._typing = self._single_shot(TYPING_DELAY_MS, self._find_by_words)
        self._pausing = self._single_shot(MEANING_DELAY_MS, self.find)
        self.filtersChanged.connect(self.find)

    def _single_shot(self, delay_ms: int, action: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay_ms)
        timer.timeout.connect(action)
        return timer

    # What is asked.

    def _get_query(self) -> str:
        return self._query

    def _set_query(self, query: str) -> None:
        if query != self._query:
            self._query = query
            self.queryChanged.emit()
            self._begin()

    query = Property(str, _get_query, _set_query, notify=queryChanged)

    # What is found.

    @Property(QObject, constant=True)
    def rows(self) -> RowModel:
        return self._rows

    def rows_now(self) -> list[HitRow]:
        """What the list shows, for Python."""
        return list(self._rows.rows)

    @Property(int, notify=foundChanged)
    def count(self) -> int:
        return len(self._rows.rows)

    @Property(bool, notify=foundChanged)
    def more(self) -> bool:
        return self._found.more

    @Property(str, notify=foundChanged)
    def note(self) -> str:
        """What is to be known about the answer: meaning took no part, not all words were found."""
        return self._found.note

    @Property(bool, notify=foundChanged)
    def nothingFound(self) -> bool:
        """An answer came, and it is empty."""
        return bool(self._answered) and not self._rows.rows

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self.filtersChanged.emit()

    def _begin(self) -> None:
        """A letter was typed: the answer to the one before is not wanted any more."""
        self._stop()
        self._chosen = False
        if len(self._query.strip()) < SHORTEST:
            self._show(Found([], False, ""), "")
            self._set_loading(False)
            return
        self._set_loading(True)
        self._typing.start()
        if self._mode != "keyword":
            self._pausing.start()

    def _find_by_words(self) -> None:
        """The quick half of an answer, while it is typed; what is selected stays as long as it is found."""
        mode = "keyword" if self._mode == "hybrid" else self._mode
        if mode != "vector":
            self._ask(mode, typing=True)

    @Slot()
    def find(self) -> None:
        """The whole answer, now."""
        self._stop()
        if len(self._query.strip()) >= SHORTEST:
            self._set_loading(True)
            self._ask(self._mode, typing=self._mode == "hybrid")

    def _stop(self) -> None:
        self._typing.stop()
        self._pausing.stop()
        if self._search is not None:
            self._search.cancel()

    def _ask(self, mode: str, *, typing: bool) -> None:
        text, chosen = self._query.strip(), self._filters
        if self._search is not None:
            self._search.cancel()

        def arrived(found: Found) -> None:
            if not self._pausing.isActive():
                self._set_loading(False)
            self._fail(None)
            self._show(found, text)

        self._search = self._bridge.call(
            lambda clients: look(clients, text, mode, chosen, typing=typing), arrived, self._not_found
        )

    def _not_found(self, failure: Failure) -> None:
        self._pausing.stop()
        self._not_loaded(failure)

    def _show(self, found: Found, answered: str) -> None:
        # The best one is selected until somebody selects another.
        selected = self._selected() if self._chosen else None
        self._found, self._answered = found, answered
        self._rows.replace(found.rows, _same)
        kept = next((n for n, row in enumerate(found.rows) if selected and _same(row, selected)), -1)
        self._set_current(kept if kept >= 0 else 0 if found.rows else -1)
        self.foundChanged.emit()

    @Slot()
    def loadMore(self) -> None:
        """The next ones, below."""
        if not self._found.more or self._loading:
            return
        text, chosen, mode, offset = self._query.strip(), self._filters, self._mode, len(self._rows.rows)

        def arrived(found: Found) -> None:
            self._set_loading(False)
            known = {row.passage_id for row in self._rows.rows}
            rows = [*self._rows.rows, *(row for row in found.rows if row.passage_id not in known)]
            self._found = Found(rows, found.more and len(rows) > offset, self._found.note)
            self._rows.replace(rows, _same)
            self.foundChanged.emit()

        self._set_loading(True)
        self._search = self._bridge.call(
            lambda clients: look(clients, text, mode, chosen, offset=offset, typing=mode == "hybrid"),
            arrived,
            self._not_loaded,
        )

    # What is selected.

    def _get_current(self) -> int:
        return self._current

    def _set_current(self, row: int) -> None:
        row = min(row, len(self._rows.rows) - 1)
        self._current = row
        self.currentChanged.emit()
        selected = self._selected()
        if selected != self._shown:
            self._shown = selected
            self.selected.emit(selected)

    def _choose(self, row: int) -> None:
        self._chosen = self._chosen or row != self._current
        self._set_current(row)

    current = Property(int, _get_current, _choose, notify=currentChanged)

    def _selected(self) -> HitRow | None:
        return self._rows.rows[self._current] if 0 <= self._current < len(self._rows.rows) else None


def _same(old: HitRow, new: HitRow) -> bool:
    return old.passage_id == new.passage_id
