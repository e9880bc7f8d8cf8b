"""The list model that tells a view only what differs."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.viewmodels.rows import RowModel


@dataclass(frozen=True, slots=True)
class Fruit:
    name: str
    unit_price: int = 0
    tags: tuple[str, ...] = ()


class Mirror:
    """Follows a model by its signals alone, as a view does."""

    def __init__(self, model: RowModel) -> None:
        self.model = model
        self.rows: list[object] = list(model.rows)
        self.changes = 0
        model.rowsInserted.connect(self._inserted)
        model.rowsRemoved.connect(self._removed)
        model.dataChanged.connect(self._changed)

    def _inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        self.rows[first:first] = self.model.rows[first : last + 1]

    def _removed(self, parent: QModelIndex, first: int, last: int) -> None:
        del self.rows[first : last + 1]

    def _changed(self, top: QModelIndex, bottom: QModelIndex, roles: list[int]) -> None:
        self.changes += 1
        self.rows[top.row()] = self.model.rows[top.row()]


fruits = st.lists(st.builds(Fruit, st.sampled_from("abc"), st.integers(0, 2)), max_size=8)


@given(before=fruits, after=fruits)
def test_a_view_that_follows_the_signals_sees_the_rows(before: list[Fruit], after: list[Fruit]) -> None:
    model = RowModel(Fruit)
    model.replace(before)
    mirror = Mirror(model)
    model.replace(after, lambda old, new: bool(old.name == new.name))
    assert mirror.rows == after == model.rows


def test_a_change_of_one_row_touches_one_row(application: QGuiApplication) -> None:
    model = RowModel(Fruit)
    model.replace([Fruit("a"), Fruit("b"), Fruit("c")])
    mirror = Mirror(model)
    model.replace([Fruit("a"), Fruit("b", 2), Fruit("c")])
    assert mirror.changes == 1
    assert mirror.rows == model.rows


def test_roles_are_the_fields_in_camel_case_and_tuples_are_lists(application: QGuiApplication) -> None:
    model = RowModel(Fruit)
    model.replace([Fruit("a", 3, ("red", "round"))])
    roles = {bytes(name.data()).decode(): role for role, name in model.roleNames().items()}
    index = model.index(0, 0)
    assert {name: model.data(index, role) for name, role in roles.items()} == {
        "name": "a",
        "unitPrice": 3,
        "tags": ["red", "round"],
    }
