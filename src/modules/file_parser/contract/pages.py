"""A page of a document as a picture."""

from __future__ import annotations

from dataclasses import dataclass

from modules.file_parser.contract.blocks import Box


@dataclass(frozen=True, slots=True)
class PageImage:
    """``pixels`` are rows from the top, four bytes a pixel: blue, green, red, 255; ``width * height * 4`` in all.

    ``marks`` are the rectangles of the marked text in pixels: left, top, right, bottom from the top left corner.
    """

    page: int
    page_count: int
    width: int
    height: int
    pixels: bytes
    marks: tuple[Box, ...] = ()
    pixels_per_point: float = 1.0
    """How many pixels a point of the page became; for an image, one of its own pixels."""
