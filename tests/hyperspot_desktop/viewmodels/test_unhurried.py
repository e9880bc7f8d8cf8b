"""Refreshing what is shown comes less often where it takes long."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.viewmodels.unhurried import UnhurriedTimer
from tests.hyperspot_desktop.conftest import WaitFor


def test_what_takes_long_waits_longer_and_never_very_long(application: QGuiApplication) -> None:
    owner = QObject()
    timer = UnhurriedTimer(100, lambda: None, owner)
    waits = []
    for seconds in (0.0, 0.01, 0.5, 60.0, 0.0):
        timer.took(seconds)
        waits.append(timer.interval())
    assert waits == [100, 100, 2_000, 5_000, 100]


def test_changes_that_keep_coming_do_not_put_it_off(application: QGuiApplication, wait_for: WaitFor) -> None:
    owner, fired = QObject(), list[int]()
    timer = UnhurriedTimer(20, lambda: fired.append(1), owner)
    timer.soon()

    def one_more() -> bool:
        if not fired:
            timer.soon()
        return bool(fired)

    wait_for(one_more)
    assert not timer.isActive()
    timer.soon()
    wait_for(lambda: len(fired) == 2)
