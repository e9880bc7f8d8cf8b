"""Which files of a tree are programs and libraries of macOS, and how new a system they ask for.

Source: Apple's headers mach-o/loader.h and mach-o/fat.h.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_THIN = {b"\xcf\xfa\xed\xfe": 32, b"\xce\xfa\xed\xfe": 28}
"""Magic of one architecture (little-endian, as all of today are), and the bytes of its header."""
_FAT, _FAT_64 = b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf"
_MOST_ARCHITECTURES = 20
"""Classes of Java begin with the same bytes, and then have a version of 45 or more."""
_VERSION_MIN_MACOSX, _BUILD_VERSION = 0x24, 0x32
_MACOS = 1

Version = tuple[int, int]
"""A version of macOS: 14.2 is ``(14, 2)``."""


def macho_files(tree: Path) -> Iterator[Path]:
    """All below ``tree``, in the order of their paths; links are passed over."""
    for file in sorted(tree.rglob("*")):
        if file.is_file() and not file.is_symlink() and is_macho(file):
            yield file


def is_macho(file: Path) -> bool:
    """Whether it begins like a Mach-O file of one architecture or of several."""
    with file.open("rb") as stream:
        return bool(_slices(stream))


def minimum_system(file: Path) -> Version | None:
    """The oldest macOS that the file says it runs on; the newest of them when it has several architectures.

    None when it does not say.
    """
    with file.open("rb") as stream:
        asked = [version for offset in _slices(stream) if (version := _asked_for(stream, offset)) is not None]
    return max(asked, default=None)


def _slices(stream: BinaryIO) -> list[int]:
    """Where in the file each architecture begins; empty when it is no Mach-O file."""
    head = stream.read(8)
    magic = head[:4]
    if magic in _THIN:
        return [0]
    if magic not in (_FAT, _FAT_64) or len(head) < 8:
        return []
    count = struct.unpack(">I", head[4:])[0]
    if not 0 < count <= _MOST_ARCHITECTURES:
        return []
    size, offset = (20, ">8xI8x") if magic == _FAT else (32, ">8xQ16x")
    rows = stream.read(size * count)
    return [struct.unpack_from(offset, rows, size * number)[0] for number in range(len(rows) // size)]


def _asked_for(stream: BinaryIO, start: int) -> Version | None:
    stream.seek(start)
    header = stream.read(32)
    length = _THIN.get(header[:4])
    if length is None or len(header) < length:
        return None
    count = struct.unpack_from("<I", header, 16)[0]
    stream.seek(start + length)
    for _ in range(count):
        command = stream.read(8)
        if len(command) < 8:
            return None
        kind, size = struct.unpack("<II", command)
        body = stream.read(max(size - 8, 0))
        if kind == _VERSION_MIN_MACOSX:
            return _version(body, 0)
        if kind == _BUILD_VERSION and struct.unpack_from("<I", body)[0] == _MACOS:
            return _version(body, 4)
    return None


def _version(body: bytes, offset: int) -> Version:
    packed = struct.unpack_from("<I", body, offset)[0]
    return packed >> 16, (packed >> 8) & 0xFF
