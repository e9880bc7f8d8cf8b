"""One run of the window: restore, show, open the profile, and at the end put everything away in order."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QIcon
from PySide6.QtQuick import QQuickWindow

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.resources import resources
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.frame import Frame
from hyperspot_desktop.window.language import Language
from hyperspot_desktop.window.real_host import Profile, opener
from hyperspot_desktop.window.signals import QuitSignals
from hyperspot_desktop.window.state import WindowState


class Program:
    """Owns the bridge, the view-models and the frame."""

    def __init__(self, application: QGuiApplication, profile: Profile) -> None:
        application.setApplicationName("hyperspot")
        application.setApplicationDisplayName("HyperSpot")
        application.setDesktopFileName("hyperspot")
        application.setWindowIcon(QIcon(str(resources() / "icons" / "hyperspot.svg")))
        self._application = application
        self._profile = replace(profile, activate=self._asked_for)
        self._state_path = profile.home / "window.json"
        self._state = WindowState.read(self._state_path)
        self._language = Language(application)
        self._language.speak(self._state.language)
        self._bridge = Bridge(opener(self._profile))
        self.view_models = ViewModels.over(self._bridge)
        self._restore_view_models()
        self._frame = Frame(self.view_models)
        self.view_models.app.languageChanged.connect(self._speak)
        self._started = False
        self._signals: QuitSignals | None = None

    @property
    def window(self) -> QQuickWindow:
        return self._frame.window

    def run(self, first_frame_patience_ms: int) -> int:
        """Until the window is closed."""
        app = self.view_models.app
        app.quitRequested.connect(self._application.quit)
        app.linkOpened.connect(_open_link)
        app.fileOpened.connect(_open_file)
        app.on_open_again(self._open_again)
        self._signals = QuitSignals(self._application.quit)
        self._restore_window()
        self.window.frameSwapped.connect(self._start, Qt.ConnectionType.QueuedConnection)
        QTimer.singleShot(first_frame_patience_ms, self._start)
        self.window.show()
        code = self._application.exec()
        self._put_away()
        return code

    def _start(self) -> None:
        if not self._started:
            self._started = True
            self._bridge.start()
            self.view_models.start()

    def _open_again(self, secret: str) -> None:
        self._bridge.restart(opener(self._profile, secret))
        self.view_models.start()

    def _speak(self, language: str) -> None:
        if self._language.speak(language):
            self._frame.say_again()

    def _asked_for(self) -> None:
        """Another start of the program: on the host thread, so hand it over."""
        self._bridge.post(self._raise)

    def _raise(self) -> None:
        self.window.show()
        self.window.raise_()
        self.window.requestActivate()

    def _restore_view_models(self) -> None:
        state = self._state
        self.view_models.app.look(
            theme=state.theme,
            font_scale=state.font_scale,
            high_contrast=state.high_contrast,
            reduced_motion=state.reduced_motion,
        )
        self.view_models.app.speak(state.language)
        self.view_models.app.setProperty("page", state.page)
        self.view_models.sources.setProperty("shown", state.sources_shown)
        if state.conversation_id:
            self.view_models.chat.reopen(state.conversation_id)

    def _restore_window(self) -> None:
        state, window = self._state, self.window
        window.resize(state.width, state.height)
        if state.x is not None and state.y is not None:
            place = QRect(state.x, state.y, state.width, state.height)
            if any(screen.availableGeometry().intersects(place) for screen in self._application.screens()):
                window.setPosition(state.x, state.y)
        if state.maximised:
            window.setVisibility(QQuickWindow.Visibility.Maximized)
        window.setProperty("sideBarShown", state.side_bar_shown)

    def _remember(self) -> None:
        window, app = self.window, self.view_models.app
        maximised = window.visibility() == QQuickWindow.Visibility.Maximized
        place = QRect(window.x(), window.y(), window.width(), window.height())
        if maximised:
            kept = self._state
            place = QRect(kept.x or 0, kept.y or 0, kept.width, kept.height)
        WindowState(
            x=place.x(),
            y=place.y(),
            width=place.width(),
            height=place.height(),
            maximised=maximised,
            page=str(app.property("page")),
            conversation_id=self._conversation_to_reopen(),
            side_bar_shown=bool(window.property("sideBarShown")),
            sources_shown=bool(self.view_models.sources.property("shown")),
            theme=str(app.property("theme")),
            font_scale=float(app.property("fontScale")),
            high_contrast=bool(app.property("highContrast")),
            reduced_motion=bool(app.property("reducedMotion")),
            language=app.language,
        ).write(self._state_path)

    def _conversation_to_reopen(self) -> str:
        """Not a private one: even its id would be a trace."""
        chat = self.view_models.chat
        return "" if chat.property("private") else str(chat.property("conversationId"))

    def _put_away(self) -> None:
        """Keep what is to be kept, then the window, then the host."""
        self._remember()
        self.view_models.chat.keep_first_draft()
        self.window.hide()
        self._bridge.close()
        self._frame.close()
        self._bridge.dispose()
        if self._signals is not None:
            self._signals.close()


def _open_link(address: str) -> None:
    """The one place from which another program is asked to open an address; the view-model has allowed it."""
    QDesktopServices.openUrl(QUrl(address, QUrl.ParsingMode.StrictMode))


def _open_file(path: str) -> None:
    """The same for a document or folder of this computer; the view-model has looked that it is one."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))
