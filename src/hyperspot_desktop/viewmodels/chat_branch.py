"""The messages of the page and the rows they take up: which rows change when a message comes, grows or goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hyperspot_desktop.viewmodels.answers import Shown, Update
from hyperspot_desktop.viewmodels.chat_rows import ChatRow, rows_of, same_row
from hyperspot_desktop.viewmodels.rows import RowModel

if TYPE_CHECKING:
    from modules.chat.contract import ChatMessage


class ShownBranch:
    """A window of the active branch, oldest first, as one flat list of rows."""

    def __init__(self, owner: QObject) -> None:
        self.rows = RowModel(ChatRow, owner)
        self._shown: list[Shown] = []
        self._row_counts: list[int] = []

    @property
    def count(self) -> int:
        """How many messages are shown."""
        return len(self._shown)

    def replace(self, shown: Sequence[Shown]) -> None:
        """Show these and nothing else."""
        rows = [rows_of(one) for one in shown]
        self._shown = list(shown)
        self._row_counts = [len(one) for one in rows]
        self.rows.replace([row for one in rows for row in one], same_row)

    def say_again(self) -> None:
        """Make the rows anew from the same messages, in the language that is spoken now."""
        self.replace(self._shown)

    def put_before(self, shown: Sequence[Shown]) -> None:
        """Earlier messages, above all others."""
        rows = [rows_of(one) for one in shown]
        self._shown[:0] = shown
        self._row_counts[:0] = [len(one) for one in rows]
        self.rows.splice(0, 0, [row for one in rows for row in one])

    def begin(self, update: Update) -> None:
        """Cut the branch where the new messages grow, and show them."""
        first = update.user.message if update.user is not None else update.answer.message
        if self.position(str(first.id)) is None:
            parent = self.position(str(first.parent_id)) if first.parent_id else None
            keep = 0 if parent is None else parent + 1
            rows = sum(self._row_counts[:keep])
            self.rows.splice(rows, len(self.rows.rows) - rows, [])
            del self._shown[keep:], self._row_counts[keep:]
        if update.user is not None:
            self.put(update.user)

    def put(self, shown: Shown) -> None:
        """Show a message at its place, or at the end if it is new."""
        rows = rows_of(shown)
        at = self.position(str(shown.message.id))
        if at is None:
            self._shown.append(shown)
            self._row_counts.append(len(rows))
            self.rows.splice(len(self.rows.rows), 0, rows)
            return
        start = sum(self._row_counts[:at])
        self.rows.splice(start, self._row_counts[at], rows, same_row)
        self._shown[at] = shown
        self._row_counts[at] = len(rows)

    def position(self, message_id: str) -> int | None:
        """Which of the messages shown it is; the newest are looked at first."""
        places = range(len(self._shown) - 1, -1, -1)
        return next((at for at in places if str(self._shown[at].message.id) == message_id), None)

    def place_of(self, row: int, offset: float) -> str:
        """A place to read on from: message, block of it, pixels of the block; "" for a row that is not there."""
        if not 0 <= row < len(self.rows.rows):
            return ""
        message_id = self.rows.rows[row].message_id
        return f"{message_id}:{row - self.row_of(message_id)}:{round(offset)}"

    def row_at(self, message_id: str, block: int) -> int:
        """The row of a block of a message, or the message's last one if it has fewer now; -1 if it is not loaded."""
        at = self.position(message_id)
        return -1 if at is None else sum(self._row_counts[:at]) + max(0, min(block, self._row_counts[at] - 1))

    def row_of(self, message_id: str) -> int:
        """The first row of a message, or -1 when it is not shown."""
        at = self.position(message_id)
        return -1 if at is None else sum(self._row_counts[:at])

    def text_of(self, message_id: str) -> str:
        at = self.position(message_id)
        return "" if at is None else self._shown[at].message.content

    def message(self, message_id: str) -> ChatMessage | None:
        at = self.position(message_id)
        return None if at is None else self._shown[at].message

    def last_cited(self) -> ChatMessage | None:
        """The newest message that was made from documents."""
        messages = (shown.message for shown in reversed(self._shown))
        return next((message for message in messages if message.from_documents or message.citations), None)

    def code_from(self, row: int) -> str:
        """The whole code block that begins at a row."""
        pieces = []
        for piece in self.rows.rows[row:]:
            pieces.append(piece.plain)
            if piece.last:
                break
        return "\n".join(pieces)
