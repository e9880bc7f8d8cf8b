"""What the window says after a run that ended badly, and the report that can be saved of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Property, QObject, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.viewmodels.text import tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CrashViewModel(QObject):
    """Silent until it is told of a bad end; silent again when that was read."""

    endChanged = Signal()
    problemChanged = Signal()
    dismissed = Signal()
    saved = Signal(str)
    """A sentence that says where the report is."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent or bridge)
        self._bridge = bridge
        self._kind: Literal["", "crashed", "stopped"] = ""
        self._report = ""
        self._problem = False

    @Property(str, notify=endChanged)
    def sentence(self) -> str:
        """What happened, or ""."""
        if self._kind == "crashed":
            return tr("HyperSpot crashed when it last ran; nothing that was saved is lost.")
        if self._kind == "stopped":
            return tr("HyperSpot was stopped before it could end when it last ran; nothing that was saved is lost.")
        return ""

    @Property(str, notify=endChanged)
    def action(self) -> str:
        """What can be done about it, or ""."""
        if not self._kind:
            return ""
        return tr("A report without your words was written on this computer. It is sent nowhere.")

    @Property(str, notify=endChanged)
    def report(self) -> str:
        """What would be saved, to be read before."""
        return self._report

    @Property(str, notify=problemChanged)
    def problemSentence(self) -> str:
        return tr("The report could not be saved there.") if self._problem else ""

    @Property(str, notify=problemChanged)
    def problemAction(self) -> str:
        return tr("Choose another place.") if self._problem else ""

    @Property(QUrl, constant=True)
    def suggestedFile(self) -> QUrl:
        """Where the report would be saved."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return QUrl.fromLocalFile(str(Path(folder) / f"hyperspot-report-{date.today():%Y-%m-%d}.txt"))

    def tell(self, kind: Literal["crashed", "stopped"], report: str) -> None:
        """The last run ended badly; ``report`` is redacted."""
        self._kind, self._report = kind, report
        self.endChanged.emit()

    @Slot(QUrl)
    def saveTo(self, place: QUrl) -> None:
        """Write the report that is shown, whatever was in the file before."""
        path, report = Path(place.toLocalFile()), self._report

        async def save(_: Clients) -> bool:
            import asyncio

            return await asyncio.to_thread(_written, path, report)

        def done(written: bool) -> None:
            if written:
                self.saved.emit(tr("The report is saved: %1").replace("%1", path.name))
            else:
                self._not_saved(True)

        self._not_saved(False)
        self._bridge.call(save, done, lambda _: self._not_saved(True))

    @Slot()
    def dismiss(self) -> None:
        """It has been read."""
        self._kind = ""
        self._report = ""
        self._not_saved(False)
        self.endChanged.emit()
        self.dismissed.emit()

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self.endChanged.emit()
        self.problemChanged.emit()

    def _not_saved(self, problem: bool) -> None:
        self._problem = problem
        self.problemChanged.emit()


def _written(path: Path, report: str) -> bool:
    try:
        path.write_text(report, encoding="utf-8")
    except OSError:
        return False
    return True
