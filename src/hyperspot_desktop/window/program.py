"""One run of the window: restore, show, open the profile, and at the end put everything away in order."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QIcon
from PySide6.QtQuick import QQuickWindow

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.clients import Recovery
from hyperspot_desktop.resources import resources
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.crash_watch import CrashWatch
from hyperspot_desktop.window.frame import Frame
from hyperspot_desktop.window.idle import IdleWatch
from hyperspot_desktop.window.keeping import Keeping
from hyperspot_desktop.window.language import Language
from hyperspot_desktop.window.locking import Locking
from hyperspot_desktop.window.opening import Opening
from hyperspot_desktop.window.real_host import Profile, opener
from hyperspot_desktop.window.signals import QuitSignals
from hyperspot_desktop.window.state import WindowState

if TYPE_CHECKING:
    from hyperspot_desktop.crash.last_run import BadEnd


class Program:
    """Owns the bridge, the view-models and the frame."""

    def __init__(self, application: QGuiApplication, profile: Profile) -> None:
        application.setApplicationName("hyperspot")
        application.setApplicationDisplayName("HyperSpot")
        application.setDesktopFileName("hyperspot")
        application.setWindowIcon(QIcon(str(resources() / "icons" / "hyperspot.svg")))
        self._application = application
        self._profile = replace(profile, activate=self._asked_for, locked=lambda: self._locked)
        self._state_path = profile.home / "window.json"
        self._state = self._written = WindowState.read(self._state_path)
        self._language = Language(application)
        self._language.speak(self._state.language)
        self._bridge = Bridge(opener(self._profile))
        self.view_models = ViewModels.over(self._bridge)
        self._look_as_before(self.view_models)
        self._frame = Frame(self.view_models)
        self._locking = Locking(self._bridge, self._frame, self._adopt)
        self._idle = IdleWatch(self._frame.window)
        self._crash = CrashWatch(profile.care, self._frame.engine, self._bridge, self._tell_crash)
        self._keeping = Keeping(self._frame.window, self._keep)
        self._keeping.follow(self.view_models)
        self._started = self._unlocking = self._locked = False
        self._began_locked = self._state.locked
        self._opening = Opening(application, self._offer_file)
        self._follow_lock()
        self._signals: QuitSignals | None = None

    @property
    def window(self) -> QQuickWindow:
        return self._frame.window

    def run(self, first_frame_patience_ms: int) -> int:
        """Until the window is closed."""
        self._signals = QuitSignals(self._application.quit)
        self._restore_window()
        self.window.frameSwapped.connect(self.start, Qt.ConnectionType.QueuedConnection)
        QTimer.singleShot(first_frame_patience_ms, self.start)
        self.window.show()
        code = self._application.exec()
        self.put_away()
        return code

    def run_to_first_frame(self) -> float:
        """Show the window as ever, and put it away at its first frame; the profile stays closed.

        When that frame was there, in seconds of ``time.monotonic``.
        """
        shown_at: list[float] = []

        def shown() -> None:
            shown_at.append(time.monotonic())
            self._application.quit()

        self._restore_window()
        self.window.frameSwapped.connect(shown)
        self.window.show()
        self._application.exec()
        self.put_away()
        return shown_at[0]

    def start(self) -> None:
        """Open the profile; once, however often it is called."""
        if not self._started:
            self._started = True
            self._crash.start()
            self._bridge.start()
            self._start_view_models()
            self._let_files_in()

    def open_file(self, path: str) -> None:
        """Offer to use a model that the user has, once the profile opens and nothing is locked; "" is none."""
        self._opening.open(path)

    def _let_files_in(self) -> None:
        self._opening.may(self._started and not self._locked)

    def _offer_file(self, path: str) -> None:
        """As if it had been chosen on the page of models, which also says why one cannot be used."""
        self.view_models.app.setProperty("page", "models")
        self.view_models.models.inspectFile(QUrl.fromLocalFile(path))

    def _tell_crash(self, bad_end: BadEnd) -> None:
        self.view_models.crash.tell(bad_end.kind, bad_end.report)

    def _start_view_models(self) -> None:
        """Behind the lock they ask for nothing."""
        if not self._locked:
            self.view_models.start()

    def _open_again(self, secret: str) -> None:
        self._unlocking = bool(secret)
        self._bridge.restart(opener(self._profile, secret))
        self._start_view_models()

    # The lock.

    def _follow_lock(self) -> None:
        lock = self.view_models.lock
        lock.lockedChanged.connect(self._lock_moved)
        lock.limitChanged.connect(lambda: self._idle.limit(lock.limit_s))
        self._idle.idle.connect(lock.lock)
        self._bridge.stateChanged.connect(self._opened_by_hand)
        if self._state.locked:
            self._locked = True
            lock.begin_locked()
        else:
            self._restore_place()

    def _opened_by_hand(self) -> None:
        """A secret that opened the profile opens its window, too."""
        if self._bridge.state == "ready" and self._unlocking:
            self._unlocking = False
            self.view_models.lock.release()

    def _lock_moved(self) -> None:
        locked = bool(self.view_models.lock.property("locked"))
        if locked == self._locked:
            return
        if locked:
            self._state = self._current()
            self._locked = True
            self._locking.begin()
        else:
            self._locked = False
            draft_id = self._locking.draft_id
            if self._locking.end() or self._began_locked:
                if draft_id:
                    self._state = replace(self._state, conversation_id=draft_id, message_place="")
                self._restore_place()
                self._start_view_models()
            self._began_locked = False
        self._let_files_in()
        self._remember()

    def _recover(self, recovery: Recovery) -> None:
        self._bridge.restart(opener(self._profile, recovery=recovery))
        self._start_view_models()

    def _speak(self, language: str) -> None:
        if self._language.speak(language):
            self._frame.say_again()

    def _asked_for(self, file: str) -> None:
        """Another start of the program: on the host thread, so hand it over."""
        self._bridge.post(self._raise)
        self._bridge.post(lambda: self.open_file(file))

    def _raise(self) -> None:
        self.window.show()
        self.window.raise_()
        self.window.requestActivate()

    def _adopt(self, view_models: ViewModels) -> None:
        """Make view-models the window's own: they look as those before, and are heard."""
        self._look_as_before(view_models)
        self._keeping.follow(view_models)
        self._crash.tell_again()

    def _look_as_before(self, view_models: ViewModels) -> None:
        self.view_models, state, app = view_models, self._state, view_models.app
        app.look(
            theme=state.theme,
            font_scale=state.font_scale,
            high_contrast=state.high_contrast,
            reduced_motion=state.reduced_motion,
        )
        app.speak(state.language)
        app.languageChanged.connect(self._speak)
        app.quitRequested.connect(self._application.quit)
        app.linkOpened.connect(_open_link)
        app.fileOpened.connect(_open_file)
        app.on_open_again(self._open_again)
        app.on_recover(self._recover)
        view_models.crash.dismissed.connect(lambda: self._crash.read())

    def _restore_place(self) -> None:
        """Page and conversation of before."""
        state = self._state
        self.view_models.app.setProperty("page", state.page)
        self.view_models.sources.setProperty("shown", state.sources_shown)
        if state.conversation_id:
            self.view_models.chat.reopen(state.conversation_id, state.message_place)

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

    def _keep(self) -> None:
        """While it runs. A profile that is not open may be another window's, or say nothing yet."""
        if self._bridge.state == "ready":
            self._remember()

    def _remember(self) -> None:
        """Keep where the window is, if that is news."""
        current = self._current()
        if current != self._written:
            self._written = current
            current.write(self._state_path)

    def _current(self) -> WindowState:
        """As it is now. Behind the lock nothing is open: then page, conversation and place are those of before."""
        conversation_id, message_place = self.view_models.chat.conversation_to_reopen()
        window, app, kept = self.window, self.view_models.app, self._state
        maximised = window.visibility() == QQuickWindow.Visibility.Maximized
        place = QRect(window.x(), window.y(), window.width(), window.height())
        if maximised:
            place = QRect(kept.x or 0, kept.y or 0, kept.width, kept.height)
        state = WindowState(
            x=place.x(),
            y=place.y(),
            width=place.width(),
            height=place.height(),
            maximised=maximised,
            page=str(app.property("page")),
            conversation_id=conversation_id,
            message_place=message_place,
            side_bar_shown=bool(window.property("sideBarShown")),
            sources_shown=bool(self.view_models.sources.property("shown")),
            theme=str(app.property("theme")),
            font_scale=float(app.property("fontScale")),
            high_contrast=bool(app.property("highContrast")),
            reduced_motion=bool(app.property("reducedMotion")),
            language=app.language,
            locked=self._locked,
        )
        if not self._locked:
            return state
        return replace(
            state,
            page=kept.page,
            conversation_id=kept.conversation_id,
            message_place=kept.message_place,
            sources_shown=kept.sources_shown,
        )

    def put_away(self) -> None:
        """Keep what is to be kept, then the window, then the host."""
        self._keeping.stop()
        self._opening.stop()
        self._crash.stop()
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
