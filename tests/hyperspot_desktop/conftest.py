"""A Qt application without a display, demo hosts on real bridges, and a guard against words from Qt."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.clients import Clients
from hyperspot_desktop.demo import profile
from hyperspot_desktop.shots import TEARDOWN_NOISE
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.frame import Frame

PATIENCE_S = 100.0
WaitFor = Callable[[Callable[[], object]], None]
MakeBridge = Callable[[Clients], Bridge]
MakeFrame = Callable[[Clients], tuple[ViewModels, Frame]]


@pytest.fixture(scope="session")
def application() -> QGuiApplication:
    existing = QGuiApplication.instance()
    return existing if isinstance(existing, QGuiApplication) else QGuiApplication(["tests"])


@pytest.fixture
def wait_for(application: QGuiApplication) -> WaitFor:
    """Run the window's loop until something is true."""

    def wait(fact: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not fact():
            assert time.monotonic() < deadline, "it did not come true in time"
            application.processEvents()
            time.sleep(0.001)

    return wait


@pytest.fixture
def make_bridge(application: QGuiApplication) -> Iterator[MakeBridge]:
    """Bridges over demo clients, started; closed at the end."""
    made: list[Bridge] = []

    def make(clients: Clients) -> Bridge:
        bridge = Bridge(lambda: profile.opened(clients))
        made.append(bridge)
        bridge.start()
        return bridge

    yield make
    ended = [bridge.dispose() for bridge in made]
    assert all(ended)


@pytest.fixture
def quiet_qt() -> Iterator[list[str]]:
    """What Qt says above the level of information; saying anything fails the test."""
    said: list[str] = []

    def note(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and message not in TEARDOWN_NOISE:
            said.append(message)

    qInstallMessageHandler(note)
    yield said
    qInstallMessageHandler(None)
    assert said == []


@pytest.fixture
def make_frame(make_bridge: MakeBridge, quiet_qt: list[str]) -> Iterator[MakeFrame]:
    """Whole windows over demo clients, shown offscreen."""
    frames: list[Frame] = []

    def make(clients: Clients) -> tuple[ViewModels, Frame]:
        view_models = ViewModels.over(make_bridge(clients))
        frame = Frame(view_models)
        frames.append(frame)
        frame.window.show()
        view_models.start()
        return view_models, frame

    yield make
    for frame in frames:
        frame.close()
