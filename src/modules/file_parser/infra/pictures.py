"""Image files, decoded within bounds: their pixels for a picture on the screen or for character recognition."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps, UnidentifiedImageError

from modules.file_parser.contract import DocumentBroken, DocumentTooLarge, DocumentUnsupported
from modules.file_parser.infra.drawing import DrawnPage, drawn_size

MAX_DECODED_PIXELS = 64_000_000
"""A quarter of a gigabyte when decoded; cameras of today make images of up to 50 million."""
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


def draw(data: bytes, page: int, width: int, mark: str) -> DrawnPage:
    """The image as the only page of itself, turned as its camera says; nothing can be marked on it.

    Raises:
        DocumentUnsupported: ``page`` is not 1.
        DocumentTooLarge, DocumentBroken
    """
    if page != 1:
        raise DocumentUnsupported(f"An image has no page {page}.", action="Choose its first page.")
    with opened(data) as image:
        full = image.size
        # JPEG can be decoded at a fraction of its size.
        image.draft("RGB", drawn_size(*image.size, width))
        upright = ImageOps.exif_transpose(image)
        size = drawn_size(*upright.size, width)
        # Decoded at a fraction, it is smaller than it was.
        upright_width = full[1] if (upright.width < upright.height) != (full[0] < full[1]) else full[0]
        shown = upright.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
        paper = Image.new("RGBA", size, "white")
        paper.alpha_composite(shown)
        return DrawnPage(1, 1, *size, paper.tobytes("raw", "BGRA"), (), size[0] / upright_width)


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The image, its pixels not decoded yet; what goes wrong inside is named.

    Raises:
        DocumentTooLarge: it has more pixels than are ever decoded.
        DocumentBroken
    """
    # Ours is checked below; the library's own limit would be a warning.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > MAX_DECODED_PIXELS:
                raise DocumentTooLarge(f"The image has {image.width} times {image.height} pixels, too many to decode.")
            yield image
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as err:
        raise DocumentBroken("The image is damaged or cut off.") from err
