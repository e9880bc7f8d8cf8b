"""Imports in the window: looked at first, stored when one says so, and taken back with one press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.viewmodels.exchange import ExchangeViewModel, portability_of
from hyperspot_desktop.viewmodels.rows import RowModel
from hyperspot_desktop.viewmodels.text import amount, moment_text, tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modkit.security import SecurityContext
    from modules.portability.contract import (
        ImportPreview,
        ImportReport,
        PortabilityClient,
        PreviewedConversation,
        Tell,
        UndoReport,
    )

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_SOURCES = {
    "hyperspot": "HyperSpot",
    "chatgpt": "ChatGPT",
    "claude": "Claude",
    "open-webui": "Open WebUI",
    "lm-studio": "LM Studio",
    "jan": "Jan",
    "gpt4all": "GPT4All",
}


_SHOWN = 500
"""More would make the window wait; how many there are stands above the list."""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A conversation of a file; ``kind`` is "new", "more" (some messages are new) or "known"."""

    conversation_id: str
    title: str
    detail: str
    kind: str
    state_text: str


@QmlElement
class ImportViewModel(ExchangeViewModel):
    """A file that is looked at, its preview, and what became of the last import."""

    previewChanged = Signal()
    doneChanged = Signal()
    imported = Signal(str)
    """What was stored, in one sentence; ``undo`` takes it back."""
    noticed = Signal(str)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._rows = RowModel(PreviewRow, self)
        self._path: Path | None = None
        self._preview: ImportPreview | None = None
        self._report: ImportReport | None = None

    # The preview.

    @Property(QObject, constant=True)
    def rows(self) -> RowModel:
        return self._rows

    def rows_now(self) -> list[PreviewRow]:
        """What the list shows, for Python."""
        return list(self._rows.rows)

    @Property(bool, notify=previewChanged)
    def hasPreview(self) -> bool:
        return self._preview is not None

    @Property(str, notify=previewChanged)
    def fileName(self) -> str:
        return self._path.name if self._path is not None else ""

    @Property(str, notify=previewChanged)
    def previewTitle(self) -> str:
        """What it is, and how much would come in."""
        if self._preview is None:
            return ""
        source = _SOURCES.get(self._preview.source.value, self._preview.source.value)
        count = amount(len(self._preview.conversations), "1 conversation", "%1 conversations")
        return tr("%1 from %2").replace("%1", count).replace("%2", source)

    @Property(str, notify=previewChanged)
    def previewDetail(self) -> str:
        if self._preview is None:
            return ""
        if not self._news():
            return tr("Everything in it is here already.")
        parts = [
            amount(self._preview.new_conversations, "1 new conversation", "%1 new conversations"),
            amount(self._preview.new_messages, "1 new message", "%1 new messages"),
        ]
        if self._preview.collections:
            parts.append(amount(len(self._preview.collections), "1 collection", "%1 collections"))
        if self._preview.settings:
            parts.append(amount(self._preview.settings, "1 setting", "%1 settings"))
        return "  ·  ".join(parts)

    @Property("QStringList", notify=previewChanged)  # type: ignore[arg-type]  # the stubs know no QStringList
    def previewNotes(self) -> list[str]:
        """What would be left out."""
        return list(self._preview.notes) if self._preview is not None else []

    @Property("QStringList", notify=previewChanged)  # type: ignore[arg-type]  # the stubs know no QStringList
    def previewCollections(self) -> list[str]:
        """The collections that would be made, with the places that they read: those may hold anything."""
        collections = self._preview.collections if self._preview is not None else ()
        text = tr("Collection %1: %2")
        return [text.replace("%2", ", ".join(one.sources)).replace("%1", one.name) for one in collections]

    @Property(int, notify=previewChanged)
    def notListed(self) -> int:
        """How many conversations the list does not show; they are imported like the others."""
        return max(0, len(self._preview.conversations) - _SHOWN) if self._preview is not None else 0

    @Property(bool, notify=previewChanged)
    def hasNews(self) -> bool:
        """Whether importing would change anything."""
        return self._news()

    def _news(self) -> bool:
        found = self._preview
        if found is None:
            return False
        return bool(found.new_messages or found.new_conversations or found.settings or found.collections)

    @Slot(QUrl)
    def look(self, url: QUrl) -> None:
        """Read and check a file or folder; the preview follows, or an error that says what is wrong with it."""
        if self._step:
            return
        if not url.isLocalFile():
            self.noticed.emit(tr("Only files and folders of this computer can be imported."))
            return
        path = Path(url.toLocalFile())
        self._set_report(None)
        self._set_preview(path, None)

        async def read(portability: PortabilityClient, ctx: SecurityContext, tell: Tell) -> ImportPreview:
            return await portability.preview(ctx, path, tell=tell)

        self._begin("checking", read, lambda preview: self._set_preview(path, preview))

    @Slot(list)
    def lookAt(self, urls: list[QUrl]) -> None:
        """What was dropped: one thing at a time."""
        if len(urls) == 1:
            self.look(QUrl(urls[0]))
        elif urls:
            self.noticed.emit(tr("Drop one file or folder at a time."))

    @Slot()
    def discard(self) -> None:
        """Do not import it; also puts the report away."""
        self._set_preview(None, None)
        self._set_report(None)
        self.dismissError()

    # The import.

    @Slot()
    def store(self) -> None:
        """Import what the preview shows."""
        path = self._path
        if self._step or path is None or self._preview is None:
            return

        async def take(portability: PortabilityClient, ctx: SecurityContext, tell: Tell) -> ImportReport:
            return await portability.import_history(ctx, path, tell=tell)

        self._begin("storing", take, self._stored)

    @Property(str, notify=doneChanged)
    def doneText(self) -> str:
        """What was stored; "" before the first import and while one runs."""
        if self._report is None:
            return ""
        created = amount(len(self._report.created), "1 new conversation", "%1 new conversations")
        added = amount(self._report.messages_added, "1 message", "%1 messages")
        return tr("Imported: %1, %2.").replace("%1", created).replace("%2", added)

    @Property("QStringList", notify=doneChanged)  # type: ignore[arg-type]  # the stubs know no QStringList
    def doneNotes(self) -> list[str]:
        """What was left out."""
        return list(self._report.notes) if self._report is not None else []

    @Slot()
    def undo(self) -> None:
        """Take the last import back."""
        report = self._report
        if report is None or report.undo_id is None or self._step:
            return
        undo_id = report.undo_id

        async def take_back(clients: Clients) -> UndoReport:
            return await portability_of(clients).undo_import(clients.ctx, undo_id)

        self._bridge.call(take_back, self._taken_back, self._fail)

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self._set_preview(self._path, self._preview)
        self.doneChanged.emit()
        self.progressChanged.emit()

    def _stored(self, report: ImportReport) -> None:
        self._set_preview(None, None)
        self._set_report(report)
        self.imported.emit(str(self.doneText))

    def _taken_back(self, undone: UndoReport) -> None:
        self._set_report(None)
        if undone.kept:
            text = tr("The import was undone. You have written in %1 since: they stay.")
            self.noticed.emit(text.replace("%1", amount(undone.kept, "1 conversation", "%1 conversations")))
        else:
            self.noticed.emit(tr("The import was undone. Its conversations are in the trash."))

    def _set_preview(self, path: Path | None, preview: ImportPreview | None) -> None:
        self._path, self._preview = path, preview
        today, shown = date.today(), preview.conversations[:_SHOWN] if preview is not None else ()
        self._rows.replace([_row(one, today) for one in shown])
        self.previewChanged.emit()

    def _set_report(self, report: ImportReport | None) -> None:
        if report is not self._report:
            self._report = report
            self.doneChanged.emit()


def _row(one: PreviewedConversation, today: date) -> PreviewRow:
    new = one.messages - one.known
    if not one.exists:
        kind, text = "new", tr("New")
    elif new:
        kind, text = "more", amount(new, "1 new message", "%1 new messages")
    else:
        kind, text = "known", tr("Here already")
    messages = amount(one.messages, "1 message", "%1 messages")
    detail = f"{moment_text(one.last_at, today)}  ·  {messages}"
    return PreviewRow(str(one.id), one.title or tr("Untitled"), detail, kind, text)
