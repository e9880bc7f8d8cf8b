"""The window itself: which page, which look, how the start went, and what leaves this computer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.clients import Recovery
from hyperspot_desktop.links import citation_of, opens_as_document, safe_link
from hyperspot_desktop.viewmodels.text import amount, moment_text, tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.jobs_manager.contract import Job

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

PAGES = ("chat", "documents", "search", "models", "activity", "trash", "settings", "exchange", "backups")
DOWNLOAD_KINDS = frozenset({"model-download"})
"""Jobs that talk to the network."""
KEY_CODES = frozenset(
    {"key_unavailable", "passphrase_wanted", "wrong_passphrase", "invalid_recovery_code", "no_such_wrap"}
)
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
        self._recover: Callable[[Recovery], None] | None = None
        self._recovering: Literal["", "repair", "restore"] = ""
        bridge.stateChanged.connect(self._state_changed)

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

    def on_recover(self, recover: Callable[[Recovery], None]) -> None:
        """How to do what the user chose about a bad file, and open the profile then."""
        self._recover = recover

    def _state_changed(self) -> None:
        if self._bridge.state in ("ready", "failed"):
            self._recovering = ""
        self.stateChanged.emit()

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

    @Property(bool, notify=stateChanged)
    def damaged(self) -> bool:
        """The profile's file is bad, and there is something to choose."""
        return "database" in self._details

    @Property(bool, notify=stateChanged)
    def lost(self) -> bool:
        """The profile's file is not there at all, so there is nothing of it to repair."""
        return "lost" in self._details

    @Property(str, notify=stateChanged)
    def backupText(self) -> str:
        """The newest backup that passes every check, or ""."""
        details = self._details
        if "backup" not in details:
            return ""
        moment = moment_text(datetime.fromisoformat(details["backup_made_at"]), date.today())
        count = details["backup_conversations"]
        if not count:
            return tr("The newest whole backup is from %1.").replace("%1", moment)
        inside = amount(int(count), "1 conversation", "%1 conversations")
        return tr("The newest whole backup is from %1 and has %2.").replace("%1", moment).replace("%2", inside)

    @Property(str, notify=stateChanged)
    def recovering(self) -> str:
        """ "repair" or "restore" while it is done, else ""."""
        return self._recovering

    @Slot(str)
    def recover(self, how: str) -> None:
        """ "repair": put together what can be read; "restore": put the newest whole backup in place."""
        if self._recover is None or "database" not in self._details or how not in ("repair", "restore"):
            return
        path = Path(self._details["database"])
        # Said before the window starts anew, so that it never shows the empty pages of a start in between.
        self._recovering = "repair" if how == "repair" else "restore"
        self.stateChanged.emit()
        self._recover(Recovery(self._recovering, path))

    @Slot()
    def showDatabase(self) -> None:
        """The folder of the bad file, in the file manager."""
        if "database" in self._details:
            self.fileOpened.emit(str(Path(self._details["database"]).parent))

    @property
    def _details(self) -> Mapping[str, str]:
        return self._bridge.failure.details if self._bridge.failure is not None else {}

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

    @Property(bool, notify=stateChanged)
    def keyAsked(self) -> bool:
        """Nothing went wrong: the user wants to be asked for the passphrase at every start."""
        return self._bridge.failure is not None and self._bridge.failure.code == "passphrase_wanted"

    # The recovery code, once, and again when a new one is wanted.

    @Property(str, notify=recoveryCodeChanged)
    def recoveryCode(self) -> str:
        """Shown when it was made, until it is put away; it is stored nowhere."""
        return self._recovery_code

    @Slot()
    def copyRecoveryCode(self) -> None:
        self.textCopied.emit(self._recovery_code)

    @Slot()
    def forgetRecoveryCode(self) -> None:
        self.show_recovery_code("")

    def show_recovery_code(self, code: str) -> None:
        """A code that was made just now, "" to put it away."""
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
