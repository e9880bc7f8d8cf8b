"""Builds the window: view-models over one bridge, and the QML engine that shows them."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QFontDatabase
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
from PySide6.QtQuickControls2 import QQuickStyle

from hyperspot_desktop.resources import resources
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.guard import DenyAll
from hyperspot_desktop.window.icons import IconProvider
from hyperspot_desktop.window.page_pictures import PageProvider


def use_basic_style() -> None:
    """Ours are its controls; other styles are not even shipped."""
    if QQuickStyle.name() != "Basic":
        QQuickStyle.setStyle("Basic")


def load_fonts() -> None:
    for font in sorted((resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(font))


class Frame(QObject):
    """The engine and its window. Keeps everything that QML refers to alive, and lets go in the right order."""

    def __init__(self, view_models: ViewModels) -> None:
        super().__init__()
        self.view_models = view_models
        use_basic_style()
        load_fonts()
        self._deny = DenyAll()
        self.engine = QQmlApplicationEngine()
        self.engine.setNetworkAccessManagerFactory(self._deny)
        self.engine.addImageProvider("icon", IconProvider(resources() / "icons"))
        # Its shelf outlives the view-models: see ViewModels.over.
        self.engine.addImageProvider("page", PageProvider(view_models.page.shelf))
        self.engine.addImportPath(str(resources() / "qml"))
        self.engine.setInitialProperties(_properties(view_models))
        self.engine.load(QUrl.fromLocalFile(str(resources() / "qml" / "hyperspot" / "shell" / "Main.qml")))

    @property
    def window(self) -> QQuickWindow:
        roots = self.engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise RuntimeError("The window's description could not be loaded")
        return roots[0]

    def show(self, view_models: ViewModels) -> None:
        """Show others from now on, in the same window."""
        self.view_models = view_models
        for name, view_model in _properties(view_models).items():
            self.window.setProperty(name, view_model)

    def say_again(self) -> None:
        """After a change of the language: every text anew."""
        self.engine.retranslate()
        self.view_models.say_again()

    def close(self) -> None:
        """Take the window down before what it shows."""
        for root in self.engine.rootObjects():
            root.setProperty("visible", False)  # animations stop in good order
            shiboken6.delete(root)
        shiboken6.delete(self.engine)


def _properties(view_models: ViewModels) -> dict[str, QObject]:
    """What Main.qml requires, by the names that it has for them."""
    return {ViewModels.QML_NAMES.get(name, name): getattr(view_models, name) for name in ViewModels.NAMES}
