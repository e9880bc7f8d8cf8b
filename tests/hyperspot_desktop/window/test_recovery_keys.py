"""The pages that are met when something went wrong, driven by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.clients import HostOpener, Recovery
from hyperspot_desktop.demo.backup_scenes import not_opening, not_there
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.frame import Frame
from tests.hyperspot_desktop.conftest import WaitFor
from tests.hyperspot_desktop.window.walking import Role, focused, names

Start = Callable[[HostOpener], tuple[Frame, list[Recovery]]]


def tab(frame: Frame) -> str:
    QTest.keyClick(frame.window, Qt.Key.Key_Tab)
    return focused(frame)


@pytest.fixture
def start(application: object, quiet_qt: list[str]) -> Iterator[Start]:
    opened: list[tuple[Frame, Bridge]] = []

    def begin(opener: HostOpener) -> tuple[Frame, list[Recovery]]:
        bridge = Bridge(opener)
        view_models = ViewModels.over(bridge)
        chosen: list[Recovery] = []
        view_models.app.on_recover(chosen.append)
        frame = Frame(view_models)
        opened.append((frame, bridge))
        frame.window.show()
        frame.window.requestActivate()
        bridge.start()
        return frame, chosen

    yield begin
    for frame, bridge in opened:
        frame.close()
        assert bridge.dispose()


def test_a_damaged_profile_is_repaired_with_one_key(start: Start, wait_for: WaitFor) -> None:
    frame, chosen = start(not_opening())
    wait_for(lambda: focused(frame) == "Repair")
    assert names(frame, Role.Heading) == ["Your profile is damaged"]
    assert [tab(frame) for _ in range(4)] == ["Restore", "Open the folder", "Try again", "Quit"]
    assert tab(frame) == "Repair"
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    wait_for(lambda: [one.how for one in chosen] == ["repair"])


def test_a_missing_profile_is_called_so_and_comes_back_with_one_key(start: Start, wait_for: WaitFor) -> None:
    frame, chosen = start(not_there())
    wait_for(lambda: focused(frame) == "Restore")
    assert names(frame, Role.Heading) == ["Your profile is missing"]
    assert "Repair" not in names(frame, Role.Button)
    assert [tab(frame) for _ in range(3)] == ["Open the folder", "Try again", "Quit"]
    assert tab(frame) == "Restore"
    QTest.keyClick(frame.window, Qt.Key.Key_Space)
    wait_for(lambda: [one.how for one in chosen] == ["restore"])
    assert names(frame, Role.Heading) == ["The backup is being restored"]
