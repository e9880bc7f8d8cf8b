"""A list model over frozen dataclasses: each field is a role, and a change touches only the rows that differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt

_SNAKE = re.compile(r"_([a-z0-9])")
_FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1
AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def camel(name: str) -> str:
    return _SNAKE.sub(lambda found: found[1].upper(), name)


def for_qml(value: Any) -> Any:
    """Tuples as lists, because QML shows those as arrays."""
    return [for_qml(item) for item in value] if isinstance(value, tuple) else value


class RowModel(QAbstractListModel):
    """Rows of one frozen dataclass; roles are its fields in camelCase."""

    def __init__(self, row_type: type[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fields = tuple(field.name for field in fields(row_type))
        self._rows: list[Any] = []

    @property
    def rows(self) -> list[Any]:
        return self._rows

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not 0 <= index.row() < len(self._rows) or not 0 <= role - _FIRST_ROLE < len(self._fields):
            return None
        return for_qml(getattr(self._rows[index.row()], self._fields[role - _FIRST_ROLE]))

    def roleNames(self) -> dict[int, QByteArray]:
        return {_FIRST_ROLE + number: QByteArray(camel(name).encode()) for number, name in enumerate(self._fields)}

    def replace(self, rows: Sequence[Any], same: Callable[[Any, Any], bool] | None = None) -> None:
        """Show these rows instead, telling the view only about what differs."""
        self.splice(0, len(self._rows), rows, same)

    def splice(
        self, start: int, count: int, rows: Sequence[Any], same: Callable[[Any, Any], bool] | None = None
    ) -> None:
        """Replace ``count`` rows from ``start``. ``same`` tells whether two rows are one thing at two times."""
        is_same = same or (lambda old, new: True)
        old = self._rows[start : start + count]
        head = _common(old, rows)
        tail = _common(old[head:][::-1], rows[head:][::-1])
        old_mid, new_mid = old[head : len(old) - tail], list(rows[head : len(rows) - tail])
        paired = 0
        while paired < min(len(old_mid), len(new_mid)) and is_same(old_mid[paired], new_mid[paired]):
            paired += 1
        first = start + head
        if paired:
            self._rows[first : first + paired] = new_mid[:paired]
            for offset in range(paired):
                if old_mid[offset] != new_mid[offset]:
                    self._tell_changed(first + offset, old_mid[offset], new_mid[offset])
        first += paired
        if gone := len(old_mid) - paired:
            self.beginRemoveRows(_ROOT, first, first + gone - 1)
            del self._rows[first : first + gone]
            self.endRemoveRows()
        if new_mid[paired:]:
            self.beginInsertRows(_ROOT, first, first + len(new_mid) - paired - 1)
            self._rows[first:first] = new_mid[paired:]
            self.endInsertRows()

    def _tell_changed(self, row: int, old: Any, new: Any) -> None:
        roles = [
            _FIRST_ROLE + number for number, name in enumerate(self._fields) if getattr(old, name) != getattr(new, name)
        ]
        index = self.index(row, 0)
        self.dataChanged.emit(index, index, roles)


def _common(left: Sequence[Any], right: Sequence[Any]) -> int:
    length = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        length += 1
    return length
