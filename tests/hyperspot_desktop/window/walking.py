"""Walking a window by its accessibility tree, as a screen reader does."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QMetaObject, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest

from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.frame import Frame

Role = QAccessible.Role
ACTIVE = (
    Role.Button,
    Role.EditableText,
    Role.CheckBox,
    Role.RadioButton,
    Role.ComboBox,
    Role.MenuItem,
    Role.ListItem,
    Role.ColumnHeader,
)


def tree(frame: Frame) -> list[QAccessibleInterface]:
    """Everything that a screen reader can reach and that is visible now."""

    def below(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
        for index in range(node.childCount()):
            child = node.child(index)
            if child.isValid() and not child.state().invisible:
                yield child
                yield from below(child)

    QAccessible.setActive(True)
    root = QAccessible.queryAccessibleInterface(frame.window)
    return list(below(root))


def names(frame: Frame, role: Role) -> list[str]:
    return [node.text(QAccessible.Text.Name) for node in tree(frame) if node.role() == role]


def focused(frame: Frame) -> str:
    """The name of the control that shows the focus ring; "" when none does."""
    for node in tree(frame):
        if node.state().focused and node.object().property("visualFocus"):
            return node.text(QAccessible.Text.Name)
    return ""


def press(frame: Frame, name: str) -> None:
    """Do what activating the control of that name does."""
    node = next(node for node in tree(frame) if node.role() in ACTIVE and node.text(QAccessible.Text.Name) == name)
    item = node.object()
    assert isinstance(item, QObject)
    QMetaObject.invokeMethod(item, "click")


def type_text(frame: Frame, text: str) -> None:
    for character in text:
        QTest.keyClick(frame.window, Qt.Key(ord(character.upper())))


def ready(view_models: ViewModels) -> bool:
    return bool(
        view_models.models.property("known")
        and view_models.documents.property("known")
        and view_models.settings.rows_now()
        and not view_models.conversations.property("loading")
        and not view_models.files.property("loading")
    )
