"""Numbers the notes of a Word document as its readers see them: in the order in which they are referred to."""

from __future__ import annotations


class NoteMarks:
    """The file's own ids count from wherever its program likes, and include separators that nobody sees."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}

    def refer(self, kind: str, note_id: str) -> str:
        """The mark where a note (``footnote`` or ``endnote``) is referred to."""
        number = self._numbers.setdefault((kind, note_id), len(self._numbers) + 1)
        return f"[{number}]"

    def of(self, kind: str, note_id: str) -> str | None:
        """The mark of a note; None when nothing refers to it, so that nobody sees it."""
        number = self._numbers.get((kind, note_id))
        return None if number is None else f"[{number}]"
