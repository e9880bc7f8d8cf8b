"""The Trash page: everything that was deleted, of every kind, with the way back and the way without one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.text_cleaning import clean
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.rows import RowModel
from hyperspot_desktop.viewmodels.text import amount, moment_text, size, tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.chat.contract import Conversation, TrashedMessage
    from modules.llm_manager.contract import InstalledModel
    from modules.rag.contract import CollectionOverview

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

REFRESH_DELAY_MS = 80
LISTED = 500


@dataclass(frozen=True, slots=True)
class TrashRow:
    """Something that can be taken back. ``kind`` is conversation, message, collection or model."""

    kind: str
    item_id: str
    icon_name: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Thrown:
    """What the host has in its trash, newest first within each kind."""

    conversations: Sequence[Conversation] = ()
    messages: Sequence[TrashedMessage] = ()
    collections: Sequence[CollectionOverview] = ()
    models: Sequence[InstalledModel] = ()


@QmlElement
class TrashViewModel(LoadingViewModel):
    """Follows the store: whatever deletes something, from anywhere, shows here."""

    countChanged = Signal()
    noticed = Signal(str)
    messagesChanged = Signal()
    """Messages came back, or are gone for ever: a page that shows them reads them again."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._rows = RowModel(TrashRow, self)
        self._thrown = _Thrown()
        self._emptying = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH_DELAY_MS)
        self._timer.timeout.connect(self.refresh)

    @Property(QObject, constant=True)
    def rows(self) -> RowModel:
        return self._rows

    def rows_now(self) -> list[TrashRow]:
        """What the list shows, for Python."""
        return list(self._rows.rows)

    @Property(int, notify=countChanged)
    def count(self) -> int:
        return len(self._rows.rows)

    @Property(bool, notify=countChanged)
    def emptying(self) -> bool:
        """Something is being deleted for ever: files are written anew, which can take a while."""
        return self._emptying

    def start(self) -> None:
        """Load, and follow changes from now on."""
        self._bridge.stream(lambda clients: clients.chat.watch(clients.ctx), self._changed, failed=self._fail)
        self._bridge.stream(lambda clients: clients.rag.watch(clients.ctx), self._changed_elsewhere)
        self._bridge.stream(lambda clients: clients.models.watch(clients.ctx), self._changed_elsewhere)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        def arrived(thrown: _Thrown) -> None:
            self._thrown = thrown
            self._loaded()
            self._show()

        self._bridge.call(_read, arrived, self._not_loaded)

    @Slot(str, str)
    def restore(self, kind: str, item_id: str) -> None:
        """Take it out of the trash."""

        async def take_back(clients: Clients) -> None:
            if kind == "model":
                await clients.models.restore(clients.ctx, item_id)
            elif kind == "conversation":
                await clients.chat.restore(clients.ctx, UUID(item_id))
            elif kind == "message":
                await clients.chat.restore_message(clients.ctx, UUID(item_id))
            elif kind == "collection":
                await clients.rag.restore(clients.ctx, UUID(item_id))

        self._do(take_back, kind, tr("Restored"))

    @Slot(str, str)
    def deleteForEver(self, kind: str, item_id: str) -> None:
        """Remove every trace of it."""
        self._delete([(kind, item_id)])

    @Slot()
    def empty(self) -> None:
        """Remove every trace of everything that is shown."""
        self._delete([(row.kind, row.item_id) for row in self._rows.rows])

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self._show()

    def _delete(self, items: Sequence[tuple[str, str]]) -> None:
        if self._emptying or not items:
            return
        self._set_emptying(True)

        def done(erased: bool) -> None:
            self._set_emptying(False)
            self._timer.start()
            self.messagesChanged.emit()
            if erased:
                self.noticed.emit(tr("Deleted for ever. Backups made before still have it until they are replaced."))
            else:
                self.noticed.emit(tr("Deleted. Its last traces in the files are removed later, by itself."))

        def failed(failure: object) -> None:
            self._set_emptying(False)
            self._timer.start()
            self._fail(failure)  # type: ignore[arg-type]  # the bridge gives failures only

        self._bridge.call(lambda clients: _delete_for_ever(clients, items), done, failed)

    def _do(self, work: Callable[[Clients], Awaitable[None]], kind: str, notice: str) -> None:
        def done(_: None) -> None:
            self._timer.start()
            self.noticed.emit(notice)
            if kind == "message":
                self.messagesChanged.emit()

        self._bridge.call(work, done, self._fail)

    def _set_emptying(self, emptying: bool) -> None:
        self._emptying = emptying
        self.countChanged.emit()

    def _changed(self, changes: list[object]) -> None:
        self._timer.start()

    def _changed_elsewhere(self, changes: list[object]) -> None:
        if any(getattr(change, "change", "") in ("trashed", "restored", "removed", "added") for change in changes):
            self._timer.start()

    def _show(self) -> None:
        self._rows.replace(rows_of(self._thrown, date.today()), _same)
        self.countChanged.emit()


