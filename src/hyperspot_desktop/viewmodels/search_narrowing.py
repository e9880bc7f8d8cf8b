"""By what the Search page narrows, as its pills show and set it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Property, QObject, Signal, Slot

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.viewmodels import search_filters as filters
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.search_filters import Choice, Filters
from hyperspot_desktop.viewmodels.text import tr


class NarrowedViewModel(LoadingViewModel):
    """Every change of a filter says ``filtersChanged``; whoever searches listens."""

    filtersChanged = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent, loading=False)
        self._mode = "hybrid"
        self._filters = Filters()
        self._file_name = ""
        self._collections: Sequence[str] = ()

    def _get_mode(self) -> str:
        return self._mode

    def _set_mode(self, mode: str) -> None:
        if mode in filters.MODES and mode != self._mode:
            self._mode = mode
            self.filtersChanged.emit()

    mode = Property(str, _get_mode, _set_mode, notify=filtersChanged)

    @Property("QVariantList", notify=filtersChanged)  # type: ignore[arg-type]  # the stubs know no QVariantList
    def modes(self) -> list[dict[str, str]]:
        return _listed(filters.mode_choices())

    @Property("QVariantList", notify=filtersChanged)  # type: ignore[arg-type]  # the stubs know no QVariantList
    def collectionChoices(self) -> list[dict[str, str]]:
        return _listed(self._collection_choices())

    @Property("QVariantList", notify=filtersChanged)  # type: ignore[arg-type]  # the stubs know no QVariantList
    def kindChoices(self) -> list[dict[str, str]]:
        return _listed(filters.kind_choices())

    @Property("QVariantList", notify=filtersChanged)  # type: ignore[arg-type]  # the stubs know no QVariantList
    def ageChoices(self) -> list[dict[str, str]]:
        return _listed(filters.age_choices())

    @Property("QVariantList", notify=filtersChanged)  # type: ignore[arg-type]  # the stubs know no QVariantList
    def languageChoices(self) -> list[dict[str, str]]:
        return _listed(filters.language_choices())

    @Property(str, notify=filtersChanged)
    def collection(self) -> str:
        return self._filters.collection

    @Property(str, notify=filtersChanged)
    def kind(self) -> str:
        return self._filters.kind

    @Property(str, notify=filtersChanged)
    def age(self) -> str:
        return self._filters.age

    @Property(str, notify=filtersChanged)
    def language(self) -> str:
        return self._filters.language

    @Property(str, notify=filtersChanged)
    def fileName(self) -> str:
        """The one file that is searched, "" for all."""
        return self._file_name

    @Property(bool, notify=filtersChanged)
    def filtered(self) -> bool:
        return self._filters != Filters()

    @Slot(str, str)
    def narrow(self, what: str, value: str) -> None:
        """``what`` is collection, kind, age or language; "" takes the filter away."""
        if what in ("collection", "kind", "age", "language"):
            self._filters = replace(self._filters, **{what: value})
            self.filtersChanged.emit()

    @Slot(str, str)
    def searchInFile(self, file_id: str, file_name: str) -> None:
        """Only in this file; "" for all files again."""
        self._file_name = file_name
        self._filters = replace(Filters(), file_id=file_id) if file_id else replace(self._filters, file_id="")
        self.filtersChanged.emit()

    @Slot()
    def widen(self) -> None:
        """Without any filter."""
        self._file_name, self._filters = "", Filters()
        self.filtersChanged.emit()

    def know_collections(self, names: Sequence[str]) -> None:
        """Which collections there are to choose from; a chosen one that is gone is chosen no more."""
        if tuple(names) == tuple(self._collections):
            return
        self._collections = tuple(names)
        if self._filters.collection and self._filters.collection not in self._collections:
            self._filters = replace(self._filters, collection="")
        self.filtersChanged.emit()

    def _collection_choices(self) -> list[Choice]:
        return [Choice("", tr("All collections")), *(Choice(name, name) for name in self._collections)]


def _listed(choices: Sequence[Choice]) -> list[dict[str, str]]:
    return [{"value": choice.value, "text": choice.text} for choice in choices]
