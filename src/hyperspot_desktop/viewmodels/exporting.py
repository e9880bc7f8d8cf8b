"""Exports from the window: which conversations, in which format, to which place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Property, QObject, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.viewmodels.exchange import ExchangeViewModel
from hyperspot_desktop.viewmodels.rows import RowModel
from hyperspot_desktop.viewmodels.text import amount, moment_text, size, tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modkit.security import SecurityContext
    from modules.chat.contract import Conversation
    from modules.portability.contract import ExportReport, PortabilityClient, Tell

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

SCOPES = ("all", "chosen", "profile")
SUFFIXES = {"markdown": "md", "html": "html", "pdf": "pdf", "json": "json", "archive": "zip"}
_PAGE = 500
_SHOWN = 500
"""More would make the window wait; the filter finds the others."""


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A conversation that may be exported."""

    conversation_id: str
    title: str
    day: str
    chosen: bool


@QmlElement
class ExportViewModel(ExchangeViewModel):
    """A choice, and what became of the last export."""

    choiceChanged = Signal()
    doneChanged = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._scope, self._format = "all", "markdown"
        self._rows = RowModel(ChoiceRow, self)
        self._all: list[Conversation] = []
        self._chosen: set[str] = set()
        self._filter = ""
        self._report: ExportReport | None = None

    # What is to be exported.

    def _get_scope(self) -> str:
        return self._scope

    def _set_scope(self, scope: str) -> None:
        if scope in SCOPES and scope != self._scope:
            self._scope = scope
            self.choiceChanged.emit()

    scope = Property(str, _get_scope, _set_scope, notify=choiceChanged)

    def _get_format(self) -> str:
        return self._format

    def _set_format(self, format_: str) -> None:
        if format_ in SUFFIXES and format_ != self._format:
            self._format = format_
            self.choiceChanged.emit()

    format = Property(str, _get_format, _set_format, notify=choiceChanged)

    def _get_filter(self) -> str:
        return self._filter

    def _set_filter(self, text: str) -> None:
        if text != self._filter:
            self._filter = text
            self._show()

    filter = Property(str, _get_filter, _set_filter, notify=choiceChanged)

    @Property(QObject, constant=True)
    def choices(self) -> RowModel:
        return self._rows

    @Property(int, notify=choiceChanged)
    def total(self) -> int:
        return len(self._all)

    @Property(int, notify=choiceChanged)
    def chosenCount(self) -> int:
        return len(self._chosen)

    @Property(bool, notify=choiceChanged)
    def possible(self) -> bool:
        """Whether there is something to export."""
        return self._is_possible()

    def _is_possible(self) -> bool:
        return self._scope == "profile" or bool(self._all if self._scope == "all" else self._chosen)

    @Property(bool, notify=choiceChanged)
    def wantsFolder(self) -> bool:
        """Several files go into a folder of their own; one conversation and an archive are one file."""
        one = self._scope == "chosen" and len(self._chosen) == 1
        return not one and not self._is_archive()

    @Property(str, notify=choiceChanged)
    def suffix(self) -> str:
        return self._suffix()

    def _suffix(self) -> str:
        return "zip" if self._is_archive() else SUFFIXES[self._format]

    @Property(str, notify=choiceChanged)
    def suggestedName(self) -> str:
        """A name for the file."""
        return self._suggested_name()

    def _suggested_name(self) -> str:
        suffix = self._suffix()
        if self._scope == "chosen" and len(self._chosen) == 1 and not self._is_archive():
            title = next((one.title for one in self._all if str(one.id) in self._chosen), "")
            return f"{_file_name(title)}.{suffix}"
        return f"HyperSpot {date.today():%Y-%m-%d}.{suffix}"

    @Property(QUrl, constant=True)
    def suggestedFolder(self) -> QUrl:
        """Where documents are kept, where there is such a place."""
        return QUrl.fromLocalFile(_documents())

    @Property(QUrl, notify=choiceChanged)
    def suggestedFile(self) -> QUrl:
        return QUrl.fromLocalFile(f"{_documents()}/{self._suggested_name()}")

    def rows_now(self) -> list[ChoiceRow]:
        """What the list shows, for Python."""
        return list(self._rows.rows)

    @Slot()
    def load(self) -> None:
        """Ask for the conversations that there are; a choice that was made stays."""
        self._set_loading(not self._all)
        self._bridge.call(_conversations, self._arrived, self._not_loaded)

    @Slot(str, bool)
    def choose(self, conversation_id: str, chosen: bool) -> None:
        (self._chosen.add if chosen else self._chosen.discard)(conversation_id)
        self._show()

    @Slot(bool)
    def chooseShown(self, chosen: bool) -> None:
        """All that the filter finds, or none of them."""
        shown = {str(one.id) for one in self._found()}
        self._chosen = self._chosen | shown if chosen else self._chosen - shown
        self._show()

    @Slot(str)
    def chooseOnly(self, conversation_id: str) -> None:
        """One conversation, from its menu."""
        self._scope, self._chosen, self._filter = "chosen", {conversation_id}, ""
        self._show()
        self.load()

    # The export itself.

    @Property(str, notify=doneChanged)
    def doneText(self) -> str:
        """What was written; "" before the first export and while one runs."""
        if self._report is None:
            return ""
        what = amount(self._report.conversations, "1 conversation", "%1 conversations")
        text = tr("%1 written, %2.").replace("%1", what)
        return text.replace("%2", size(self._report.size_bytes))

    @Property(str, notify=doneChanged)
    def donePath(self) -> str:
        return str(self._report.path) if self._report is not None else ""

    @Slot(QUrl)
    def exportTo(self, url: QUrl) -> None:
        """Write it: to this file (the dialog has asked about one that is there), or into a new folder in this one."""
        if not url.isLocalFile() or self._step or not self._is_possible():
            return
        place = Path(url.toLocalFile())
        scope, format_, folder = self._scope, self._format, bool(self.wantsFolder)
        ids = [UUID(one) for one in sorted(self._chosen)] if scope == "chosen" else None
        self._set_report(None)

        async def write(portability: PortabilityClient, ctx: SecurityContext, tell: Tell) -> ExportReport:
            import asyncio

            from modules.portability.contract import ExportFormat

            if scope == "profile":
                return await portability.export_profile(ctx, place, replace=True, tell=tell)
            target = await asyncio.to_thread(_free_folder, place) if folder else place
            return await portability.export(ctx, target, ExportFormat(format_), ids, replace=not folder, tell=tell)

        self._begin("writing", write, self._set_report)

    @Slot()
    def dismiss(self) -> None:
        """What was written has been seen."""
        self._set_report(None)

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self._show()
        self.doneChanged.emit()
        self.progressChanged.emit()

    def _set_report(self, report: ExportReport | None) -> None:
        if report is not self._report:
            self._report = report
            self.doneChanged.emit()

    def _is_archive(self) -> bool:
        return self._scope == "profile" or self._format == "archive"

    def _arrived(self, found: list[Conversation]) -> None:
        self._loaded()
        self._all = found
        self._chosen &= {str(one.id) for one in found}
        self._show()

    def _show(self) -> None:
        today = date.today()
        rows = [self._row(one, today) for one in islice(self._found(), _SHOWN)]
        self._rows.replace(rows, lambda old, new: bool(old.conversation_id == new.conversation_id))
        self.choiceChanged.emit()

    def _found(self) -> Iterator[Conversation]:
        wanted = self._filter.casefold()
        return (one for one in self._all if wanted in one.title.casefold())

    def _row(self, one: Conversation, today: date) -> ChoiceRow:
        chosen = str(one.id) in self._chosen
        return ChoiceRow(str(one.id), one.title or tr("New chat"), moment_text(one.updated_at, today), chosen)


async def _conversations(clients: Clients) -> list[Conversation]:
    found: list[Conversation] = []
    while page := await clients.chat.conversations(clients.ctx, limit=_PAGE, offset=len(found)):
        found += page
    # One that was used while we asked has moved to the front and may come twice.
    return list({one.id: one for one in found}.values())


def _documents() -> str:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return folder if Path(folder).is_dir() else str(Path.home())


def _free_folder(parent: Path) -> Path:
    """A folder that is not there yet."""
    name = tr("HyperSpot conversations %1").replace("%1", f"{date.today():%Y-%m-%d}")
    target, count = parent / name, 2
    while target.exists():
        target, count = parent / f"{name} ({count})", count + 1
    return target


def _file_name(title: str) -> str:
    kept = "".join(" " if one in '<>:"/\\|?*' or not one.isprintable() else one for one in title)
    return kept.strip(" .")[:60].strip(" .") or "Conversation"