async def _read(clients: Clients) -> _Thrown:
    return _Thrown(
        await clients.chat.conversations(clients.ctx, trashed=True, limit=LISTED),
        await clients.chat.trashed_messages(clients.ctx, limit=LISTED),
        await clients.rag.overview(clients.ctx, trashed=True),
        await clients.models.trashed(clients.ctx),
    )


async def _delete_for_ever(clients: Clients, items: Sequence[tuple[str, str]]) -> bool:
    """Whether nothing of it is left in the files."""
    # Together: each call writes the file anew once.
    conversations = [UUID(item_id) for kind, item_id in items if kind == "conversation"]
    erased = await clients.chat.delete_for_ever(clients.ctx, *conversations) if conversations else True
    for kind, item_id in items:
        if kind == "message":
            erased = await clients.chat.delete_message_for_ever(clients.ctx, UUID(item_id)) and erased
        elif kind == "collection":
            erased = await clients.rag.delete_for_ever(clients.ctx, UUID(item_id)) and erased
        elif kind == "model":
            await clients.models.remove(clients.ctx, item_id)
    return erased


def rows_of(thrown: _Thrown, today: date) -> list[TrashRow]:
    """One row for each thing, last deleted first."""
    dated: list[tuple[datetime, TrashRow]] = []
    for one in thrown.conversations:
        if one.deleted_at is not None:
            title = one.title or tr("New chat")
            row = TrashRow(
                "conversation", str(one.id), "message-square", title, _when(tr("Conversation"), one.deleted_at, today)
            )
            dated.append((one.deleted_at, row))
    for message in thrown.messages:
        kind = amount(message.count, "1 message", "%1 messages")
        place = tr("%1 of “%2”").replace("%2", message.conversation_title or tr("New chat")).replace("%1", kind)
        text = " ".join(clean(message.text).split()) or tr("An empty message")
        row = TrashRow("message", str(message.id), "text-quote", text, _when(place, message.deleted_at, today))
        dated.append((message.deleted_at, row))
    for seen in thrown.collections:
        if seen.deleted_at is not None:
            files = tr("Collection of %1").replace("%1", amount(seen.files, "1 file", "%1 files"))
            row = TrashRow(
                "collection",
                str(seen.collection.id),
                "folder",
                seen.collection.name,
                _when(files, seen.deleted_at, today),
            )
            dated.append((seen.deleted_at, row))
    for model in thrown.models:
        if model.deleted_at is not None:
            taken = tr("Model, %1 on the disk").replace("%1", size(model.size_bytes))
            dated.append(
                (
                    model.deleted_at,
                    TrashRow("model", model.id, "cpu", model.name, _when(taken, model.deleted_at, today)),
                )
            )
    return [row for _, row in sorted(dated, key=lambda one: one[0], reverse=True)]


def _when(what: str, moment: datetime, today: date) -> str:
    return tr("%1, deleted %2").replace("%1", what).replace("%2", moment_text(moment, today))


def _same(old: TrashRow, new: TrashRow) -> bool:
    return (old.kind, old.item_id) == (new.kind, new.item_id)
