"""The window itself: which page, which look, how the start went, and what leaves this computer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.links import citation_of, opens_as_document, safe_link
from hyperspot_desktop.viewmodels.text import tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.jobs_manager.contract import Job

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

PAGES = ("chat", "documents", "search", "models", "activity", "trash", "settings")
DOWNLOAD_KINDS = frozenset({"model-download"})
"""Jobs that talk to the network."""
KEY_CODES = frozenset({"key_unavailable", "wrong_passphrase", "invalid_recovery_code", "no_such_wrap"})
"""Failures that a recovery code or passphrase can help with."""


@QmlElement
class AppViewModel(QObject):
    """The frame around the pages."""

    pageChanged = Signal()
    stateChanged = Signal()
    lookChanged = Signal()
    privacyChanged = Signal()
    recoveryCodeChanged = Signal()
    languageChanged = Signal(str)
    toastShown = Signal(str, str)
    """A sentence, and the name of the verb that undoes it ("" when there is none)."""
    linkOpened = Signal(str)
    """An address that may be opened, and that the user wanted."""
    citationWanted = Signal(str, int)
    """A message, and the number in it that the user wants to see the source of."""
    fileOpened = Signal(str)
    """A file or folder of this computer that is there, may be opened by another program, and that the user wanted."""
    mailConfirmationWanted = Signal(str)
    quitRequested = Signal()
    textCopied = Signal(str)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent or bridge)
        self._bridge = bridge
        self._page = "chat"
        self._theme = "system"
        self._font_scale = 1.0
        self._high_contrast = False
        self._reduced_motion = False
        self._downloads = 0
        self._offline = False
        self._recovery_code = ""
        self.language = "system"
        self._undo: Callable[[], None] | None = None
        self._again: Callable[[str], None] | None = None
        bridge.stateChanged.connect(self.stateChanged)

    def speak(self, language: str) -> None:
        """The language of the window: "system", "en", "de", "zh"."""
        if language != self.language:
            self.language = language
            self.languageChanged.emit(language)

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self.privacyChanged.emit()

    def on_open_again(self, again: Callable[[str], None]) -> None:
        """How to open the profile once more; it is given a recovery code or passphrase, or ""."""
        self._again = again

    def _get_page(self) -> str:
        return self._page

    def _set_page(self, page: str) -> None:
        if page in PAGES and page != self._page:
            self._page = page
            self.pageChanged.emit()

    page = Property(str, _get_page, _set_page, notify=pageChanged)

    # How the start went.

    @Property(str, notify=stateChanged)
    def state(self) -> str:
        """ "starting", "ready" or "failed"."""
        return self._bridge.state if self._bridge.state in ("ready", "failed") else "starting"

    @Property(str, notify=stateChanged)
    def errorSentence(self) -> str:
        return self._bridge.failure.sentence if self._bridge.failure else ""

    @Property(str, notify=stateChanged)
    def errorAction(self) -> str:
        return self._bridge.failure.action if self._bridge.failure else ""

    @Property(str, notify=stateChanged)
    def errorCode(self) -> str:
        return self._bridge.failure.code if self._bridge.failure else ""

    @Property(bool, notify=stateChanged)
    def keyNeeded(self) -> bool:
        """The profile is locked: a recovery code or passphrase may open it."""
        return self._bridge.failure is not None and self._bridge.failure.code in KEY_CODES

    @Slot(str)
    def openAgain(self, secret: str) -> None:
        """Try again; ``secret`` is what the user typed, or "". It is kept nowhere."""
        if self._again is not None:
            self._again(secret)

    @Slot()
    def quit(self) -> None:
        self.quitRequested.emit()

    # How it looks.

    @Property(str, notify=lookChanged)
    def theme(self) -> str:
        """ "system", "light" or "dark"."""
        return self._theme

    @Property(float, notify=lookChanged)
    def fontScale(self) -> float:
        return self._font_scale

    @Property(bool, notify=lookChanged)
    def highContrast(self) -> bool:
        return self._high_contrast

    @Property(bool, notify=lookChanged)
    def reducedMotion(self) -> bool:
        return self._reduced_motion

    def look(
        self,
        *,
        theme: str | None = None,
        font_scale: float | None = None,
        high_contrast: bool | None = None,
        reduced_motion: bool | None = None,
    ) -> None:
        """Change how the window looks; None leaves as it is."""
        self._theme = theme if theme is not None else self._theme
        self._font_scale = min(2.0, max(0.8, font_scale)) if font_scale is not None else self._font_scale
        self._high_contrast = high_contrast if high_contrast is not None else self._high_contrast
        self._reduced_motion = reduced_motion if reduced_motion is not None else self._reduced_motion
        self.lookChanged.emit()

    # What leaves this computer.

    @Property(str, notify=privacyChanged)
    def privacyTitle(self) -> str:
        if self._downloads:
            return tr("Downloading")
        return tr("Offline") if self._offline else tr("Local only")

    @Property(str, notify=privacyChanged)
    def privacyText(self) -> str:
        if self._downloads:
            return tr("Only model downloads")
        return tr("Every connection is refused") if self._offline else tr("Nothing leaves this computer")

    @Property(bool, notify=privacyChanged)
    def online(self) -> bool:
        return self._downloads > 0

    def follow_jobs(self, jobs: list[Job]) -> None:
        """Downloads are the only thing here that talks to the network: count those that run."""
        running = sum(1 for job in jobs if job.kind in DOWNLOAD_KINDS and job.state == "running")
        if running != self._downloads:
            self._downloads = running
            self.privacyChanged.emit()

    def stay_offline(self, offline: bool) -> None:
        """The user's switch that refuses every connection."""
        if offline != self._offline:
            self._offline = offline
            self.privacyChanged.emit()

    # The recovery code, once, and again when a new one is wanted.

    @Property(str, notify=recoveryCodeChanged)
    def recoveryCode(self) -> str:
        """Shown when it was made, until it is put away; it is stored nowhere."""
        return self._recovery_code

    def start(self) -> None:
        """Ask whether this was the profile's first start."""

        async def fresh(clients: Clients) -> str:
            return clients.fresh_recovery_code

        self._bridge.call(fresh, self._show_recovery_code)

    @Slot()
    def newRecoveryCode(self) -> None:
        """Another code; the old one stops working."""

        async def renew(clients: Clients) -> str:
            return "" if clients.new_recovery_code is None else await clients.new_recovery_code()

        def renewed(code: str) -> None:
            self._show_recovery_code(code)
            if code:
                self.toast(tr("The old recovery code no longer works."))

        self._bridge.call(renew, renewed, lambda failure: self.toast(f"{failure.sentence} {failure.action}"))

    @Slot()
    def copyRecoveryCode(self) -> None:
        self.textCopied.emit(self._recovery_code)

    @Slot()
    def forgetRecoveryCode(self) -> None:
        self._show_recovery_code("")

    def _show_recovery_code(self, code: str) -> None:
        if code != self._recovery_code:
            self._recovery_code = code
            self.recoveryCodeChanged.emit()

    # Toasts, links.

    @Slot(str)
    def toast(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        """Say something for a few seconds, with a way back if there is one."""
        self._undo = undo
        self.toastShown.emit(sentence, tr("Undo") if undo is not None else "")

    @Slot(str)
    def copy(self, text: str) -> None:
        """Into the clipboard."""
        self.textCopied.emit(text)

    @Slot()
    def undo(self) -> None:
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()

    @Slot(str)
    def openLink(self, address: str) -> None:
        """The one way out for an address: http and https open, mailto asks, everything else is refused aloud.

        A citation leads to its source, inside the window.
        """
        allowed, cited = safe_link(address), citation_of(address)
        if cited is not None:
            self.citationWanted.emit(*cited)
        elif allowed is None:
            self.toast(tr("This address is not opened: only web addresses are."))
        elif allowed.startswith("mailto:"):
            self.mailConfirmationWanted.emit(allowed)
        else:
            self.linkOpened.emit(allowed)

    @Slot(str)
    def openFile(self, path_text: str) -> None:
        """Open a document with the program that the system has for it; what could run is only shown in its folder."""
        if opens_as_document(path_text):
            self._open_if_there(Path(path_text))
        else:
            self.toast(tr("Files of this type are not opened from here: their folder is shown."))
            self.showInFolder(path_text)

    @Slot(str)
    def showInFolder(self, path_text: str) -> None:
        """Show the folder of a file, or a folder itself, in the file manager."""
        self._open_if_there(Path(path_text), folder=True)

    def _open_if_there(self, path: Path, *, folder: bool = False) -> None:
        async def look(_: Clients) -> str:
            import asyncio

            def place() -> str:
                wanted = path.parent if folder and not path.is_dir() else path
                return str(wanted) if wanted.exists() else ""

            return await asyncio.to_thread(place)

        def looked(place: str) -> None:
            if place:
                self.fileOpened.emit(place)
            else:
                self.toast(
                    tr("%1 is not there now. It may have been moved, or its drive taken away.").replace("%1", path.name)
                )

        self._bridge.call(look, looked)

    @Slot(str)
    def openConfirmed(self, address: str) -> None:
        """The user agreed to open a mail address."""
        allowed = safe_link(address)
        if allowed is not None:
            self.linkOpened.emit(allowed)
