"""Which code page the bytes of an RTF file are in: the file's, or that of the current font."""

from __future__ import annotations

import codecs
import re
from typing import Final

_CODE_PAGES: Final = {0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5"} | {
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_ANSI: Final = re.compile(rb"\\ansicpg(\d+)")
_FONT: Final = re.compile(rb"\{\\f(\d+)[^{}]*?\\fcharset(\d+)")


class Charsets:
    """Read from the head of the file."""

    def __init__(self, data: bytes) -> None:
        ansi = _ANSI.search(data[:4096])
        self._default = _known(f"cp{ansi.group(1).decode()}") if ansi is not None else "cp1252"
        fonts = {int(font): int(charset) for font, charset in _FONT.findall(data[:200_000])}
        self._fonts = {font: _CODE_PAGES[charset] for font, charset in fonts.items() if charset in _CODE_PAGES}

    def of(self, font: int | None) -> str:
        """The codec for text in this font; charset 0 says no more than the file itself."""
        found = self._fonts.get(font) if font is not None else None
        return self._default if found in (None, "cp1252") else str(found)


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
