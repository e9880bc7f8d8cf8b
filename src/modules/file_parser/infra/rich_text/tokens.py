"""Cuts RTF into its words, groups and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\{}\r\n]+)|[\r\n]+",
    re.DOTALL,
)


class Token(NamedTuple):
    """``kind`` is word, bytes, symbol, open or close; ``number`` is None when a word has none."""

    kind: str
    value: bytes = b""
    number: int | None = None


def tokens(data: bytes) -> Iterator[Token]:
    """All tokens; bytes written as numbers come as the bytes they are."""
    for match in _TOKEN.finditer(data):
        kind = match.lastgroup
        if match.group("word") is not None:
            number = match.group("number")
            yield Token("word", match.group("word"), int(number) if number else None)
        elif kind == "hex":
            yield Token("bytes", bytes.fromhex(match.group("hex").decode()))
        elif kind == "text":
            yield Token("bytes", match.group("text"))
        elif kind in ("symbol", "open", "close"):
            yield Token(kind, match.group(kind))
