"""What the backups service needs from outside."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Protocol

from modkit.keys.data_key import DataKey
from modules.backups.contract import BackupInfo, BackupReason, TrashedBackup


class Clock(Protocol):
    """The time of day, and waiting."""

    def now(self) -> datetime:
        """Aware, in UTC."""

    async def sleep(self, seconds: float) -> None: ...


class BackupStore(Protocol):
    """Backups as files, and the databases that they are made of."""

    async def create(self, reason: BackupReason, *, only_changed: bool = False) -> list[BackupInfo]:
        """Copy, check and thin out; see BackupsClient.create."""

    async def all(self) -> list[BackupInfo]:
        """Those of the profile's own folder, newest first."""

    async def find(self, name: str) -> BackupInfo:
        """By its name in the profile's own folder, else by its path (else BackupNotFound)."""

    async def verify(self, backup: BackupInfo, key: DataKey | None) -> BackupInfo: ...

    async def key_of(self, backup: BackupInfo, secret: str) -> DataKey | None:
        """The key of a backup that ``secret`` leads to; None for "", when the profile's own key is meant."""

    async def copy_out(self, folder: Path) -> list[BackupInfo]:
        """Bring a second folder up to date: the newest good backup of each database; give what was copied.

        Raises:
            SecondFolderUnusable
        """

    async def in_second_folder(self, folder: Path) -> frozenset[str]:
        """The names of the backups there; none when the folder cannot be read."""

    async def decide_restore(self, backup: BackupInfo, key: DataKey | None) -> None: ...
    async def undo_restore(self) -> bool: ...
    async def restore_decided(self) -> bool: ...

    async def remove(self, name: str) -> BackupInfo:
        """Into the trash; see BackupsClient.remove."""

    async def trashed(self) -> list[TrashedBackup]: ...
    async def take_back(self, name: str) -> BackupInfo: ...
    async def delete_for_ever(self, name: str) -> None: ...
    async def delete_old(self) -> None:
        """Remove what has been in the trash long enough; a folder that does not let it is no error."""

    def changed(self) -> bool:
        """Whether something may have been written since the last backup."""

    def size_bytes(self) -> int:
        """Of all databases together."""
