"""The side bar's conversations: by day, found by title, renamed, and thrown away with a way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.rows import RowModel
from hyperspot_desktop.viewmodels.text import day_group, tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.chat.contract import Conversation, ConversationChanged

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

REFRESH_DELAY_MS = 60
LISTED = 500


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """A conversation in the side bar."""

    conversation_id: str
    title: str
    day: str
    has_draft: bool = False
    private: bool = False


@QmlElement
class ConversationsViewModel(LoadingViewModel):
    """The list follows the store: whatever changes a conversation, from anywhere, shows here."""

    filterChanged = Signal()
    conversationTrashed = Signal(str, str)
    manyTrashed = Signal(list)
    """The ids of conversations that were deleted together."""
    conversationUpdated = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._rows = RowModel(ConversationRow, self)
        self._all: list[Conversation] = []
        self._filter = ""
        self._refresh_timer = QTimer(self)
        self._refresh_timer.setSingleShot(True)
        self._refresh_timer.setInterval(REFRESH_DELAY_MS)
        self._refresh_timer.timeout.connect(self.refresh)

    @Property(QObject, constant=True)
    def rows(self) -> RowModel:
        return self._rows

    def rows_now(self) -> list[ConversationRow]:
        """What the list shows, for Python."""
        return list(self._rows.rows)

    def _get_filter(self) -> str:
        return self._filter

    def _set_filter(self, text: str) -> None:
        if text != self._filter:
            self._filter = text
            self.filterChanged.emit()
            self._list()

    filter = Property(str, _get_filter, _set_filter, notify=filterChanged)

    def everything(self) -> list[ConversationRow]:
        """All conversations, whatever the filter hides."""
        return [_row(one) for one in self._all]

    def start(self) -> None:
        """Load, and follow changes from now on."""
        self._bridge.stream(lambda clients: clients.chat.watch(clients.ctx), self._changed, failed=self._fail)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        def arrived(found: list[Conversation]) -> None:
            self._all = found
            self._loaded()
            self._list()
            for conversation in self._all:
                self.conversationUpdated.emit(conversation)

        self._bridge.call(_lists, arrived, self._not_loaded)

    @Slot(str, str)
    def rename(self, conversation_id: str, title: str) -> None:
        wanted, text = UUID(conversation_id), title.strip()

        async def update(clients: Clients) -> Conversation:
            from modules.chat.contract import ConversationPatch

            return await clients.chat.update(clients.ctx, wanted, ConversationPatch(title=text))

        if text:
            self._bridge.call(update, failed=self._fail)

    @Slot(str)
    def trash(self, conversation_id: str) -> None:
        """Move to the trash; ``conversationTrashed`` offers the way back."""
        title = next((row.title for row in self._rows.rows if row.conversation_id == conversation_id), "")
        self._do(
            lambda clients: clients.chat.trash(clients.ctx, UUID(conversation_id)),
            lambda: self.conversationTrashed.emit(conversation_id, title),
        )

    @Slot()
    def trashAll(self) -> None:
        """Every stored conversation into the trash, after a backup; ``manyTrashed`` offers the way back."""

        async def all_of_them(clients: Clients) -> list[str]:
            found: list[UUID] = []
            while page := await clients.chat.conversations(clients.ctx, limit=LISTED, offset=len(found)):
                found += [one.id for one in page]
            if found:
                await clients.backups.ensure(clients.ctx, "before-delete")
            return [str(one) for one in await clients.chat.trash_many(clients.ctx, found)]

        def done(ids: list[str]) -> None:
            self._refresh_timer.start()
            if ids:
                self.manyTrashed.emit(ids)

        self._bridge.call(all_of_them, done, self._fail)

    def restore_many(self, conversation_ids: list[str]) -> None:
        """Out of the trash, all at once."""
        wanted = [UUID(one) for one in conversation_ids]
        self._do(lambda clients: clients.chat.restore_many(clients.ctx, wanted))

    @Slot(str)
    def restore(self, conversation_id: str) -> None:
        self._do(lambda clients: clients.chat.restore(clients.ctx, UUID(conversation_id)))

    def _do(self, work: Callable[[Clients], object], after: Callable[[], None] | None = None) -> None:
        def done(_: object) -> None:
            self._refresh_timer.start()
            if after is not None:
                after()

        self._bridge.call(work, done, self._fail)  # type: ignore[arg-type]  # every verb above is a coroutine

    def _changed(self, changes: list[ConversationChanged]) -> None:
        self._refresh_timer.start()

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self._list()

    def _list(self) -> None:
        wanted = self._filter.casefold()
        rows = [_row(one) for one in self._all if wanted in one.title.casefold()]
        self._rows.replace(rows, _same)


async def _lists(clients: Clients) -> list[Conversation]:
    """The private ones first: they are easily overlooked, and gone when the program ends."""
    private = await clients.chat.conversations(clients.ctx, private=True, limit=LISTED)
    return [*private, *await clients.chat.conversations(clients.ctx, limit=LISTED)]


def _row(conversation: Conversation) -> ConversationRow:
    return ConversationRow(
        str(conversation.id),
        conversation.title or (tr("Private chat") if conversation.private else tr("New chat")),
        tr("Private, not kept") if conversation.private else day_group(conversation.updated_at, date.today()),
        bool(conversation.draft),
        conversation.private,
    )


def _same(old: ConversationRow, new: ConversationRow) -> bool:
    return old.conversation_id == new.conversation_id
