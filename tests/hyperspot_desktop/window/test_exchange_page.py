"""The page of imports and exports, walked by its accessibility tree."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from hyperspot_desktop.clients import Clients
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.portability import DemoPortability
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.frame import Frame
from modules.portability.contract import ArchiveDamaged
from tests.hyperspot_desktop.conftest import MakeFrame, WaitFor
from tests.hyperspot_desktop.window.walking import ACTIVE, Role, names, press, ready, tree


def shown(make_frame: MakeFrame, wait_for: WaitFor, clients: Clients) -> tuple[ViewModels, Frame]:
    view_models, frame = make_frame(clients)
    wait_for(lambda: ready(view_models))
    view_models.palette.chosen.emit("command", "page:exchange", "")
    wait_for(lambda: "Choose a file" in names(frame, Role.Button))
    wait_for(lambda: view_models.exporting.property("total") == 7)
    return view_models, frame


def preview(view_models: ViewModels, frame: Frame, wait_for: WaitFor, path: Path) -> None:
    view_models.importing.look(QUrl.fromLocalFile(str(path)))
    wait_for(lambda: "8 conversations from ChatGPT" in names(frame, Role.StaticText))


def test_a_preview_is_imported_and_taken_back(make_frame: MakeFrame, wait_for: WaitFor, tmp_path: Path) -> None:
    view_models, frame = shown(make_frame, wait_for, profile.clients())
    preview(view_models, frame, wait_for, tmp_path)
    assert "Would be left out: 2 × results of tools" in names(frame, Role.StaticText)
    wait_for(
        lambda: any(name.startswith("Untitled, ") and name.endswith("New") for name in names(frame, Role.ListItem))
    )
    press(frame, "Import")
    wait_for(lambda: "Undo the import" in names(frame, Role.Button))
    assert "Imported: 5 new conversations, 103 messages." in names(frame, Role.StaticText)
    press(frame, "Undo the import")
    wait_for(lambda: "Undo the import" not in names(frame, Role.Button))


def test_every_control_of_the_page_has_a_name(make_frame: MakeFrame, wait_for: WaitFor, tmp_path: Path) -> None:
    view_models, frame = shown(make_frame, wait_for, profile.clients())
    preview(view_models, frame, wait_for, tmp_path)
    press(frame, "Some")
    wait_for(lambda: len(names(frame, Role.CheckBox)) >= 7)
    nameless = [node.role() for node in tree(frame) if node.role() in ACTIVE and not node.text(QAccessible.Text.Name)]
    assert nameless == []


def test_conversations_are_ticked_by_keys(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = shown(make_frame, wait_for, profile.clients())
    press(frame, "Some")
    wait_for(lambda: "Onboarding checklist" in names(frame, Role.CheckBox))
    line = next(node.object() for node in tree(frame) if node.role() == Role.CheckBox)
    assert isinstance(line, QQuickItem)
    rows = line.parentItem().parentItem()
    assert rows is not None
    rows.forceActiveFocus()
    QTest.keyClick(frame.window, Qt.Key.Key_Down)
    QTest.keyClick(frame.window, Qt.Key.Key_Space)
    wait_for(lambda: "1 of 7 chosen" in names(frame, Role.StaticText))
    assert [row.chosen for row in view_models.exporting.rows_now()[:3]] == [False, True, False]
    press(frame, "Choose all")
    wait_for(lambda: view_models.exporting.property("chosenCount") == 7)
    press(frame, "PDF")
    assert view_models.exporting.property("suffix") == "pdf"


def test_an_export_that_runs_is_cancelled_by_its_button(
    make_frame: MakeFrame, wait_for: WaitFor, tmp_path: Path
) -> None:
    clients = profile.clients(portability=DemoPortability(held=True))
    view_models, frame = shown(make_frame, wait_for, clients)
    view_models.exporting.exportTo(QUrl.fromLocalFile(str(tmp_path)))
    wait_for(lambda: "128 of 340 conversations" in names(frame, Role.StaticText))
    press(frame, "Cancel")
    wait_for(lambda: not view_models.exporting.property("running"))


def test_a_broken_file_says_why_and_the_note_goes_away(
    make_frame: MakeFrame, wait_for: WaitFor, tmp_path: Path
) -> None:
    damaged = DemoPortability(failure=ArchiveDamaged("It was changed."))
    view_models, frame = shown(make_frame, wait_for, profile.clients(portability=damaged))
    view_models.importing.look(QUrl.fromLocalFile(str(tmp_path)))
    wait_for(lambda: "It was changed." in names(frame, Role.StaticText))
    press(frame, "Dismiss")
    wait_for(lambda: "It was changed." not in names(frame, Role.StaticText))


def test_a_dropped_file_is_looked_at(make_frame: MakeFrame, wait_for: WaitFor, tmp_path: Path) -> None:
    _, frame = shown(make_frame, wait_for, profile.clients())
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    where, copy = QPoint(700, 400), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QGuiApplication.sendEvent(frame.window, QDragEnterEvent(where, copy, held, buttons, keys))
    QGuiApplication.sendEvent(frame.window, QDropEvent(where.toPointF(), copy, held, buttons, keys))
    wait_for(lambda: "8 conversations from ChatGPT" in names(frame, Role.StaticText))


def test_the_settings_lead_here_and_back(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    QTest.keySequence(frame.window, "Ctrl+,")
    wait_for(lambda: "Import and export" in names(frame, Role.Button))
    press(frame, "Import and export")
    wait_for(lambda: view_models.app.property("page") == "exchange")
    press(frame, "Settings")
    wait_for(lambda: view_models.app.property("page") == "settings")


def test_one_conversation_is_chosen_for_it(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    view_models.exporting.chooseOnly(view_models.conversations.rows_now()[0].conversation_id)
    view_models.app.setProperty("page", "exchange")
    wait_for(lambda: "1 of 7 chosen" in names(frame, Role.StaticText))
    assert view_models.exporting.property("suggestedName") == "Termination clauses in the MSA.md"
