"""What is being written: kept while pages change, stored after a pause, and never thrown away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

DRAFT_DELAY_MS = 600


class Draft:
    """The composer's text, what of it is stored, and what was written before there was a conversation."""

    def __init__(self, owner: QObject, changed: Callable[[], None], keep: Callable[[], None]) -> None:
        """``changed`` tells of another text than the composer's own; ``keep`` is called after a pause."""
        self.text = ""
        self.stored = ""
        self.first = ""
        self.first_sent = ""
        """The first message of a new conversation, until it is stored."""
        self._changed = changed
        self._timer = QTimer(owner)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_DELAY_MS)
        self._timer.timeout.connect(keep)

    def write(self, text: str) -> None:
        """The user goes on writing; it is stored after a pause."""
        if text != self.text:
            self.show(text)
            self._timer.start()

    def show(self, text: str) -> None:
        """Put another text into the composer."""
        if text != self.text:
            self.text = text
            self._changed()

    def hand_over(self) -> None:
        """It is sent: from here on the stored draft is the module's, and goes when the message is stored."""
        self._timer.stop()
        self.stored = ""
        self.show("")

    def take_back(self, text: str) -> None:
        """What was sent in vain comes back, above what was written since."""
        self.show(joined(text, self.text))
        self._timer.start()

    def to_store(self, *, has_place: bool) -> str | None:
        """The text that has to be stored now; None when it is, or when there is no conversation to store it with."""
        self._timer.stop()
        if not has_place or self.text == self.stored:
            return None
        self.stored = self.text
        return self.text

    def put_aside(self) -> None:
        """Words without a conversation wait for the next new chat, or for the end of the program."""
        self.first = self.text or self.first

    def without_place(self, *, has_place: bool) -> str:
        """All words that belong to no conversation yet."""
        return joined(self.first_sent, self.first if has_place or not self.text else self.text)

    def begin_anew(self) -> None:
        """An empty page shows what was put aside."""
        text, self.first = self.first, ""
        self.show(text)


def joined(*texts: str) -> str:
    """Nothing that was typed is thrown away: one below the other."""
    return "\n".join(text for text in texts if text)
