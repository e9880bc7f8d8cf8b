"""Steps that survive a power cut: fsync of files and folders, and the final rename."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from modules.llm_manager.contract.errors import NotEnoughDisk


def publish(part: Path, target: Path) -> None:
    """Give a finished file its final name; after this returns, file and name are on disk."""
    sync_file(part)
    part.replace(target)
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable; Windows does that by itself and cannot open folders."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_disk_full(error: OSError) -> bool:
    """No space left, or the user's quota is used up."""
    return error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def disk_full(folder: Path) -> NotEnoughDisk:
    """The error for a disk that filled up while a model was written."""
    return NotEnoughDisk(f"The disk that holds {folder} is full.")
