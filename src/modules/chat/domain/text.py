"""Makes text storable: what is not text goes, what a person meant stays."""

from __future__ import annotations

import re

from modules.chat.contract import EmptyMessage

# C0 and C1 controls but tab, line feed and carriage return; they show as nothing and break terminals.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def clean(text: str) -> str:
    """Without control characters; lone surrogates become U+FFFD, line ends become line feeds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("�", _CONTROL.sub("", text))


def clean_message(text: str) -> str:
    """The text of a message to send, without blank space around it.

    Raises:
        EmptyMessage: nothing is left.
    """
    cleaned = clean(text).strip()
    if not cleaned:
        raise EmptyMessage
    return cleaned


def clean_line(text: str, limit: int) -> str:
    """One line of at most ``limit`` characters, for titles and names."""
    return " ".join(clean(text).split())[:limit].rstrip()


def clean_piece(text: str) -> str:
    """A piece of streamed text: nearly always untouched."""
    if text.isascii() and text.isprintable():
        return text
    return _SURROGATE.sub("�", text.replace("\x00", ""))
