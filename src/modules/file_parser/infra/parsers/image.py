"""Images: one block, and what they say about themselves; nothing is decoded."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from modules.file_parser.contract import DocumentBroken, Image, Paragraph, Place
from modules.file_parser.domain.pieces import Facts, PageWithoutText, Piece
from modules.file_parser.infra.image_facts import image_facts
from modules.file_parser.infra.inlines import plain
from modules.file_parser.infra.plugin import Input

_JPEG_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def parse(document: Input) -> Iterator[Piece]:
    """The words in it, if there are any, need character recognition."""
    measure = {"png": _png, "gif": _gif, "webp": _webp}.get(document.extension, _jpeg)
    try:
        width, height = measure(document.data)
    except (struct.error, IndexError) as err:
        raise DocumentBroken("The image is cut off: its size cannot be read.") from err
    facts, sentences = image_facts(document.data)
    yield Facts(properties={"width": str(width), "height": str(height)})
    yield facts
    yield Image(alt=document.name, place=Place(page=1))
    for sentence in sentences:
        yield Paragraph(plain(sentence), Place(page=1))
    yield PageWithoutText(1)


def _png(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _gif(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _webp(data: bytes) -> tuple[int, int]:
    """Three kinds of WebP, each with its size elsewhere."""
    match data[12:16]:
        case b"VP8X":
            return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", data, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case _:
            width, height = struct.unpack_from("<HH", data, 26)
            return width & 0x3FFF, height & 0x3FFF


def _jpeg(data: bytes) -> tuple[int, int]:
    """From marker to marker until a frame begins."""
    at = 2
    while True:
        (marker,) = struct.unpack_from(">H", data, at)
        (length,) = struct.unpack_from(">H", data, at + 2)
        if marker & 0xFF in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + max(length, 2)
