"""The one search box (Ctrl+K): commands, conversations, what was said in them, models and settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Call
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.rows import RowModel
from hyperspot_desktop.viewmodels.text import moment_text, tr

if TYPE_CHECKING:
    from modules.chat.contract import SearchHit

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

SEARCH_DELAY_MS = 120
SHORTEST_SEARCH = 2
SHOWN_PER_KIND = 6


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """A finding. ``html`` marks the matches of a message; everything in it is escaped here."""

    kind: str
    target: str
    detail_target: str
    section: str
    icon_name: str
    title: str
    html: str = ""
    detail: str = ""
    hint: str = ""


COMMANDS = (
    ("new-chat", "message-square-plus", "New chat", "Ctrl N"),
    ("page:models", "boxes", "Models", "Ctrl 2"),
    ("page:activity", "activity", "Activity", "Ctrl 3"),
    ("page:settings", "settings", "Settings", "Ctrl ,"),
    ("import", "folder-open", "Import a GGUF file", ""),
    ("theme", "moon", "Switch between light and dark", ""),
    ("side-bar", "panel-left", "Show or hide the side bar", "Ctrl B"),
    ("shortcuts", "keyboard", "Keyboard shortcuts", "F1"),
)


@QmlElement
class PaletteViewModel(LoadingViewModel):
    """Findings for what is typed; commands first, messages as soon as they are found."""

    queryChanged = Signal()
    chosen = Signal(str, str, str)
    """Kind (command, chat, message, setting, model), target, and within a chat the message."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent, loading=False)
        self._rows = RowModel(PaletteRow, self)
        self._query = ""
        self._hits: list[PaletteRow] = []
        self._search: Call[Any] | None = None
        self._sources: list[Callable[[], Sequence[PaletteRow]]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_DELAY_MS)
        self._timer.timeout.connect(self._find)

    def add_source(self, source: Callable[[], Sequence[PaletteRow]]) -> None:
        """More things that can be found by their title; read on every opening and keystroke."""
        self._sources.append(source)

    @Property(QObject, constant=True)
    def rows(self) -> RowModel:
        return self._rows

    def rows_now(self) -> list[PaletteRow]:
        """What the list shows, for Python."""
        return list(self._rows.rows)

    def _get_query(self) -> str:
        return self._query

    def _set_query(self, query: str) -> None:
        if query != self._query:
            self._query = query
            self.queryChanged.emit()
            self._hits = []
            self._show()
            self._timer.start()

    query = Property(str, _get_query, _set_query, notify=queryChanged)

    @Slot()
    def reset(self) -> None:
        """Begin anew, as the box opens."""
        self._query = ""
        self._hits = []
        self.queryChanged.emit()
        self._show()

    @Slot(int)
    def choose(self, row: int) -> None:
        if 0 <= row < len(self._rows.rows):
            found = self._rows.rows[row]
            self.chosen.emit(found.kind, found.target, found.detail_target)

    def _show(self) -> None:
        words = self._query.casefold().split()
        rows = [row for row in self._commands() if _matches(words, row.title)]
        for source in self._sources:
            rows += [row for row in source() if _matches(words, row.title)][:SHOWN_PER_KIND]
        self._rows.replace([*rows, *self._hits], lambda old, new: bool(old.kind == new.kind))

    @staticmethod
    def _commands() -> list[PaletteRow]:
        section = tr("Commands")
        return [
            PaletteRow("command", target, "", section, icon, tr(title), hint=hint)
            for target, icon, title, hint in COMMANDS
        ]

    def _find(self) -> None:
        """Ask the messages; an older question is dropped."""
        if self._search is not None:
            self._search.cancel()
        query = self._query.strip()
        if len(query) < SHORTEST_SEARCH:
            self._set_loading(False)
            return
        self._set_loading(True)
        self._search = self._bridge.call(
            lambda clients: clients.chat.search(clients.ctx, query, limit=30), self._found, self._not_loaded
        )

    def _found(self, hits: list[SearchHit]) -> None:
        self._loaded()
        # Titles are found among the conversations.
        self._hits = [_hit_row(hit) for hit in hits if not hit.in_title]
        self._show()


def _matches(words: list[str], title: str) -> bool:
    folded = title.casefold()
    return all(word in folded for word in words)


def _hit_row(hit: SearchHit) -> PaletteRow:
    html = escape(hit.snippet.replace("\n", " ")).replace("\x02", "<b>").replace("\x03", "</b>")
    return PaletteRow(
        "message",
        str(hit.conversation_id),
        str(hit.message_id),
        tr("Messages"),
        "message-square",
        hit.snippet.replace("\x02", "").replace("\x03", ""),
        html=html,
        detail=hit.conversation_title or tr("New chat"),
        hint=moment_text(hit.created_at, date.today()),
    )
