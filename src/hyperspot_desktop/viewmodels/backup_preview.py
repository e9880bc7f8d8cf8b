"""A look into one backup: its conversations, their messages, and which of them come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Call, Failure
from hyperspot_desktop.viewmodels.backup_rows import PreviewMessageRow, PreviewRow, message_row, preview_row
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.rows import RowModel
from hyperspot_desktop.viewmodels.text import amount, tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.backups.contract import PreviewedConversation, RestoredConversation

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class BackupPreviewViewModel(LoadingViewModel):
    """Nothing is changed by looking. ``name`` is "" while no backup is looked into."""

    previewChanged = Signal()
    shownChanged = Signal()
    restored = Signal(str, list)
    """A sentence, and the ids of conversations that were not here: putting those into the trash undoes it."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent, loading=False)
        self._rows = RowModel(PreviewRow, self)
        self._messages = RowModel(PreviewMessageRow, self)
        self._name = ""
        self._title = ""
        self._found: list[PreviewedConversation] = []
        self._chosen: set[str] = set()
        self._filter = ""
        self._shown = ""
        self._reading_messages = False
        self._restoring = False
        self._asked: Call[list[PreviewedConversation]] | None = None
        self._asked_messages: Call[list[PreviewMessageRow]] | None = None

    @Property(QObject, constant=True)
    def rows(self) -> RowModel:
        return self._rows

    @Property(QObject, constant=True)
    def messages(self) -> RowModel:
        return self._messages

    def rows_now(self) -> list[PreviewRow]:
        """What the list shows, for Python."""
        return list(self._rows.rows)

    @Property(str, notify=previewChanged)
    def name(self) -> str:
        return self._name

    @Property(str, notify=previewChanged)
    def title(self) -> str:
        """What the backup is called."""
        return self._title

    @Property(bool, notify=previewChanged)
    def restoring(self) -> bool:
        return self._restoring

    @Property(int, notify=previewChanged)
    def count(self) -> int:
        """Conversations in the backup, whatever the filter hides."""
        return len(self._found)

    @Property(int, notify=previewChanged)
    def missing(self) -> int:
        """Those that are not here now, nor in the trash."""
        return sum(one.here == "missing" for one in self._found)

    @Property(int, notify=previewChanged)
    def chosen(self) -> int:
        return len(self._chosen)

    @Property(str, notify=shownChanged)
    def shownId(self) -> str:
        """The conversation whose messages are shown, or ""."""
        return self._shown

    @Property(bool, notify=shownChanged)
    def readingMessages(self) -> bool:
        return self._reading_messages

    def _get_filter(self) -> str:
        return self._filter

    def _set_filter(self, text: str) -> None:
        if text != self._filter:
            self._filter = text
            self._show()

    filter = Property(str, _get_filter, _set_filter, notify=previewChanged)

    @Slot(str, str)
    def look(self, name: str, title: str) -> None:
        """Open a backup of the list; ``title`` is what it is called."""
        self.leave()
        self._name, self._title = name, title
        self._read()

    @Slot()
    def again(self) -> None:
        """Try once more."""
        self._read()

    @Slot()
    def leave(self) -> None:
        """Forget everything that was read."""
        for call in (self._asked, self._asked_messages):
            if call is not None:
                call.cancel()
        self._asked = self._asked_messages = None
        self._name, self._title, self._filter, self._found = "", "", "", []
        self._chosen.clear()
        self._shown, self._reading_messages = "", False
        self._messages.replace([])
        self._set_loading(False)
        self._fail(None)
        self._show()
        self.shownChanged.emit()

    @Slot(str)
    def show(self, conversation_id: str) -> None:
        """Read the messages of one."""
        if self._asked_messages is not None:
            self._asked_messages.cancel()
        self._shown, self._reading_messages = conversation_id, True
        self._messages.replace([])
        self.shownChanged.emit()
        name = self._name

        async def read(clients: Clients) -> list[PreviewMessageRow]:
            found = await clients.backups.messages(clients.ctx, name, UUID(conversation_id))
            # Many long answers take their time, and neither the window nor the host may wait for them.
            import asyncio

            return await asyncio.to_thread(lambda: [message_row(one) for one in found])

        self._asked_messages = self._bridge.call(read, self._messages_arrived, self._messages_not_read)

    @Slot(str, bool)
    def choose(self, conversation_id: str, wanted: bool) -> None:
        if wanted:
            self._chosen.add(conversation_id)
        else:
            self._chosen.discard(conversation_id)
        self._show()

    @Slot()
    def chooseMissing(self) -> None:
        """All that are not here now."""
        self._chosen = {str(one.conversation.id) for one in self._found if one.here != "present"}
        self._show()

    @Slot()
    def chooseNone(self) -> None:
        self._chosen.clear()
        self._show()

    @Slot(str)
    def restore(self, conversation_id: str) -> None:
        """Bring one back; nothing that is here is overwritten."""
        self._restore([UUID(conversation_id)])

    @Slot()
    def restoreChosen(self) -> None:
        # In the order of the list, so that what is said of them has an order.
        self._restore([one.conversation.id for one in self._found if str(one.conversation.id) in self._chosen])

    def undo(self, conversation_ids: Sequence[str]) -> None:
        """Put what ``restored`` named into the trash again."""

        async def trash(clients: Clients) -> None:
            for one in conversation_ids:
                await clients.chat.trash(clients.ctx, UUID(one))

        self._bridge.call(trash, lambda _: self._read(), self._fail)

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self._show()

    def _restore(self, wanted: list[UUID]) -> None:
        if self._restoring or not wanted:
            return
        self._restoring = True
        self.previewChanged.emit()
        name = self._name

        def done(back: list[RestoredConversation]) -> None:
            self._restoring = False
            self._chosen.clear()
            self.restored.emit(_sentence(back), [str(one.conversation_id) for one in back if _can_be_undone(one)])
            self._read()

        def failed(failure: Failure) -> None:
            self._restoring = False
            self._fail(failure)
            self.previewChanged.emit()

        self._bridge.call(
            lambda clients: clients.backups.restore_conversations(clients.ctx, name, wanted), done, failed
        )

    def _read(self) -> None:
        name = self._name
        if not name:
            return
        if self._asked is not None:
            self._asked.cancel()
        self._set_loading(not self._found)
        self._asked = self._bridge.call(
            lambda clients: clients.backups.preview(clients.ctx, name), self._arrived, self._not_loaded
        )
        self.previewChanged.emit()

    def _arrived(self, found: list[PreviewedConversation]) -> None:
        self._found = found
        self._loaded()
        self._show()

    def _messages_arrived(self, rows: list[PreviewMessageRow]) -> None:
        self._reading_messages = False
        self._messages.replace(rows)
        self.shownChanged.emit()

    def _messages_not_read(self, failure: Failure) -> None:
        self._reading_messages, self._shown = False, ""
        self._fail(failure)
        self.shownChanged.emit()

    def _show(self) -> None:
        words = self._filter.casefold().split()
        rows = [preview_row(one, self._chosen, date.today()) for one in self._found]
        shown = [row for row in rows if all(word in row.title.casefold() for word in words)]
        self._rows.replace(shown, lambda old, new: bool(old.conversation_id == new.conversation_id))
        self.previewChanged.emit()


def _can_be_undone(one: RestoredConversation) -> bool:
    return one.created or one.from_trash


def _sentence(back: list[RestoredConversation]) -> str:
    added = sum(one.added for one in back)
    if not added and not any(map(_can_be_undone, back)):
        return tr("Everything of it was here already.")
    conversations = amount(len(back), "1 conversation is back", "%1 conversations are back")
    return f"{conversations}, {amount(added, '1 message was missing', '%1 messages were missing')}."
