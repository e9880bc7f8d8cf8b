"""How long nobody has touched the window, by clocks that a test sets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.window.idle import IdleWatch

KEY = QEvent.Type.KeyPress


class Touched(QObject):
    """Stands where the window stands, and notes the keys that reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.reached: list[QEvent.Type] = []

    def event(self, event: QEvent) -> bool:
        self.reached += [event.type()] if event.type() == KEY else []
        return True


class Watched:
    """A window, its watch, and both clocks: of the program, and of the calendar."""

    def __init__(self) -> None:
        self.program_s, self.calendar_s = 1_000.0, 1_700_000_000.0
        self.window = Touched()
        self.watch = IdleWatch(self.window, lambda: (self.program_s, self.calendar_s))
        self.said: list[bool] = []
        self.watch.idle.connect(lambda: self.said.append(True))

    def pass_by(self, seconds: float) -> None:
        self.program_s += seconds
        self.calendar_s += seconds

    def touch(self, kind: QEvent.Type = KEY) -> None:
        QCoreApplication.sendEvent(self.window, QEvent(kind))


@pytest.fixture
def watched(application: QGuiApplication) -> Watched:
    made = Watched()
    made.watch.limit(60)
    return made


def test_a_window_that_nobody_touches_is_idle_once_its_time_is_over(watched: Watched) -> None:
    watched.pass_by(59)
    watched.watch.look()
    assert watched.said == []
    watched.pass_by(2)
    watched.watch.look()
    assert watched.said == [True]


def test_every_use_begins_the_time_anew(watched: Watched) -> None:
    watched.pass_by(59)
    watched.touch()
    watched.pass_by(59)
    watched.watch.look()
    assert watched.said == []
    assert watched.window.reached == [KEY]


def test_what_the_window_does_by_itself_is_no_use(watched: Watched) -> None:
    watched.pass_by(59)
    watched.touch(QEvent.Type.UpdateRequest)
    watched.pass_by(2)
    watched.watch.look()
    assert watched.said == [True]


def test_the_first_touch_after_a_long_sleep_reaches_nothing(watched: Watched) -> None:
    # While a computer sleeps, only the calendar goes on.
    watched.calendar_s += 3_600
    watched.touch()
    assert watched.said == [True]
    assert watched.window.reached == []


def test_a_calendar_that_is_set_back_makes_nothing_younger(watched: Watched) -> None:
    watched.program_s += 61
    watched.calendar_s -= 3_600
    watched.watch.look()
    assert watched.said == [True]


def test_without_a_limit_nothing_is_watched(watched: Watched) -> None:
    watched.watch.limit(0)
    watched.pass_by(10_000)
    watched.touch()
    watched.watch.look()
    assert watched.said == []
    assert watched.window.reached == [KEY]


def test_a_new_limit_begins_now(watched: Watched) -> None:
    watched.pass_by(50)
    watched.watch.limit(30)
    watched.watch.look()
    assert watched.said == []
    watched.pass_by(31)
    watched.watch.look()
    assert watched.said == [True]
