"""Builds the window: view-models over one bridge, and the QML engine that shows them."""

from __future__ import annotations

from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
from PySide6.QtQuickControls2 import QQuickStyle

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.viewmodels.app import AppViewModel
from hyperspot_desktop.viewmodels.chat import ChatViewModel
from hyperspot_desktop.viewmodels.conversations import ConversationsViewModel
from hyperspot_desktop.viewmodels.models import ModelsViewModel
from hyperspot_desktop.window.guard import DenyAll
from hyperspot_desktop.window.icons import IconProvider
from hyperspot_desktop.window.paths import resources


@dataclass(frozen=True, slots=True)
class ViewModels:
    """All view-models of the window; they live as long as it does."""

    app: AppViewModel
    chat: ChatViewModel
    conversations: ConversationsViewModel
    models: ModelsViewModel

    @classmethod
    def over(cls, bridge: Bridge) -> ViewModels:
        made = cls(AppViewModel(bridge), ChatViewModel(bridge), ConversationsViewModel(bridge), ModelsViewModel(bridge))
        made._connect()
        return made

    def _connect(self) -> None:
        self.conversations.conversationUpdated.connect(self.chat.adopt)
        self.chat.textCopied.connect(self._copy)
        self.models.noticed.connect(lambda sentence: self.app.toast(sentence))

    def _copy(self, text: str) -> None:
        from hyperspot_desktop.viewmodels.text import tr

        QGuiApplication.clipboard().setText(text)
        self.app.toast(tr("Copied"))

    def start(self) -> None:
        """Ask for what every page shows; the calls wait until the host is open."""
        self.conversations.start()
        self.models.start()


def load_fonts() -> None:
    for font in sorted((resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(font))


class Frame(QObject):
    """The engine and its window. Keeps everything that QML refers to alive, and lets go in the right order."""

    def __init__(self, view_models: ViewModels) -> None:
        super().__init__()
        self.view_models = view_models
        QQuickStyle.setStyle("Basic")
        load_fonts()
        self._deny = DenyAll()
        self.engine = QQmlApplicationEngine()
        self.engine.setNetworkAccessManagerFactory(self._deny)
        self.engine.addImageProvider("icon", IconProvider(resources() / "icons"))
        self.engine.addImportPath(str(resources() / "qml"))
        self.engine.setInitialProperties(
            {
                "app": view_models.app,
                "chat": view_models.chat,
                "conversations": view_models.conversations,
                "models": view_models.models,
            }
        )
        self.engine.load(QUrl.fromLocalFile(str(resources() / "qml" / "hyperspot" / "shell" / "Main.qml")))

    @property
    def window(self) -> QQuickWindow:
        roots = self.engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise RuntimeError("The window's description could not be loaded")
        return roots[0]

    def close(self) -> None:
        """Take the window down before what it shows."""
        for root in self.engine.rootObjects():
            shiboken6.delete(root)
        shiboken6.delete(self.engine)
