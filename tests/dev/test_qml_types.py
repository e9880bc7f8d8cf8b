"""qmllint knows our view-models: what is right passes, what is misspelt fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from devtools.layout import Layout
from devtools.qml_types import lint_qml

BASE = """
from PySide6.QtCore import QObject, Signal

class Base(QObject):
    failed = Signal(str)
"""
VIEW_MODEL = """
from __future__ import annotations
from PySide6.QtCore import Property, QAbstractListModel, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable
from base import Base

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

@QmlElement
class RowsModel(QAbstractListModel):
    countChanged = Signal()

    @Property(int, notify=countChanged)
    def count(self) -> int:
        return 1

@QmlElement
@QmlUncreatable("made by the shell")
class ModelsViewModel(Base):
    busyChanged = Signal()

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        return False

    @Property(RowsModel, constant=True)
    def rows(self) -> RowsModel:
        return RowsModel()

    @Slot(str)
    def load(self, model_id: str) -> None: ...
"""
PAGE = """
import QtQuick
import HyperSpot.ViewModels
import hyperspot.theme

Item {
    id: root
    required property ModelsViewModel viewModel
    visible: root.viewModel.BUSY
    implicitHeight: Theme.GAP
    Text { text: root.viewModel.rows.count; textFormat: Text.PlainText }
    Component.onCompleted: root.viewModel.LOAD("m")
    Connections {
        target: root.viewModel
        function onFailed(sentence: string): void { console.log(sentence) }
    }
}
"""
RIGHT = {"BUSY": "busy", "GAP": "gap", "LOAD": "load"}


@pytest.fixture
def shell(tmp_path: Path) -> Path:
    """A small shell: a view-model over a base class of another file, and a theme as a QML module."""
    (tmp_path / "viewmodels").mkdir()
    (tmp_path / "viewmodels" / "base.py").write_text(BASE)
    (tmp_path / "viewmodels" / "models.py").write_text(VIEW_MODEL)
    (tmp_path / "viewmodels" / "plain.py").write_text("class Plain:\n    pass\n")
    theme = tmp_path / "qml" / "hyperspot" / "theme"
    theme.mkdir(parents=True)
    (theme / "qmldir").write_text("module hyperspot.theme\nsingleton Theme 1.0 Theme.qml\n")
    (theme / "Theme.qml").write_text(
        "pragma Singleton\nimport QtQuick\n\nQtObject {\n    readonly property int gap: 8\n}\n"
    )
    return tmp_path


def lint(shell: Path, words: dict[str, str]) -> str:
    page = PAGE
    for mark, word in words.items():
        page = page.replace(mark, word)
    (shell / "qml" / "hyperspot" / "Page.qml").write_text(page)
    return "\n".join(lint_qml(Layout.here(), shell / "viewmodels", shell / "qml", shell / "types"))


def test_a_page_that_spells_everything_right_passes(shell: Path) -> None:
    assert lint(shell, RIGHT) == ""


@pytest.mark.parametrize(("mark", "wrong"), [("BUSY", "busyy"), ("LOAD", "laod"), ("GAP", "gapp")])
def test_a_misspelt_name_fails(shell: Path, mark: str, wrong: str) -> None:
    complaints = lint(shell, RIGHT | {mark: wrong})
    assert wrong in complaints
