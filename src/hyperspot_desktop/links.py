"""Which addresses may be links at all, and the window's own: those that lead to what an answer cites."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

OPENABLE_SCHEMES = frozenset({"http", "https", "mailto"})
_CITATION = re.compile(r"cite:([0-9a-f-]{36})/([0-9]{1,4})")


def safe_link(address: str) -> str | None:
    """The address if it may be opened, else None.

    Only complete ``http`` and ``https`` addresses and ``mailto`` pass. Control characters, spaces and backslashes are
    refused: they are how an address is made to look like another one (``file:`` and relative ones stay text).
    """
    if any(ord(char) <= 0x20 or char in "\\\x7f" for char in address) or len(address) > 4096:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme == "mailto":
        return address if "@" in parts.path else None
    return address if parts.scheme in OPENABLE_SCHEMES and parts.hostname else None


def citation_link(message_id: object, number: int) -> str:
    """The address of what ``[number]`` of a message stands for. It is no web address: ``safe_link`` refuses it."""
    return f"cite:{message_id}/{number}"


def citation_of(address: str) -> tuple[str, int] | None:
    """Message id and number of a ``citation_link``; None for every other address."""
    found = _CITATION.fullmatch(address)
    return (found[1], int(found[2])) if found else None
