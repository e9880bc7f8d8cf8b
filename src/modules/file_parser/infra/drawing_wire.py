"""A drawn page on the pipe: one map in front, then nothing but pixels."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from modules.file_parser.contract import Box, DocumentBroken, PageImage
from modules.file_parser.infra.drawing import MAX_PIXELS, DrawnPage

_MOST_MARKS = 10_000


def pack_drawn(drawn: DrawnPage) -> dict[str, Any]:
    """What ``unpack_drawn`` reads, without the pixels."""
    return {
        "page": drawn.page,
        "page_count": drawn.page_count,
        "width": drawn.width,
        "height": drawn.height,
        "pixels_per_point": drawn.pixels_per_point,
        "marks": [[mark.left, mark.top, mark.right, mark.bottom] for mark in drawn.marks],
    }


def pixel_bytes(head: Any) -> int:
    """How many bytes must follow.

    Raises:
        DocumentBroken: this is nothing that ``pack_drawn`` makes.
    """
    width, height = (head.get("width"), head.get("height")) if isinstance(head, Mapping) else (None, None)
    if isinstance(width, int) and isinstance(height, int) and min(width, height) > 0 and width * height <= MAX_PIXELS:
        return width * height * 4
    raise DocumentBroken("The parser of this document answered nonsense.")


def unpack_drawn(head: Any, pixels: bytes) -> PageImage:
    """The picture.

    Raises:
        DocumentBroken: the pixels are too few or too many, or this is no picture.
    """
    try:
        if len(pixels) != pixel_bytes(head):
            raise ValueError("too few or too many pixels")
        marks = tuple(Box(*map(float, mark)) for mark in head["marks"][:_MOST_MARKS])
        scale = float(head["pixels_per_point"])
        if not 0 < scale < math.inf:
            raise ValueError("no scale")
        return PageImage(
            int(head["page"]), int(head["page_count"]), head["width"], head["height"], pixels, marks, scale
        )
    except (TypeError, ValueError, KeyError) as err:
        raise DocumentBroken("The parser of this document answered nonsense.") from err
