"""The heads of images: enough to say how large they are."""

from __future__ import annotations

import struct


def png() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII5x", 13, b"IHDR", 40, 30) + b"\0" * 8


def gif() -> bytes:
    return b"GIF89a" + struct.pack("<HH3x", 40, 30)


def jpeg() -> bytes:
    return (
        b"\xff\xd8\xff\xe0" + struct.pack(">H14x", 16) + b"\xff\xc0" + struct.pack(">HBHH", 17, 8, 30, 40) + b"\0" * 8
    )


def webp(kind: bytes) -> bytes:
    """``VP8X``, ``VP8L`` or ``VP8 ``: each keeps its size elsewhere."""
    head = b"RIFF\0\0\0\0WEBP" + kind + b"\0\0\0\0"
    if kind == b"VP8X":
        return head + b"\0" * 4 + (39).to_bytes(3, "little") + (29).to_bytes(3, "little")
    if kind == b"VP8L":
        return head + b"\x2f" + struct.pack("<I", 39 | 29 << 14)
    return head + b"\0" * 6 + struct.pack("<HH", 40, 30)
