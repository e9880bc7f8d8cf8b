"""Which files of a tree are programs and libraries of Windows, and which of them bear a signature.

Source: Microsoft, "PE Format": the certificate table is entry 4 of the optional header's data directories.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

_HEADER_BYTES = 4096
_DIRECTORIES_AT = {0x10B: 96, 0x20B: 112}
"""Where the data directories begin in an optional header of 32 and of 64 bits."""
_CERTIFICATES = 4


def pe_files(tree: Path) -> Iterator[Path]:
    """All below ``tree``, whatever their names end in, in the order of their paths; links are passed over."""
    for file in sorted(tree.rglob("*")):
        if file.is_file() and not file.is_symlink() and _optional_header(file) is not None:
            yield file


def is_signed(file: Path) -> bool:
    """Whether the file has an Authenticode signature, valid or not. False for what is no program of Windows."""
    optional = _optional_header(file)
    if optional is None or len(optional) < 2:
        return False
    directories = _DIRECTORIES_AT.get(struct.unpack_from("<H", optional)[0])
    if directories is None or len(optional) < directories + 8 * (_CERTIFICATES + 1):
        return False
    start, size = struct.unpack_from("<II", optional, directories + 8 * _CERTIFICATES)
    return bool(start and size)


def _optional_header(file: Path) -> bytes | None:
    with file.open("rb") as stream:
        header = stream.read(_HEADER_BYTES)
    if header[:2] != b"MZ" or len(header) < 64:
        return None
    start = struct.unpack_from("<I", header, 60)[0]
    if header[start : start + 4] != b"PE\0\0":
        return None
    return header[start + 24 :]
