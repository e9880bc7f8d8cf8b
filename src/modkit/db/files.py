"""Small durable-file helpers."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path


def fsync_folder(folder: Path) -> None:
    """Make a rename in the folder durable. Windows has no such call; NTFS journals renames."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fsync_file(path: Path) -> None:
    """Make a file's content durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def unlink_quietly(*paths: Path) -> None:
    """Remove leftovers; an error here would hide the one that made them leftovers."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def set_aside(path: Path) -> None:
    """Rename a database file to ``<name>.set-aside``; its log goes, as it must not be played into another file.

    Raises:
        OSError: it could not be renamed.
    """
    unlink_quietly(*(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm")))
    if path.exists():
        path.replace(path.with_name(path.name + ".set-aside"))


def os_reason(err: BaseException) -> str:
    """What the operating system said, without numbers and paths."""
    return err.strerror or str(err) if isinstance(err, OSError) else str(err)
