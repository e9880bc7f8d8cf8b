"""What stands above every page when something is wrong with the files that hold everything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.viewmodels.rows import RowModel
from hyperspot_desktop.viewmodels.text import moment_text, size, tr

if TYPE_CHECKING:
    from modkit.db.health import StorageHealth
    from modkit.db.repair_notes import RepairNote

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class RepairRow:
    """One thing that was done at a start. ``details`` has a line for each table, ``kept`` is a path or ""."""

    moment: str
    sentence: str
    details: str
    kept: str


@QmlElement
class StorageViewModel(QObject):
    """Follows the storage; each notice goes by itself when its reason is gone, and the one on repairs when it was
    read."""

    healthChanged = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent or bridge)
        self._bridge = bridge
        self._health: StorageHealth | None = None
        self._repairs = RowModel(RepairRow, self)

    @Property(QObject, constant=True)
    def repairs(self) -> RowModel:
        return self._repairs

    @Property(bool, notify=healthChanged)
    def full(self) -> bool:
        return self._missing > 0

    @Property(str, notify=healthChanged)
    def fullSentence(self) -> str:
        if not self._missing:
            return ""
        return tr("The disk is full: nothing new can be stored. An answer under way is kept in memory.")

    @Property(str, notify=healthChanged)
    def fullAction(self) -> str:
        if self._health is None or not self._missing:
            return ""
        action = tr("Free %1 on the disk of your profile (%2 are needed). This goes on by itself then.")
        return action.replace("%1", _upwards(self._missing)).replace("%2", _upwards(self._health.needed_bytes))

    @Property(str, notify=healthChanged)
    def readOnlySentence(self) -> str:
        """Why nothing can be changed, or ""."""
        if self._health is None or not self._health.read_only:
            return ""
        return tr("Nothing can be changed: %1").replace("%1", self._health.read_only)

    @Property(str, notify=healthChanged)
    def repairSentence(self) -> str:
        """What the newest repair saved and what it could not, or ""."""
        repairs = self._notes
        return repairs[-1].sentence if repairs else ""

    @Property(int, notify=healthChanged)
    def repairCount(self) -> int:
        return len(self._notes)

    def start(self) -> None:
        """Follow how it is from now on."""
        self._health = None
        self._bridge.stream(lambda clients: clients.storage.watch(), self._changed)

    @Slot()
    def putAway(self) -> None:
        """What was repaired has been read."""
        if self._health is not None:
            self._show(replace(self._health, repairs=()))
        self._bridge.call(lambda clients: clients.storage.put_away())

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self.healthChanged.emit()

    @property
    def _missing(self) -> int:
        return 0 if self._health is None else self._health.missing_bytes

    @property
    def _notes(self) -> tuple[RepairNote, ...]:
        return () if self._health is None else self._health.repairs

    def _changed(self, healths: list[StorageHealth]) -> None:
        self._show(healths[-1])

    def _show(self, health: StorageHealth) -> None:
        self._health = health
        self._repairs.replace([_row(note) for note in reversed(self._notes)])
        self.healthChanged.emit()


def _row(note: RepairNote) -> RepairRow:
    moment = moment_text(datetime.fromisoformat(note.at), date.today())
    return RepairRow(moment, note.sentence, "\n".join(note.lines), note.kept)


def _upwards(size_bytes: int) -> str:
    """Never less than what is needed: a size is rounded to the nearest megabyte, this one to the next."""
    return size(-(-size_bytes // 1_000_000) * 1_000_000)
