"""What a drawn page is, and how large it may become."""

from __future__ import annotations

import math
from dataclasses import dataclass

from modules.file_parser.contract import Box

MAX_WIDTH = 4_000
MAX_HEIGHT = 16_000
MAX_PIXELS = 16_000_000


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """``pixels``: rows from the top, four bytes a pixel (blue, green, red, 255). ``marks`` are in pixels."""

    page: int
    page_count: int
    width: int
    height: int
    pixels: bytes
    marks: tuple[Box, ...] = ()
    pixels_per_point: float = 1.0


def drawn_size(page_width: float, page_height: float, width: int) -> tuple[int, int]:
    """Pixels across and down for a page of these proportions, ``width`` across unless a limit is met.

    Whatever the page claims to measure, a picture stays below ``MAX_PIXELS``; nothing has fewer than one pixel.
    """
    page_width, page_height = max(page_width, 0.01), max(page_height, 0.01)
    scale = min(
        min(max(width, 1), MAX_WIDTH) / page_width,
        MAX_HEIGHT / page_height,
        math.sqrt(MAX_PIXELS / (page_width * page_height)),
    )
    return max(math.floor(page_width * scale + 1e-6), 1), max(math.floor(page_height * scale + 1e-6), 1)
