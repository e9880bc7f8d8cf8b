"""Where backups go that the user deleted: a folder inside theirs, from which they come back or go for good."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from modkit.db.backup import Backup, describe_backup, is_backup, list_backups, remove_backup
from modkit.db.checks import check_file
from modkit.db.files import fsync_folder
from modkit.db.types import utc_now

KEPT = timedelta(days=30)
_NAME = "trash"


class BackupTrash:
    """The trash of a folder of backups. Every call blocks on the disk.

    A backup in it is out of reach of the rotation, and nothing is restored from it by itself. When it came there is
    the time of its file: its name goes on saying when it was made.

    Raises:
        OSError: from every call, when the disk does not do what is asked.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._trash = folder / _NAME

    def put(self, backup: Backup) -> Backup:
        """Move a backup of the folder into the trash; gives it as it is there."""
        self._trash.mkdir(mode=0o700, exist_ok=True)
        return self._move(backup, self._trash)

    def take_back(self, name: str) -> Backup | None:
        """Move one back; None when the trash does not have it."""
        backup = self._find(name)
        return None if backup is None else self._move(backup, self._folder)

    def all(self) -> list[tuple[Backup, datetime]]:
        """What is in it and since when, the last that came first."""
        found = [(one, _moved_at(one)) for one in list_backups(self._trash)]
        return sorted(found, key=lambda pair: pair[1], reverse=True)

    def delete(self, name: str) -> bool:
        """Remove one for good; False when the trash does not have it."""
        backup = self._find(name)
        if backup is not None:
            remove_backup(backup)
            fsync_folder(self._trash)
        return backup is not None

    def delete_old(self) -> list[Path]:
        """Remove what has been in it for 30 days; gives what that was."""
        limit = utc_now() - KEPT
        return [remove_backup(backup) for backup, moved_at in self.all() if moved_at < limit]

    def _find(self, name: str) -> Backup | None:
        path = self._trash / name
        return describe_backup(path) if path.parent == self._trash and is_backup(path) else None

    def _move(self, backup: Backup, folder: Path) -> Backup:
        target = folder / backup.path.name
        backup.path.replace(target)
        # Behind the copy: a crash in between costs a check, never a copy.
        check = check_file(backup.path)
        if check.exists():
            check.replace(check_file(target))
        os.utime(target)
        for one in {folder, backup.path.parent}:
            fsync_folder(one)
        return describe_backup(target)


def _moved_at(backup: Backup) -> datetime:
    return datetime.fromtimestamp(backup.path.stat().st_mtime, UTC)
