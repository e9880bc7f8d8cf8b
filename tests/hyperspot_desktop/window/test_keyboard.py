"""Pages about keeping and losing things, by keyboard alone: everything is reached, nothing is lost by a slip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hyperspot_desktop.demo import profile
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.frame import Frame
from tests.hyperspot_desktop.conftest import MakeFrame, WaitFor
from tests.hyperspot_desktop.window.walking import Role, focused, names, press, ready

MANY = 120
"""More controls than any page has."""


def walked(frame: Frame) -> set[str]:
    """What the Tab key leads to."""
    reached: list[str] = []
    for _ in range(MANY):
        QTest.keyClick(frame.window, Qt.Key.Key_Tab)
        reached.append(focused(frame))
    return set(reached)


def tab_to(frame: Frame, name: str) -> None:
    for _ in range(MANY):
        if focused(frame) == name:
            return
        QTest.keyClick(frame.window, Qt.Key.Key_Tab)
    raise AssertionError(f"the Tab key does not lead to {name}")


def at(make_frame: MakeFrame, wait_for: WaitFor, page: str) -> tuple[ViewModels, Frame]:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    frame.window.requestActivate()
    view_models.app.setProperty("page", page)
    return view_models, frame


def test_what_is_in_the_trash_is_deleted_for_ever_only_after_a_second_key(
    make_frame: MakeFrame, wait_for: WaitFor
) -> None:
    view_models, frame = at(make_frame, wait_for, "trash")
    view_models.conversations.trash(view_models.conversations.rows_now()[-1].conversation_id)
    wait_for(lambda: len(view_models.trash.rows_now()) == 1 and "Restore" in names(frame, Role.Button))
    assert {"Empty the trash", "Restore", "Delete for ever"} <= walked(frame)
    tab_to(frame, "Delete for ever")
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    assert focused(frame) == "Cancel"
    QTest.keyClick(frame.window, Qt.Key.Key_Escape)
    assert focused(frame) == "Delete for ever"
    assert len(view_models.trash.rows_now()) == 1
    QTest.keyClick(frame.window, Qt.Key.Key_Space)
    assert focused(frame) == "Cancel"
    tab_to(frame, "Delete for ever")
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    wait_for(lambda: view_models.trash.rows_now() == [])


def test_a_backup_is_thrown_away_taken_back_and_deleted_by_keyboard(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = at(make_frame, wait_for, "backups")
    wait_for(lambda: bool(view_models.backups.rows_now()) and "Look inside" in names(frame, Role.Button))
    assert {"Settings", "Back up now", "Choose a folder", "Look inside"} <= walked(frame)
    name = view_models.backups.rows_now()[0].name
    count = len(view_models.backups.rows_now())
    for step in ("Take back", "Delete for ever"):
        view_models.backups.remove(name)
        wait_for(lambda: len(view_models.backups.rows_now()) == count - 1)
        wait_for(lambda: "Take back" in names(frame, Role.Button))
        tab_to(frame, step)
        QTest.keyClick(frame.window, Qt.Key.Key_Return)
        if step == "Take back":
            wait_for(lambda: len(view_models.backups.rows_now()) == count)
    assert focused(frame) == "Cancel"
    tab_to(frame, "Delete for ever")
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    wait_for(lambda: "Take back" not in names(frame, Role.Button))
    assert len(view_models.backups.rows_now()) == count - 1


def test_the_tab_key_leads_to_everything_of_import_and_export(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    _, frame = at(make_frame, wait_for, "exchange")
    wait_for(lambda: "Choose a file" in names(frame, Role.Button))
    assert {"Settings", "Choose a file", "Choose a folder", "Export"} <= walked(frame)


def test_keys_and_lock_are_reached_by_tab_and_left_by_escape(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = at(make_frame, wait_for, "settings")
    wait_for(lambda: "Keys and lock" in names(frame, Role.Button))
    press(frame, "Keys and lock")
    wait_for(lambda: "New recovery code" in names(frame, Role.Button))
    inside = walked(frame)
    assert {"New recovery code", "Done"} <= inside
    assert "Backups" not in inside
    QTest.keyClick(frame.window, Qt.Key.Key_Escape)
    wait_for(lambda: "New recovery code" not in names(frame, Role.Button))
    assert view_models.app.property("page") == "settings"
