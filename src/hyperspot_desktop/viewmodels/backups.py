"""The Backups page: what there is, and the verbs on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Failure
from hyperspot_desktop.viewmodels.backup_rows import BackupRow, TrashedBackupRow, backup_row, named, trashed_row
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.rows import RowModel
from hyperspot_desktop.viewmodels.text import moment_text, tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.backups.contract import BackupInfo, BackupsStatus, RestoreDecision, TrashedBackup

    Read = tuple[list[BackupInfo], BackupsStatus, list[TrashedBackup]]

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

# The names that the backups module gives its settings.
AUTOMATIC = "backups.automatic"
SECOND_FOLDER = "backups.second_folder"


@QmlElement
class BackupsViewModel(LoadingViewModel):
    """Read when the page is shown and after every verb; a start of the program has no time for it.

    Nothing here is destructive at once: ``backupTrashed`` and ``restoreDecidedNow`` offer the way back.
    """

    statusChanged = Signal()
    noticed = Signal(str)
    backupTrashed = Signal(str, str)
    """Name and what it is called; the way back is ``takeBack``."""
    restoreDecidedNow = Signal(str)
    """When the backup was made; the way back is ``undoDecision``."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._rows = RowModel(BackupRow, self)
        self._trash = RowModel(TrashedBackupRow, self)
        self._read: Read | None = None
        self._checking: set[str] = set()
        self._creating = False
        self._decided = ""
        self._reading = False
        self._again = False
        self._not_read_last = False
        self._wanted = False

    # What the page shows.

    @Property(QObject, constant=True)
    def rows(self) -> RowModel:
        return self._rows

    @Property(QObject, constant=True)
    def trashed(self) -> RowModel:
        return self._trash

    def rows_now(self) -> list[BackupRow]:
        """What the list shows, for Python."""
        return list(self._rows.rows)

    @Property(bool, notify=statusChanged)
    def creating(self) -> bool:
        return self._creating

    @Property(bool, notify=statusChanged)
    def known(self) -> bool:
        """Whether the backups have been read at all."""
        return self._read is not None

    @Property(str, notify=statusChanged)
    def summary(self) -> str:
        """One sentence on how safe the user is."""
        status = self._status
        if status is None:
            return ""
        if status.newest_good is None:
            return tr("There is no checked backup yet.")
        moment = moment_text(status.newest_good.created_at, date.today())
        return tr("The newest checked backup is from %1.").replace("%1", moment)

    @Property(bool, notify=statusChanged)
    def automatic(self) -> bool:
        return self._status is not None and self._status.automatic

    @Property(str, notify=statusChanged)
    def secondFolder(self) -> str:
        """Its path, or ""."""
        folder = self._status.second_folder if self._status is not None else None
        return "" if folder is None else str(folder)

    @Property(str, notify=statusChanged)
    def problem(self) -> str:
        """What went wrong with the last automatic backup, or ""."""
        return "" if self._status is None else self._status.problem

    @Property(str, notify=statusChanged)
    def problemAction(self) -> str:
        return "" if self._status is None else self._status.action

    @Property(bool, notify=statusChanged)
    def restoreDecided(self) -> bool:
        """The next start puts a backup in the place of everything."""
        return self._status is not None and self._status.restore_decided

    @Property(str, notify=statusChanged)
    def decisionText(self) -> str:
        sentence = tr("At the next start, the backup from %1 takes the place of everything.")
        if not self._decided:
            return tr("At the next start, a backup takes the place of everything.")
        return sentence.replace("%1", self._decided)

    # Following.

    @Slot()
    def refresh(self) -> None:
        """One reading at a time; a wish that comes meanwhile is fulfilled afterwards."""
        self._wanted = True
        if self._reading:
            self._again = True
            return
        self._reading, self._again = True, False
        self._bridge.call(_read, self._arrived, self._not_read)

    def start(self) -> None:
        """Once more for another host, if the page was shown before: one that did not open answers nothing."""
        self._reading, self._creating, self._decided = False, False, ""
        self._checking.clear()
        if self._wanted:
            self.refresh()

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self._show()

    # Verbs.

    @Slot()
    def create(self) -> None:
        """A backup now, checked page by page."""
        if self._creating:
            return
        self._creating = True
        self.statusChanged.emit()

        def done(made: list[BackupInfo]) -> None:
            self._creating = False
            self.noticed.emit(tr("The backup is made, and every page of it was checked."))
            self.refresh()

        self._bridge.call(lambda clients: clients.backups.create(clients.ctx), done, self._not_done)

    @Slot(str)
    def verify(self, name: str) -> None:
        """Read every page of a backup now."""
        self._checking.add(name)
        self._show()

        def done(checked: BackupInfo) -> None:
            self._checking.discard(name)
            if checked.state == "damaged":
                self.noticed.emit(tr("The backup is damaged: nothing can be restored from it."))
            else:
                self.noticed.emit(tr("The backup is whole: every page of it was read."))
            self.refresh()

        def failed(failure: Failure) -> None:
            self._checking.discard(name)
            self._not_done(failure)

        self._bridge.call(lambda clients: clients.backups.verify(clients.ctx, name), done, failed)

    @Slot(str)
    def remove(self, name: str) -> None:
        """Into the trash; ``backupTrashed`` offers the way back."""

        def done(removed: BackupInfo) -> None:
            self.backupTrashed.emit(name, named(removed, date.today()))

        self._do(lambda clients: clients.backups.remove(clients.ctx, name), done)

    @Slot(str)
    def takeBack(self, name: str) -> None:
        """Out of the trash."""
        self._do(lambda clients: clients.backups.take_back(clients.ctx, name))

    @Slot(str)
    def deleteForEver(self, name: str) -> None:
        """Only from the trash."""
        self._do(lambda clients: clients.backups.delete_for_ever(clients.ctx, name))

    @Slot(str)
    def restoreEverything(self, name: str) -> None:
        """At the next start; ``restoreDecidedNow`` offers the way back."""

        def done(decision: RestoreDecision) -> None:
            self._decided = moment_text(decision.backup.created_at, date.today())
            self.restoreDecidedNow.emit(self._decided)

        self._do(lambda clients: clients.backups.restore_everything(clients.ctx, name), done)

    @Slot()
    def undoDecision(self) -> None:
        """Everything stays as it is."""

        def done(undone: bool) -> None:
            self._decided = ""
            self.noticed.emit(tr("Everything stays as it is.") if undone else tr("There was nothing to take back."))

        self._do(lambda clients: clients.backups.undo_restore(clients.ctx), done)

    @Slot(bool)
    def setAutomatic(self, wanted: bool) -> None:
        self._do(lambda clients: clients.settings.set(clients.ctx, AUTOMATIC, wanted))

    @Slot(QUrl)
    def chooseSecondFolder(self, url: QUrl) -> None:
        """A folder that gets a copy of the newest backup; an empty address for none."""
        path_text = str(Path(url.toLocalFile())) if url.isLocalFile() else ""
        self._do(lambda clients: clients.settings.set(clients.ctx, SECOND_FOLDER, path_text))

    @Slot()
    def forgetSecondFolder(self) -> None:
        """What was copied there stays."""
        self.chooseSecondFolder(QUrl())

    def _do(self, work: Callable[[Clients], Awaitable[Any]], after: Callable[[Any], None] | None = None) -> None:
        def done(result: Any) -> None:
            if after is not None:
                after(result)
            self.refresh()

        self._bridge.call(work, done, self._not_done)

    def _not_done(self, failure: Failure) -> None:
        self._creating = False
        self._fail(failure)
        self._show()

    def _not_read(self, failure: Failure) -> None:
        self._reading, self._not_read_last = False, True
        self._not_loaded(failure)
        self._show()

    def _arrived(self, read: Read) -> None:
        self._reading = False
        self._read = read
        self._set_loading(False)
        if self._not_read_last:
            # What failed was the reading; a verb that failed stays said until it is dismissed.
            self._not_read_last = False
            self._fail(None)
        self._show()
        if self._again:
            self.refresh()

    @property
    def _status(self) -> BackupsStatus | None:
        return None if self._read is None else self._read[1]

    def _show(self) -> None:
        if self._read is not None:
            backups, _, trashed = self._read
            today = date.today()
            self._rows.replace([backup_row(one, self._checking, today) for one in backups], _same)
            self._trash.replace([trashed_row(one, today) for one in trashed])
        self.statusChanged.emit()


async def _read(clients: Clients) -> Read:
    backups, ctx = clients.backups, clients.ctx
    return await backups.all(ctx), await backups.status(ctx), await backups.trashed(ctx)


def _same(old: BackupRow, new: BackupRow) -> bool:
    return old.name == new.name
