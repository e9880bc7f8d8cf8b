"""Renders every page to PNG files without a display: ``python -m hyperspot_desktop.shots --out build/shots``.

Dark and light, full, empty and in trouble, at 1280x820 and 900x600; with ``--home`` the pages of a real profile.
With ``--out FILE.png`` it takes one picture of the user's own profile.
Ends with status 1 when a page says something to Qt's log, because a quiet page is a correct page.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

    from hyperspot_desktop.demo.stage import Scene

SIZES = ((1280, 820), (900, 600))
THEMES = ("dark", "light")
PATIENCE_S = 20.0
SETTLE_S = 0.35
# WORKAROUND for Qt 6.11: said when a window goes while one of its fades has just ended; nothing is wrong.
TEARDOWN_NOISE = ("QUnifiedTimer::stopAnimationDriver: driver is not running",)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="hyperspot_desktop.shots", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/shots"), help="the folder for the pictures")
    parser.add_argument("--page", default="", help="only scenes of this page, or the scene of this name")
    parser.add_argument("--home", metavar="DIR", help="picture a real profile instead of the demo")
    parser.add_argument("--theme", choices=THEMES, help="only this one")
    parser.add_argument("--font-scale", type=float, default=1.0)
    parser.add_argument("--language", default="en", help="en, de or zh")
    parser.add_argument("--high-contrast", action="store_true")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Take the pictures; 1 when Qt complained about a page."""
    arguments = _arguments(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ.setdefault("LOGURU_AUTOINIT", "0")  # scenes of failures would fill the terminal
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
    from PySide6.QtGui import QGuiApplication

    complaints: list[str] = []

    def note(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and message not in TEARDOWN_NOISE:
            complaints.append(message)

    qInstallMessageHandler(note)
    application = QGuiApplication.instance() or QGuiApplication(["shots"])
    assert isinstance(application, QGuiApplication)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    from hyperspot_desktop.window.language import Language

    language = Language(application)
    bad = 0
    for scene in _scenes(arguments):
        language.speak(scene.language or arguments.language)
        for theme in _themes(arguments):
            complaints.clear()
            for path in _picture(application, scene, theme, arguments):
                print(path)
            for complaint in complaints:
                print(f"{scene.name} ({theme}): {complaint}", file=sys.stderr)
            bad += len(complaints)
    qInstallMessageHandler(None)
    return 1 if bad else 0


def _single(arguments: argparse.Namespace) -> bool:
    return str(arguments.out).endswith(".png")


def _themes(arguments: argparse.Namespace) -> Sequence[str]:
    if arguments.theme:
        return (arguments.theme,)
    return THEMES[:1] if _single(arguments) else THEMES


def _scenes(arguments: argparse.Namespace) -> list[Scene]:
    from hyperspot_desktop.demo.scenes import SCENES, real_scenes
    from hyperspot_desktop.profile import resolve_home

    real = arguments.home is not None or _single(arguments)
    scenes = real_scenes(resolve_home(arguments.home)) if real else list(SCENES)
    wanted = [scene for scene in scenes if arguments.page in ("", scene.page, scene.name)]
    return wanted[:1] if _single(arguments) else wanted


def _path(arguments: argparse.Namespace, scene: Scene, theme: str, width: int, height: int) -> Path:
    if _single(arguments):
        return Path(arguments.out)
    Path(arguments.out).mkdir(exist_ok=True)
    return Path(arguments.out) / f"{scene.name}-{theme}-{width}x{height}.png"


def _picture(application: QGuiApplication, scene: Scene, theme: str, arguments: argparse.Namespace) -> list[Path]:
    """One start of the window for a scene and theme, pictured at every size."""
    from hyperspot_desktop.bridge import Bridge
    from hyperspot_desktop.demo.stage import Stage
    from hyperspot_desktop.viewmodels.all import ViewModels
    from hyperspot_desktop.window.frame import Frame

    bridge = Bridge(scene.opener())
    view_models = ViewModels.over(bridge)
    look: Callable[[], None] = lambda: view_models.app.look(  # noqa: E731 - used twice, right here
        theme=theme, font_scale=arguments.font_scale, high_contrast=arguments.high_contrast
    )
    look()
    frame = Frame(view_models)
    taken: list[Path] = []
    try:
        frame.window.resize(*SIZES[0])
        frame.window.show()
        bridge.start()
        view_models.start()
        stage = Stage(view_models, frame.window, lambda fact: _wait(application, fact, scene.name))
        scene.act(stage)
        look()
        for width, height in SIZES[:1] if _single(arguments) else SIZES:
            frame.window.resize(width, height)
            _settle(application)
            if scene.resized is not None:
                scene.resized(stage)
                _settle(application)
            path = _path(arguments, scene, theme, width, height)
            frame.window.grabWindow().save(str(path))
            taken.append(path)
    finally:
        frame.close()
        bridge.dispose()
    return taken


def _wait(application: QGuiApplication, fact: Callable[[], bool], name: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not fact():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{name}: the page did not get there within {PATIENCE_S:.0f} s")
        application.processEvents()
        time.sleep(0.002)


def _settle(application: QGuiApplication) -> None:
    """Let layouts and fades end before the picture."""
    end = time.monotonic() + SETTLE_S
    while time.monotonic() < end:
        application.processEvents()
        time.sleep(0.002)


if __name__ == "__main__":
    sys.exit(main())
