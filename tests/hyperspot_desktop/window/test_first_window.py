"""What the first window makes and reads: nothing of what nobody sees yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMetaObject, Qt, QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtQml import QQmlAbstractUrlInterceptor, QQmlApplicationEngine, QQmlComponent
from PySide6.QtTest import QTest

from hyperspot_desktop.demo import profile
from hyperspot_desktop.window import frame as frame_module
from hyperspot_desktop.window.frame import Frame
from tests.hyperspot_desktop.conftest import MakeFrame, WaitFor
from tests.hyperspot_desktop.window.walking import Role, names, ready, tree

SHOWN_LATER = ("Sheet", "Menu", "LockScreen", "StartProblem", "FirstRun", "FindBar", "Inspector")
PARTS = 280
"""As many as the window may begin with; there are 240."""
READ_LATER = ("OtherPages", "Sheets", "DocumentsPage", "SettingsPage", "PaletteSheet", "KeysSheet", "CrashSheet")


# In QML: Python would keep a wrapper of every object, and meet it again when another has taken its place.
TYPES = b"""
import QtQuick
import QtQuick.Controls.Basic

QtObject {
    property ApplicationWindow root
    property string names
    onRootChanged: if (root) names = below(root.contentItem).join(" ")

    function below(thing: var): var {
        if (!thing)
            return [];
        let found = [String(thing).split("_QML")[0].split("(")[0]];
        if (thing instanceof Popup)
            found = found.concat(below(thing.contentItem));
        if (thing instanceof Loader && !(thing.item instanceof Item))
            found = found.concat(below(thing.item));
        if (thing instanceof Item)
            for (const part of thing.data)
                found = found.concat(below(part));
        return found;
    }
}
"""


def types(frame: Frame) -> list[str]:
    """Of all parts of the window, seen or not, as their files are called."""
    component = QQmlComponent(frame.engine)
    component.setData(TYPES, QUrl.fromLocalFile("/types.qml"))
    reader = component.create()
    assert reader is not None, component.errorString()
    reader.setProperty("root", frame.window)
    return str(reader.property("names")).split()


def held(frame: Frame) -> list[str]:
    """The names of what has the focus."""
    return [node.text(QAccessible.Text.Name) for node in tree(frame) if node.state().focused]


def test_the_first_window_makes_only_what_it_shows(make_frame: MakeFrame) -> None:
    _, frame = make_frame(profile.clients())
    made = types(frame)
    assert "ChatPage" in made
    assert [name for name in made if name.endswith(SHOWN_LATER)] == []
    assert [name for name in made if name.endswith("Page") and name not in ("ChatPage", "LazyPage")] == []
    assert len(made) <= PARTS


def test_the_first_window_reads_no_file_of_other_pages_and_sheets(
    make_frame: MakeFrame, wait_for: WaitFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: set[str] = set()

    class Reader(QQmlAbstractUrlInterceptor):
        def intercept(self, path: QUrl | str, kind: QQmlAbstractUrlInterceptor.DataType, /) -> QUrl:
            if kind == QQmlAbstractUrlInterceptor.DataType.QmlFile:
                read.add(Path(QUrl(path).path()).stem)
            return QUrl(path)

    reader = Reader()

    def engine() -> QQmlApplicationEngine:
        made = QQmlApplicationEngine()
        made.addUrlInterceptor(reader)
        return made

    monkeypatch.setattr(frame_module, "QQmlApplicationEngine", engine)
    view_models, frame = make_frame(profile.clients())
    assert {"Main", "ChatPage"} <= read
    assert read & set(READ_LATER) == set()
    view_models.app.setProperty("page", "documents")
    QMetaObject.invokeMethod(frame.window, "openPalette")
    assert {"OtherPages", "Sheets", "DocumentsPage", "PaletteSheet"} <= read
    wait_for(lambda: ready(view_models))


@pytest.mark.parametrize(
    ("asked", "name", "made"),
    [
        ("openPalette", "Search", "PaletteSheet"),
        ("openShortcuts", "Keyboard shortcuts", "ShortcutsSheet"),
        ("openConversationSettings", "Conversation settings", "ConversationSheet"),
    ],
)
def test_a_sheet_is_made_once_and_gives_the_focus_back(
    make_frame: MakeFrame, wait_for: WaitFor, asked: str, name: str, made: str
) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    frame.window.requestActivate()
    QTest.keySequence(frame.window, "Ctrl+L")
    for _ in range(2):
        QMetaObject.invokeMethod(frame.window, asked)
        wait_for(lambda: name in names(frame, Role.Dialog))
        QTest.keyClick(frame.window, Qt.Key.Key_Escape)
        wait_for(lambda: name not in names(frame, Role.Dialog))
        wait_for(lambda: "Message" in held(frame))
    assert types(frame).count(made) == 1
