"""What the fonts of a page look like: bold, italic, fixed width."""

from __future__ import annotations

import ctypes
import re

import pypdfium2.raw as raw

from modules.file_parser.contract import PLAIN, Style
from modules.file_parser.infra.pdf.text_layer import addressed

_FONT = addressed(raw.FPDFTextObj_GetFont, ctypes.c_void_p)
_FLAGS = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(ctypes.cast(raw.FPDFFont_GetFlags, ctypes.c_void_p).value or 0)
_BOLD_NAME = re.compile(rb"bold|black|heavy|semibd|demi", re.IGNORECASE)
_ITALIC_NAME = re.compile(rb"italic|oblique", re.IGNORECASE)
_FIXED_NAME = re.compile(rb"courier|consolas|mono|typewriter|cmtt", re.IGNORECASE)
_FIXED_FLAG, _ITALIC_FLAG, _FORCE_BOLD_FLAG = 1, 1 << 6, 1 << 18
_BOLD_WEIGHT = 600
_NAME_BYTES = 128


class Fonts:
    """Styles by text object; each object, and each font, is looked at once."""

    def __init__(self) -> None:
        self._by_object: dict[int, Style] = {0: PLAIN}
        self._by_font: dict[int, Style] = {}
        self._name = ctypes.create_string_buffer(_NAME_BYTES)

    def style(self, text_object: int) -> Style:
        """How this object's text looks; its address is only good while the page is open."""
        style = self._by_object.get(text_object)
        if style is None:
            font = _FONT(text_object) or 0
            style = self._by_font.get(font)
            if style is None:
                style = self._by_font[font] = self._looked_up(font) if font else PLAIN
            self._by_object[text_object] = style
        return style

    def _looked_up(self, font: int) -> Style:
        handle = ctypes.cast(font, raw.FPDF_FONT)
        flags = max(_FLAGS(font), 0)
        size = raw.FPDFFont_GetBaseFontName(handle, self._name, _NAME_BYTES)
        name = self._name.value if 0 < size <= _NAME_BYTES else b""
        heavy = raw.FPDFFont_GetWeight(handle) >= _BOLD_WEIGHT
        style = Style(
            bold=heavy or bool(flags & _FORCE_BOLD_FLAG) or _BOLD_NAME.search(name) is not None,
            italic=bool(flags & _ITALIC_FLAG) or _ITALIC_NAME.search(name) is not None,
            code=bool(flags & _FIXED_FLAG) or _FIXED_NAME.search(name) is not None,
        )
        return PLAIN if style == PLAIN else style
