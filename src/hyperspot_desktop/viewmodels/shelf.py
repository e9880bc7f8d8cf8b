"""The user's collections as the Documents page shows them, kept up to date; one of them is current."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot

from hyperspot_desktop.bridge import Bridge, Failure
from hyperspot_desktop.viewmodels.collection_cards import (
    CollectionCard,
    Shelf,
    SourceRow,
    cards_of,
    read_shelf,
    source_rows,
)
from hyperspot_desktop.viewmodels.file_rows import StateChip, chips_of
from hyperspot_desktop.viewmodels.file_table import FileTableViewModel
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.rows import RowModel
from hyperspot_desktop.viewmodels.unhurried import UnhurriedTimer

if TYPE_CHECKING:
    from modules.rag.contract import CollectionChanged, CollectionOverview

REFRESH_DELAY_MS = 120


class ShelfViewModel(LoadingViewModel):
    """One collection is current: its files are in the table."""

    shelfChanged = Signal()
    currentChanged = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._cards = RowModel(CollectionCard, self)
        self._chips = RowModel(StateChip, self)
        self._sources = RowModel(SourceRow, self)
        self._inspected = ""
        self.table = FileTableViewModel(bridge, self)
        self._shelf: Shelf | None = None
        self._current = ""
        self._wanted = ""
        self._reading = False
        self._again = False
        self._said: tuple[list[str], bool] | None = None
        self._asked_at = 0.0
        self._timer = UnhurriedTimer(REFRESH_DELAY_MS, self.refresh, self)
        self.table.queryChanged.connect(self._show_chips)

    # What the page shows.

    @Property(QObject, constant=True)
    def collections(self) -> RowModel:
        return self._cards

    @Property(QObject, constant=True)
    def states(self) -> RowModel:
        return self._chips

    @Property(QObject, constant=True)
    def sources(self) -> RowModel:
        """What was added to the collection that ``inspect`` was asked for."""
        return self._sources

    @Property(int, notify=shelfChanged)
    def count(self) -> int:
        """How many collections there are."""
        return len(self._cards.rows)

    @Property(bool, notify=shelfChanged)
    def known(self) -> bool:
        """Whether the collections have been read at all."""
        return self._shelf is not None

    @Property(str, notify=currentChanged)
    def currentId(self) -> str:
        return self._current

    @Property(str, notify=currentChanged)
    def currentName(self) -> str:
        return self._name(self._current)

    @Property(bool, notify=shelfChanged)
    def byWordsOnly(self) -> bool:
        """Some passages are read but have no vectors, and nothing is being done about it."""
        return self._by_words_only()

    def _by_words_only(self) -> bool:
        return any(
            seen.job_id is None and str(state) == "indexed_without_vectors" and count
            for seen in (self._shelf.here if self._shelf else ())
            for state, count in seen.counts.items()
        )

    @Property("QVariantList", notify=shelfChanged)  # type: ignore[arg-type]  # the stubs know no QVariantList
    def names(self) -> list[str]:
        return self._names()

    def _names(self) -> list[str]:
        return [card.name for card in self._cards.rows]

    def cards_now(self) -> list[CollectionCard]:
        """What the page shows, for Python."""
        return list(self._cards.rows)

    # Following.

    def start(self) -> None:
        """Load, and follow every change from now on."""
        self._reading = False  # a host that did not open answers nothing, and start is called for the next one
        self._bridge.stream(lambda clients: clients.rag.watch(clients.ctx), self._changed, failed=self._fail)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """One at a time: an answer that is overtaken by the next would put the older state over the newer."""
        if self._reading:
            self._again = True
            return
        self._reading, self._again = True, False
        self._asked_at = time.monotonic()
        self._bridge.call(read_shelf, self._arrived, self._not_read)

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self._show()
        self.table.say_again()

    def _changed(self, changes: list[CollectionChanged]) -> None:
        self._timer.soon()
        if any(change.change != "pace" and str(change.collection_id) == self._current for change in changes):
            self.table.refresh()

    def _not_read(self, failure: Failure) -> None:
        self._reading = False
        self._not_loaded(failure)

    def _arrived(self, shelf: Shelf) -> None:
        self._reading = False
        self._timer.took(time.monotonic() - self._asked_at)
        if self._again:
            self._timer.soon()
        before, old_name = self._current, self._name(self._current)
        self._shelf = shelf
        self._loaded()
        self._show()
        if self._wanted and self._card_named(self._wanted):
            self._current, self._wanted = self._card_named(self._wanted), ""
        elif self._card(self._current) is None:
            self._current = self._cards.rows[0].collection_id if self._cards.rows else ""
        name = self._name(self._current)
        self.table.show(name, renamed=self._current == before and name != old_name)
        self._show_chips()
        if (self._current, name) != (before, old_name):
            self.currentChanged.emit()

    def _show(self) -> None:
        if self._shelf is None:
            return
        self._cards.replace(cards_of(self._shelf), _same)
        self._sources.replace(source_rows(self._seen(self._inspected)), lambda old, new: bool(old.path == new.path))
        self._show_chips()
        said = (self._names(), self._by_words_only())
        if said != self._said:
            self._said = said
            self.shelfChanged.emit()

    def _show_chips(self) -> None:
        seen = self._seen(self._current)
        chosen = str(self.table.property("chosenState"))
        self._chips.replace(chips_of(seen.counts if seen else {}, chosen))

    def _seen(self, collection_id: str) -> CollectionOverview | None:
        here = self._shelf.here if self._shelf else []
        return next((one for one in here if str(one.collection.id) == collection_id), None)

    @Slot(str)
    def select(self, collection_id: str) -> None:
        """Show its files."""
        if collection_id != self._current and self._card(collection_id) is not None:
            self._current = collection_id
            self.table.show(self._name(collection_id))
            self._show_chips()
            self.currentChanged.emit()

    def expect(self, name: str) -> None:
        """The collection of that name is coming: it will be the current one."""
        self._wanted = name
        self.refresh()

    def _card(self, collection_id: str) -> CollectionCard | None:
        return next((card for card in self._cards.rows if card.collection_id == collection_id), None)

    def _card_named(self, name: str) -> str:
        return next((card.collection_id for card in self._cards.rows if card.name == name), "")

    def _name(self, collection_id: str) -> str:
        card = self._card(collection_id)
        return card.name if card else ""


def _same(old: CollectionCard, new: CollectionCard) -> bool:
    return old.collection_id == new.collection_id
