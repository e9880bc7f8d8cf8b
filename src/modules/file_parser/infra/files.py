"""Reads documents from disk, with the operating system's refusals in words."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

from modules.file_parser.contract import DocumentNotFound, DocumentTooLarge, DocumentUnreadable


class LocalDocumentFiles:
    """Implements DocumentFiles."""

    async def read(self, path: Path, max_bytes: int) -> bytes:
        return await asyncio.to_thread(_read, path, max_bytes)


def _read(path: Path, max_bytes: int) -> bytes:
    try:
        status = path.stat()
        # Before opening: a named pipe would wait for its writer for ever.
        if not stat.S_ISREG(status.st_mode):
            raise DocumentNotFound(f"{path} is not a file.")
        if status.st_size > max_bytes:
            raise DocumentTooLarge(f"{path.name} has {status.st_size} bytes; {max_bytes} are allowed.")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as err:
        raise DocumentNotFound(f"There is no file {path}.") from err
    except OSError as err:
        raise DocumentUnreadable(f"{path} cannot be read: {err.strerror or err}.") from err
    if len(data) > max_bytes:
        raise DocumentTooLarge(f"{path.name} grew over {max_bytes} bytes while it was read.")
    return data
