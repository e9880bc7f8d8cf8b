"""A list model over a list that is too long to be held: it knows how long it is, and fetches what is looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, Qt, QTimer

from hyperspot_desktop.viewmodels.rows import AnyIndex, camel, for_qml

PAGE = 100
"""Rows in one request."""
KEPT_PAGES = 24
AT_ONCE = 2
"""Pages asked for together: whoever scrolls quickly wants the last ones, not those that flew past."""
_FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ROOT = QModelIndex()


class WindowedRows(QAbstractListModel):
    """Rows of one frozen dataclass, in pages; ``blank`` stands for a row that has not arrived yet.

    ``fetch`` is given the first row and the number of rows wanted; its owner answers with ``arrived``.
    """

    def __init__(self, blank: Any, fetch: Callable[[int, int], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._blank = blank
        self._fields = tuple(field.name for field in fields(blank))
        self._fetch = fetch
        self._total = 0
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()
        self._stale: set[int] = set()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._pending: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._ask)

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else self._total

    def roleNames(self) -> dict[int, QByteArray]:
        return {_FIRST_ROLE + number: QByteArray(camel(name).encode()) for number, name in enumerate(self._fields)}

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not 0 <= index.row() < self._total or not 0 <= role - _FIRST_ROLE < len(self._fields):
            return None
        return for_qml(getattr(self.row(index.row()), self._fields[role - _FIRST_ROLE]))

    def row(self, number: int) -> Any:
        """What is known of a row; looking at it is what fetches it."""
        page = number // PAGE
        rows = self._pages.get(page)
        if rows is None or page in self._stale:
            self._want(page)
        if rows is None:
            return self._blank
        self._pages.move_to_end(page)
        offset = number % PAGE
        return rows[offset] if offset < len(rows) else self._blank

    def loaded(self) -> list[Any]:
        """The rows that are here, in order, for Python."""
        return [row for page in sorted(self._pages) for row in self._pages[page]]

    def arrived(self, start: int, rows: Sequence[Any], total: int) -> None:
        """An answer to ``fetch``."""
        page = start // PAGE
        self._pending.discard(page)
        self._stale.discard(page)
        self._resize(total)
        self._pages[page] = list(rows)
        self._pages.move_to_end(page)
        while len(self._pages) > KEPT_PAGES:
            self._stale.discard(self._pages.popitem(last=False)[0])
        last = min(start + PAGE, self._total) - 1
        if start <= last:
            self.dataChanged.emit(self.index(start, 0), self.index(last, 0))

    def failed(self, start: int) -> None:
        """No answer will come; the next look asks again."""
        self._pending.discard(start // PAGE)

    def replace_all(self, rows: Sequence[Any], total: int) -> None:
        """Another list: its first page, and how long it is."""
        self.beginResetModel()
        self._pages.clear()
        self._stale.clear()
        self._wanted.clear()
        self._pending.clear()
        self._total = total
        self._pages[0] = list(rows)
        self.endResetModel()

    def refresh(self) -> None:
        """The same list has changed: ask again for what was looked at last, and for the rest when it is."""
        self._stale = set(self._pages)
        for page in list(self._pages)[-AT_ONCE:] or [0]:
            self._want(page)

    def _want(self, page: int) -> None:
        if page not in self._pending:
            self._wanted[page] = None
            self._wanted.move_to_end(page)
            if not self._timer.isActive():
                self._timer.start()

    def _ask(self) -> None:
        wanted = list(self._wanted)[-AT_ONCE:]
        self._wanted.clear()
        for page in wanted:
            self._pending.add(page)
            self._fetch(page * PAGE, PAGE)

    def _resize(self, total: int) -> None:
        if total > self._total:
            self.beginInsertRows(_ROOT, self._total, total - 1)
            self._total = total
            self.endInsertRows()
        elif total < self._total:
            self.beginRemoveRows(_ROOT, total, self._total - 1)
            self._total = total
            for page in [page for page in self._pages if page * PAGE >= total]:
                del self._pages[page]
            self.endRemoveRows()
