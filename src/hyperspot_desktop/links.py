"""Which addresses may be links at all."""

from __future__ import annotations

from urllib.parse import urlsplit

OPENABLE_SCHEMES = frozenset({"http", "https", "mailto"})


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
