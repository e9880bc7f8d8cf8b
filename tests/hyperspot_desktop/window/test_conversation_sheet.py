"""The sheet with a conversation's own settings, driven by the keyboard and the accessibility tree."""

from __future__ import annotations

from PySide6.QtCore import QMetaObject, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest

from hyperspot_desktop.demo import profile
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.frame import Frame
from tests.hyperspot_desktop.conftest import MakeFrame, WaitFor

Role = QAccessible.Role
FIELDS = {"System prompt", "Temperature", "Top P", "Longest answer, in tokens", "Seed"}


def reachable(node: QAccessibleInterface) -> list[QAccessibleInterface]:
    """Everything below that is shown."""
    children = [node.child(index) for index in range(node.childCount())]
    shown = [child for child in children if child.isValid() and not child.state().invisible]
    return [found for child in shown for found in (child, *reachable(child))]


def named(frame: Frame, role: Role, name: str) -> QAccessibleInterface | None:
    QAccessible.setActive(True)
    nodes = reachable(QAccessible.queryAccessibleInterface(frame.window))
    return next((one for one in nodes if one.role() == role and one.text(QAccessible.Text.Name) == name), None)


def fields(frame: Frame) -> set[str]:
    QAccessible.setActive(True)
    nodes = reachable(QAccessible.queryAccessibleInterface(frame.window))
    return {node.text(QAccessible.Text.Name) for node in nodes if node.role() == Role.EditableText}


def focus_name(frame: Frame) -> str:
    """The control that the keyboard works in."""
    QAccessible.setActive(True)
    nodes = reachable(QAccessible.queryAccessibleInterface(frame.window))
    focused = [node for node in nodes if node.state().focused and node.role() in (Role.EditableText, Role.ComboBox)]
    return focused[-1].text(QAccessible.Text.Name) if focused else ""


def open_sheet(view_models: ViewModels, frame: Frame, wait_for: WaitFor) -> None:
    """As the button in the header does."""
    wait_for(lambda: view_models.models.property("known") and view_models.app.property("state") == "ready")
    frame.window.requestActivate()
    node = named(frame, Role.Button, "Conversation settings")
    assert node is not None
    button = node.object()
    assert isinstance(button, QObject)
    QMetaObject.invokeMethod(button, "click")
    wait_for(lambda: fields(frame) >= FIELDS and focus_name(frame) == "System prompt")


def test_settings_are_given_with_the_keyboard_alone(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    open_sheet(view_models, frame, wait_for)
    QTest.keyClick(frame.window, Qt.Key.Key_B)
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    QTest.keyClick(frame.window, Qt.Key.Key_C)
    QTest.keyClick(frame.window, Qt.Key.Key_Tab)
    assert focus_name(frame) == "Model: The default model"
    QTest.keyClick(frame.window, Qt.Key.Key_Tab)
    assert focus_name(frame) == "Temperature"
    QTest.keyClick(frame.window, Qt.Key.Key_1)
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    texts = view_models.chat.settingTexts()
    assert (texts["system_prompt"], texts["temperature"], texts["seed"]) == ("b\nc", "1", "")
    wait_for(lambda: "Temperature" not in fields(frame))


def test_a_refused_number_says_why_and_cannot_be_saved(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    open_sheet(view_models, frame, wait_for)
    QTest.keyClick(frame.window, Qt.Key.Key_Tab)
    QTest.keyClick(frame.window, Qt.Key.Key_Tab)
    QTest.keyClick(frame.window, Qt.Key.Key_9)
    wait_for(lambda: named(frame, Role.StaticText, "A number from 0 to 2."))
    save = named(frame, Role.Button, "Save")
    assert save is not None
    assert save.state().disabled
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    assert view_models.chat.settingTexts()["temperature"] == ""
    assert "Temperature" in fields(frame)


def test_escape_leaves_the_settings_as_they_were(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    open_sheet(view_models, frame, wait_for)
    QTest.keyClick(frame.window, Qt.Key.Key_B)
    QTest.keyClick(frame.window, Qt.Key.Key_Escape)
    wait_for(lambda: "Temperature" not in fields(frame))
    assert view_models.chat.settingTexts()["system_prompt"] == ""
