"""Which addresses may be links at all, which lead to what an answer cites, and which files may be opened."""

from __future__ import annotations

import re
from pathlib import PurePath
from urllib.parse import urlsplit

OPENABLE_SCHEMES = frozenset({"http", "https", "mailto"})
_CITATION = re.compile(r"cite:([0-9a-f-]{36})/([0-9]{1,4})")
# No scripts, no macros, nothing that a system might run instead of showing it.
DOCUMENT_SUFFIXES = frozenset(
    f".{suffix}"
    for group in (
        ("pdf", "docx", "doc", "odt", "rtf", "txt", "md", "epub", "log", "eml", "msg"),
        ("xlsx", "xls", "ods", "csv", "tsv", "pptx", "ppt", "odp"),
        ("png", "jpg", "jpeg", "gif", "webp", "tif", "tiff", "bmp"),
        ("html", "htm", "json", "xml", "yaml", "yml"),
    )
    for suffix in group
)


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


def opens_as_document(path_text: str) -> bool:
    """Whether a file is of a type that programs show and never run."""
    return PurePath(path_text).suffix.casefold() in DOCUMENT_SUFFIXES
