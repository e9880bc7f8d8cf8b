"""Text that can be stored and shown."""

from __future__ import annotations

_MARKS = {0: " ", 2: " ", 3: " "}
"""NUL, and the two with which the index marks matches."""


def readable(text: str) -> str:
    """The text, of the same length, without what the index refuses; bytes that are no text become question marks."""
    return text.encode("utf-8", errors="replace").decode().translate(_MARKS)
