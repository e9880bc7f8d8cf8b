"""Every QML file of the window compiles, with all that it imports, without a display."""

from __future__ import annotations

import os
import sys

from hyperspot_desktop.resources import resources
from hyperspot_desktop.self_test.report import CheckFailed


def check_pages() -> str:
    """Compile them all.

    Raises:
        CheckFailed: with the first complaint of each file that does not.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtQml import QQmlComponent, QQmlEngine

    # Registers the types of HyperSpot.ViewModels.
    from hyperspot_desktop.viewmodels import all as _view_models
    from hyperspot_desktop.window.frame import load_fonts, use_basic_style

    del _view_models
    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    use_basic_style()
    load_fonts()
    engine = QQmlEngine()
    engine.addImportPath(str(resources() / "qml"))
    files = sorted((resources() / "qml").rglob("*.qml"))
    broken: list[str] = []
    for file in files:
        component = QQmlComponent(engine, QUrl.fromLocalFile(str(file)))
        if component.status() is not QQmlComponent.Status.Ready:
            reason = component.errors()[0].toString() if component.errors() else "it does not load"
            broken.append(f"{file.name}: {reason}")
    del engine, application
    if broken or not files:
        raise CheckFailed("; ".join(broken) or "no pages are there")
    return f"{len(files)} files"
