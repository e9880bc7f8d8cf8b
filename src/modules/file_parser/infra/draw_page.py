"""Draws a page of any document that has pages to draw, inside the child."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import Final

from modules.file_parser.contract import DocumentUnsupported
from modules.file_parser.infra.drawing import DrawnPage
from modules.file_parser.infra.plugin import ParserPlugin
from modules.file_parser.infra.run_parser import library_errors_named
from modules.file_parser.infra.sniff import find_format

Draw = Callable[[bytes, int, int, str], DrawnPage]

_IMAGES = "modules.file_parser.infra.pictures"
_DRAWERS: Final = {
    "pdf": "modules.file_parser.infra.pdf.draw",
    **dict.fromkeys(("png", "jpg", "jpeg", "gif", "webp"), _IMAGES),
}
"""The module whose ``draw`` does it, by format; loaded with the first page."""


def draw_page(
    data: bytes, name: str, plugins: Iterable[ParserPlugin], *, page: int, width: int, mark: str
) -> DrawnPage:
    """Page ``page`` with the places of ``mark``.

    Raises:
        FileParserError: whatever is wrong with the document; never what a library raises.
    """
    home = _DRAWERS.get(find_format(data, name, plugins))
    if home is None:
        raise DocumentUnsupported(
            f"{name} has no pages that can be drawn.", action="Open it in its own program to see it."
        )
    with library_errors_named():
        draw: Draw = importlib.import_module(home).draw
        return draw(data, page, width, mark)
