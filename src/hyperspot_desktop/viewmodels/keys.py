"""How the key of the data is protected: passphrase, asking at every start, and the recovery code to keep."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Failure
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.text import tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients, KeysClient
    from modkit.keys import KeyReport

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

SHORTEST_PASSPHRASE = 8
"""As the key store has it; it has the last word."""


@QmlElement
class KeysViewModel(LoadingViewModel):
    """The state of the key, and the verbs that change it. Secrets pass through and are kept nowhere."""

    reportChanged = Signal()
    busyChanged = Signal()
    noticed = Signal(str)
    passphraseStored = Signal()
    codeMade = Signal(str)
    """A recovery code that has to be shown now: it is stored nowhere."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._report: KeyReport | None = None
        self._busy = False
        self.put_off = False
        """The user wants to hear of the recovery code at the next start, not now."""

    def start(self) -> None:
        """Ask how the key is protected, and whether a recovery code was made just now."""

        async def look(clients: Clients) -> tuple[KeyReport | None, str]:
            keys = clients.keys
            return (
                (None, "") if keys is None else (await keys.report(ask_keyring=False), keys.fresh_recovery_code or "")
            )

        def arrived(found: tuple[KeyReport | None, str]) -> None:
            self._arrived(found[0])
            if found[1] and self.property("codeReminder"):
                self.codeMade.emit(found[1])

        self._bridge.call(look, arrived, self._not_loaded)

    # How it is.

    @Property(bool, notify=reportChanged)
    def known(self) -> bool:
        """There is a key of the profile's own, and its state is known."""
        return self._report is not None

    @Property(str, notify=reportChanged)
    def stateText(self) -> str:
        if self._report is None:
            return ""
        if self._report.asks:
            return tr("Only your passphrase or recovery code opens your data. Every start asks for it.")
        if self._report.storage == "keyring":
            return tr("The key of your data is kept in the keyring of the operating system.")
        if self._report.storage == "file":
            sentence = tr("The key of your data is kept in a file that only your account can read: %1")
            return sentence.replace("%1", str(self._report.plain_file))
        return tr("The key of your data can only be reached by hand.")

    @Property(bool, notify=reportChanged)
    def hasPassphrase(self) -> bool:
        return self._report is not None and "passphrase" in self._report.wraps

    @Property(bool, notify=reportChanged)
    def asks(self) -> bool:
        """Every start asks for the passphrase."""
        return self._report is not None and self._report.asks

    @Property(bool, notify=reportChanged)
    def codeKept(self) -> bool:
        """The user said that the recovery code is kept somewhere."""
        return self._report is not None and self._report.code_kept

    @Property(bool, notify=reportChanged)
    def codeReminder(self) -> bool:
        """Remind of the recovery code, until the next start at the latest."""
        return self._report is not None and not self._report.code_kept and not self.put_off

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        return self._busy

    @Slot(str, str, result=str)
    def passphraseProblem(self, passphrase: str, again: str) -> str:
        """Why the two fields cannot be stored yet, "" when they can or when nothing was typed."""
        if passphrase and len(passphrase) < SHORTEST_PASSPHRASE:
            return tr("At least %1 characters; several words are easy to remember.").replace(
                "%1", str(SHORTEST_PASSPHRASE)
            )
        return tr("The two are not the same.") if again and again != passphrase else ""

    # What can be changed.

    @Slot(str, str)
    def setPassphrase(self, current: str, passphrase: str) -> None:
        """Add or change it; where there is one, ``current`` has to be it, or the recovery code."""
        had = self.property("hasPassphrase")

        async def store(keys: KeysClient) -> None:
            if had:
                await keys.verify(current)
            await keys.set_passphrase(passphrase)

        self._change(store, tr("The passphrase was changed.") if had else tr("The passphrase works from now on."))

    @Slot(str)
    def removePassphrase(self, current: str) -> None:
        """Only the keyring and the recovery code are left then."""

        async def remove(keys: KeysClient) -> None:
            await keys.verify(current)
            await keys.set_passphrase(None)

        self._change(remove, tr("The passphrase no longer opens anything."))

    @Slot(bool)
    def askAtStart(self, asks: bool) -> None:
        sentence = (
            tr("Every start asks for the passphrase.") if asks else tr("Starts no longer ask for the passphrase.")
        )
        self._change(lambda keys: keys.ask_at_start(asks), sentence, stored=False)

    @Slot()
    def newCode(self) -> None:
        """Another recovery code; the old one stops working."""

        async def renew(clients: Clients) -> tuple[str, KeyReport | None]:
            if clients.keys is None:
                return "", None
            return await clients.keys.new_recovery_code(), await clients.keys.report(ask_keyring=False)

        def renewed(made: tuple[str, KeyReport | None]) -> None:
            self._arrived(made[1])
            if made[0]:
                self.codeMade.emit(made[0])
                self.noticed.emit(tr("The old recovery code no longer works."))

        def refused(failure: Failure) -> None:
            # It may be asked for outside the box that shows errors.
            self.noticed.emit(f"{failure.sentence} {failure.action}")

        self._bridge.call(renew, renewed, refused)

    @Slot()
    def confirmCode(self) -> None:
        """The user has kept the code."""
        self._change(lambda keys: keys.confirm_recovery_code(), "", stored=False)

    @Slot()
    def putOffCode(self) -> None:
        """Not now: the next start reminds."""
        self.put_off = True
        self.reportChanged.emit()

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self.reportChanged.emit()

    def _change(self, verb: Callable[[KeysClient], Awaitable[None]], sentence: str, *, stored: bool = True) -> None:
        async def change(clients: Clients) -> KeyReport | None:
            if clients.keys is None:
                return None
            await verb(clients.keys)
            return await clients.keys.report(ask_keyring=False)

        def changed(report: KeyReport | None) -> None:
            self._set_busy(False)
            self._arrived(report)
            if stored:
                self.passphraseStored.emit()
            if sentence:
                self.noticed.emit(sentence)

        def refused(failure: Failure) -> None:
            self._set_busy(False)
            self._not_loaded(failure)
            self.reportChanged.emit()  # a switch that was moved goes back

        if self._busy:
            return
        self._set_busy(True)
        self._fail(None)
        self._bridge.call(change, changed, refused)

    def _arrived(self, report: KeyReport | None) -> None:
        self._report = report
        self._loaded()
        self.reportChanged.emit()

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busyChanged.emit()
