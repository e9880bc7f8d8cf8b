"""Steps that survive a power cut: fsync of files and folders, and the final rename."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from modules.llm_manager.contract.errors import FileInTheWay, NotEnoughDisk


def publish(part: Path, target: Path) -> None:
    """Give a finished file its final name; after this returns, file and name are on disk.

    Raises:
        FileInTheWay: something has that name; it and ``part`` stay as they are.
    """
    sync_file(part)
    try:
        _rename_to_new(part, target)
    except FileExistsError as err:
        raise FileInTheWay(target) from err
    sync_folder(target.parent)


def _rename_to_new(part: Path, target: Path) -> None:
    """Rename, but never onto something: POSIX has no such call, a second name for the file refuses just as well."""
    if sys.platform == "win32":
        part.rename(target)  # this system's own rename refuses
        return
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        _rename_to_reserved(part, target)
    else:
        part.unlink()


def _rename_to_reserved(part: Path, target: Path) -> None:
    """For file systems without hard links: an empty file, made exclusively, keeps the name until the rename."""
    target.touch(exist_ok=False)
    try:
        part.replace(target)
    except BaseException:
        target.unlink()
        raise


def part_path(target: Path) -> Path:
    """Where an unfinished download of ``target`` lies."""
    return target.with_name(f"{target.name}.part")


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
