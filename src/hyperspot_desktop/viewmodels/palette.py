"""The one search box (Ctrl+K): commands, conversations, what was said in them, files, models and settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Call
from hyperspot_desktop.text_cleaning import clean
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.rows import RowModel
from hyperspot_desktop.viewmodels.source_cards import file_icon
from hyperspot_desktop.viewmodels.text import moment_text, tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.chat.contract import SearchHit
    from modules.rag.contract import IndexedFile

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
    ("new-private-chat", "lock", "New private chat", "Ctrl Shift N"),
    ("page:documents", "library", "Documents", "Ctrl 2"),
    ("page:search", "search", "Search in documents", "Ctrl 3"),
    ("page:models", "boxes", "Models", "Ctrl 4"),
    ("page:activity", "activity", "Activity", "Ctrl 5"),
    ("page:settings", "settings", "Settings", "Ctrl ,"),
    ("page:backups", "hard-drive", "Backups", ""),
    ("back-up", "hard-drive", "Back up now", ""),
    ("page:trash", "trash-2", "Trash", ""),
    ("clear-chat", "trash-2", "Delete all messages of this chat", ""),
    ("delete-all-chats", "trash-2", "Delete all conversations", ""),
    ("add-files", "file-plus", "Add files", ""),
    ("watch-folder", "folder-sync", "Watch a folder", ""),
    ("pause-indexing", "pause", "Pause or resume indexing", ""),
    ("page:exchange", "arrow-up-down", "Import and export conversations", ""),
    ("import", "folder-open", "Import a GGUF file", ""),
    ("theme", "moon", "Switch between light and dark", ""),
    ("side-bar", "panel-left", "Show or hide the side bar", "Ctrl B"),
    ("lock", "lock", "Lock the window", "Ctrl Shift L"),
    ("keys", "shield-check", "Keys and lock", ""),
    ("shortcuts", "keyboard", "Keyboard shortcuts", "F1"),
)


@QmlElement
class PaletteViewModel(LoadingViewModel):
    """Findings for what is typed; commands first, messages as soon as they are found."""

    queryChanged = Signal()
    chosen = Signal(str, str, str)
    """Kind (command, chat, message, collection, file, search, setting, model), target, and within it a place:
    the message of a chat, the name of a file."""

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
        rows += [*self._hits, *self._further()]
        self._rows.replace(rows, lambda old, new: bool(old.kind == new.kind))

    def _further(self) -> list[PaletteRow]:
        """The way on from here to what stands in documents."""
        query = self._query.strip()
        if len(query) < SHORTEST_SEARCH:
            return []
        title = tr("Search in documents for “%1”").replace("%1", query)
        return [PaletteRow("search", query, "", tr("Documents"), "text-search", title)]

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
        self._search = self._bridge.call(lambda clients: _look(clients, query), self._found, self._not_loaded)

    def _found(self, found: tuple[list[PaletteRow], list[SearchHit]]) -> None:
        files, hits = found
        self._loaded()
        # Titles are found among the conversations.
        self._hits = files + [_hit_row(hit) for hit in hits if not hit.in_title]
        self._show()


async def _look(clients: Clients, query: str) -> tuple[list[PaletteRow], list[SearchHit]]:
    """Files by their names, and messages by what is said in them."""
    return await _files(clients, query), await clients.chat.search(clients.ctx, query, limit=30)


async def _files(clients: Clients, query: str) -> list[PaletteRow]:
    from modules.rag.contract import FileQuery

    rows: list[PaletteRow] = []
    for collection in await clients.rag.collections(clients.ctx):
        if len(rows) >= SHOWN_PER_KIND:
            break
        wanted = FileQuery(text=query, limit=SHOWN_PER_KIND - len(rows))
        found = await clients.rag.files(clients.ctx, collection.name, wanted)
        rows += [_file_row(file, collection.name) for file in found.files]
    return rows


def _file_row(file: IndexedFile, collection: str) -> PaletteRow:
    name = clean(file.path.name)
    return PaletteRow("file", str(file.id), name, tr("Files"), file_icon(name), name, detail=collection)


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
