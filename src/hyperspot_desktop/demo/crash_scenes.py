"""Pictures of the start after a run that ended badly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QMetaObject

from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.stage import Scene, Stage, open_newest, opening

REPORT = """HyperSpot: 0.4.0
started: 2026-11-22 09:14:02 UTC
found: 2026-11-22 10:31:40 UTC
system: Linux 6.8.0 x86_64
Python: 3.11.7
end: crashed

Crash of native code:
Fatal Python error: Segmentation fault

Thread 0x00007f2c5b7fe6c0 (most recent call first):
  asyncio/base_events.py:1922 in _run_once
  hyperspot_desktop/bridge.py:291 in _run_host

Current thread 0x00007f2c9d1c1740 (most recent call first):
  hyperspot_desktop/window/program.py:71 in run
  hyperspot_desktop/app.py:96 in main

Noted while it ran:
[2026-11-22 10:31:12 UTC] The window did not answer for over 1 s
  hyperspot_desktop/window/program.py:71 in Program.run
  hyperspot_desktop/viewmodels/page_view.py:140 in PageViewModel._draw
[2026-11-22 10:31:14 UTC] The window answers again, after 2.3 s
"""


def _ended(kind: Literal["crashed", "stopped"]) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        open_newest(stage)
        stage.view_models.crash.tell(kind, REPORT)

    return act


def _report(stage: Stage) -> None:
    _ended("crashed")(stage)
    QMetaObject.invokeMethod(stage.window, "openReport")


CRASH_SCENES = (
    Scene("crash-stopped", "crash", opening(profile.clients), _ended("stopped")),
    Scene("crash", "crash", opening(profile.clients), _ended("crashed")),
    Scene("crash-report", "crash", opening(profile.clients), _report),
)
