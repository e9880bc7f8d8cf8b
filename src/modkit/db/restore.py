"""Puts a verified backup in the place of a database; the replaced file is moved aside, never deleted."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from modkit.db.backup import verify_backup
from modkit.db.errors import BackupFailed
from modkit.db.files import fsync_folder, os_reason, unlink_quietly
from modkit.db.types import utc_now
from modkit.keys.data_key import DataKey


def restore_backup(backup: Path, target: Path, key: DataKey) -> Path | None:
    """Replace ``target``, which nobody may have open, by a copy of ``backup``. Blocks on the disk.

    Gives the place the replaced file was moved to, None when there was none.

    Raises:
        BackupDamaged: the backup is not usable; the target is untouched.
        BackupFailed: it could not be copied; the target is untouched.
    """
    verify_backup(backup, key)
    fresh = target.with_name(target.name + ".restoring")
    try:
        with backup.open("rb") as source, fresh.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1024 * 1024)
            copy.flush()
            os.fsync(copy.fileno())
        fresh.chmod(0o600)
        aside = _move_aside(target)
        fresh.replace(target)
        fsync_folder(target.parent)
    except OSError as err:
        raise BackupFailed(target, f"it could not be restored ({os_reason(err)})") from err
    finally:
        unlink_quietly(fresh)
    return aside


def _move_aside(target: Path) -> Path | None:
    if not target.exists():
        return None
    aside = target.with_name(f"{target.name}.replaced-{utc_now():%Y%m%dT%H%M%SZ}")
    # The write-ahead log belongs to the old file; left in place it would be played into the new one.
    for suffix in ("-wal", "-shm", ""):
        part = target.with_name(target.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside
