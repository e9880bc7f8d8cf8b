"""The Backups page and the notices in a whole window, offscreen: walked by their names, driven by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.clients import Clients, Recovery
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.backup_scenes import not_opening, troubled
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.frame import Frame
from tests.hyperspot_desktop.conftest import MakeFrame, WaitFor
from tests.hyperspot_desktop.window.walking import ACTIVE, Role, names, press, ready, tree


def shown(make_frame: MakeFrame, wait_for: WaitFor, clients: Clients) -> tuple[ViewModels, Frame]:
    view_models, frame = make_frame(clients)
    wait_for(lambda: ready(view_models))
    frame.window.requestActivate()
    press(frame, "Settings")
    wait_for(lambda: "Backups" in names(frame, Role.Button))
    press(frame, "Backups")
    wait_for(lambda: "Back up now" in names(frame, Role.Button))
    return view_models, frame


def test_the_page_is_reached_from_the_settings_and_every_control_of_it_has_a_name(
    make_frame: MakeFrame, wait_for: WaitFor
) -> None:
    view_models, frame = shown(make_frame, wait_for, profile.clients())
    wait_for(lambda: view_models.backups.rows_now())
    nameless = [node.role() for node in tree(frame) if node.role() in ACTIVE and not node.text(QAccessible.Text.Name)]
    assert nameless == []
    wait_for(lambda: any("128 conversations" in name for name in names(frame, Role.ListItem)))
    press(frame, "Settings")
    assert view_models.app.property("page") == "settings"


def test_the_palette_leads_to_the_page_and_makes_a_backup(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    assert not view_models.backups.property("known")
    view_models.palette.chosen.emit("command", "page:backups", "")
    wait_for(lambda: "Back up now" in names(frame, Role.Button) and bool(view_models.backups.rows_now()))
    before = len(view_models.backups.rows_now())
    view_models.palette.chosen.emit("command", "back-up", "")
    wait_for(lambda: len(view_models.backups.rows_now()) == before + 1)


def test_a_backup_is_looked_into_and_a_conversation_comes_back_by_keyboard(
    make_frame: MakeFrame, wait_for: WaitFor
) -> None:
    view_models, frame = shown(make_frame, wait_for, profile.clients())
    wait_for(lambda: "Look inside" in names(frame, Role.Button))
    press(frame, "Look inside")
    preview = view_models.backup_preview
    wait_for(lambda: any(name.startswith("Recipe: lentil soup") for name in names(frame, Role.ListItem)))
    line = next(name for name in names(frame, Role.ListItem) if name.startswith("Recipe: lentil soup"))
    assert line.endswith("Not here")
    press(frame, line)
    wait_for(lambda: len(preview.property("messages").rows) == 2)
    press(frame, "Restore this one")
    wait_for(lambda: preview.property("missing") == 1)
    wait_for(lambda: any("conversation is back" in text for text in names(frame, Role.StaticText)))
    QTest.keyClick(frame.window, Qt.Key.Key_Escape)
    wait_for(lambda: preview.property("name") == "")


def test_the_notices_stand_above_the_page_and_the_repair_has_details(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(troubled())
    wait_for(lambda: ready(view_models) and bool(view_models.storage.property("full")))
    alerts = names(frame, Role.AlertMessage)
    assert len(alerts) == 3
    assert "17 MB are needed" in alerts[0]
    press(frame, "Details")
    wait_for(lambda: "I have read it" in names(frame, Role.Button))
    press(frame, "I have read it")
    wait_for(lambda: view_models.storage.property("repairCount") == 0)
    wait_for(lambda: len(names(frame, Role.AlertMessage)) == 2)


def test_a_damaged_profile_shows_its_choices(application: object, quiet_qt: list[str], wait_for: WaitFor) -> None:
    bridge = Bridge(not_opening())
    view_models = ViewModels.over(bridge)
    chosen: list[Recovery] = []
    view_models.app.on_recover(chosen.append)
    frame = Frame(view_models)
    frame.window.show()
    bridge.start()
    wait_for(lambda: "Repair" in names(frame, Role.Button))
    assert {"Restore", "Open the folder", "Try again", "Quit"} <= set(names(frame, Role.Button))
    nameless = [node.role() for node in tree(frame) if node.role() in ACTIVE and not node.text(QAccessible.Text.Name)]
    assert nameless == []
    press(frame, "Repair")
    wait_for(lambda: "Your profile is being repaired" in names(frame, Role.Heading))
    assert [one.how for one in chosen] == ["repair"]
    assert "Repair" not in names(frame, Role.Button)
    frame.close()
    assert bridge.dispose()
