"""The smallest window of Qt Quick's controls, as big as the program's own, whose start is measured against it."""

from __future__ import annotations

import sys
from typing import cast

from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

_QML = b"""
import QtQuick
import QtQuick.Controls.Basic

ApplicationWindow { width: 1280; height: 820; visible: true; Label { anchors.centerIn: parent; text: "Hello" } }
"""


def main() -> int:
    application = QGuiApplication(sys.argv)
    engine = QQmlApplicationEngine()
    engine.loadData(_QML)
    window = cast("QQuickWindow", engine.rootObjects()[0])

    def shown() -> None:
        print("The first frame is there.", flush=True)
        application.quit()

    window.frameSwapped.connect(shown)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
