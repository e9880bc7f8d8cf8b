"""From a path to a checked header."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from modules.llm_manager.contract.errors import InvalidModelFile
from modules.llm_manager.domain.ports import GgufHeader
from modules.llm_manager.infra.gguf.cursor import Cursor
from modules.llm_manager.infra.gguf.facts import header_from
from modules.llm_manager.infra.gguf.metadata import Metadata, read_metadata
from modules.llm_manager.infra.gguf.tensors import read_tensors

MAGIC = b"GGUF"
DEFAULT_ALIGNMENT = 32
MAX_ALIGNMENT = 1024 * 1024
_BUFFER_BYTES = 1024 * 1024
_SMALLEST_HEADER = 24


def read_header(path: Path) -> GgufHeader:
    """Read and check the header of the GGUF at ``path``; blocks, so call it on a thread.

    Raises:
        InvalidModelFile: it cannot be read or is not a GGUF to be trusted; the sentence says what is wrong.
    """
    try:
        check_kind(path)
        with path.open("rb", buffering=_BUFFER_BYTES) as stream:
            return _read(Cursor(stream, os.fstat(stream.fileno()).st_size))
    except OSError as err:
        raise unreadable(path, err) from err


def unreadable(path: Path, error: OSError) -> InvalidModelFile:
    """The error for a file that the system does not let us read."""
    if isinstance(error, PermissionError):
        return InvalidModelFile(
            f"{path.name} may not be read by this user.", action="Change the file's permissions, or copy it elsewhere."
        )
    return InvalidModelFile(f"{path.name} cannot be read: {error.strerror or error}.")


def check_kind(path: Path) -> None:
    """
    Raises:
        InvalidModelFile: it is not there, or is no ordinary file.
    """
    # Before opening: a pipe or a device would block or never end.
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as err:
        raise InvalidModelFile(f"There is no file {path.name}.", action="Check the path.") from err
    if stat.S_ISDIR(mode):
        raise InvalidModelFile(f"{path.name} is a folder, not a model file.", action="Choose a .gguf file inside it.")
    if not stat.S_ISREG(mode):
        raise InvalidModelFile(f"{path.name} is a device or pipe, not a model file.")


def _read(cursor: Cursor) -> GgufHeader:
    version = _check_start(cursor)
    tensor_count = cursor.u64("its header")
    metadata_count = cursor.u64("its header")
    metadata = read_metadata(cursor, metadata_count)
    _check_whole(metadata)
    tensors = read_tensors(cursor, tensor_count, _alignment(metadata))
    return header_from(version, metadata, tensors)


def _check_start(cursor: Cursor) -> int:
    if cursor.size_bytes == 0:
        raise InvalidModelFile("The model file is empty.")
    magic = cursor.take(min(4, cursor.size_bytes), "its header")
    if magic != MAGIC:
        raise InvalidModelFile("This is not a GGUF model file: it does not begin with the letters GGUF.")
    if cursor.size_bytes < _SMALLEST_HEADER:
        raise InvalidModelFile("The model file is incomplete: it ends inside its header.")
    version = cursor.u32("its header")
    if version in (2 << 24, 3 << 24):
        raise InvalidModelFile("The model file was written for big-endian computers.")
    if version not in (2, 3):
        raise InvalidModelFile(f"The model file has GGUF version {version:,}; versions 2 and 3 can be read.")
    return version


def _check_whole(metadata: Metadata) -> None:
    parts = metadata.whole("split.count")
    if parts > 1:
        raise InvalidModelFile(
            f"This is one of {parts} parts of a model.",
            action="Join them with llama-gguf-split --merge and add that.",
        )


def _alignment(metadata: Metadata) -> int:
    alignment = metadata.whole("general.alignment", DEFAULT_ALIGNMENT)
    if not 1 <= alignment <= MAX_ALIGNMENT or alignment & (alignment - 1):
        raise InvalidModelFile(f"The model file states an alignment of {alignment:,} bytes: it is damaged.")
    return alignment
