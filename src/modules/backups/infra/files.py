"""Backups as encrypted files beside the databases of a running program."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from loguru import logger

from modkit.db.backup import (
    Backup,
    check_backup,
    copy_backup,
    create_backup,
    describe_backup,
    is_backup,
    list_backups,
    rotate,
)
from modkit.db.engine import DatabaseFile
from modkit.db.errors import BackupFailed
from modkit.db.files import os_reason
from modkit.db.restore import decide_restore, decided_restore, undo_decision
from modkit.keys.data_key import DataKey
from modkit.keys.elsewhere import key_beside, owner_of
from modules.backups.contract import (
    BackupFolderUnusable,
    BackupInfo,
    BackupNotFound,
    BackupReason,
    BackupState,
    SecondFolderUnusable,
    TrashedBackup,
    UnknownDatabase,
)
from modules.backups.infra.trash import KEPT, BackupTrash
from modules.chat.contract import CONVERSATIONS_TABLE, MESSAGES_TABLE

T = TypeVar("T")


class BackupFiles:
    """Implements BackupStore. ``files`` gives the open databases; those that can be made again are passed over."""

    def __init__(self, files: Callable[[], Sequence[DatabaseFile]], folder: Path) -> None:
        self._all_files = files
        self._folder = folder
        self._trash = BackupTrash(folder)

    async def create(self, reason: BackupReason, *, only_changed: bool = False) -> list[BackupInfo]:
        made = []
        for file in self._files():
            if only_changed and not file.changed_since_backup:
                continue
            file.refuse_read_only_disk()
            made.append(info_of(await create_backup(file, self._folder, label=reason, keep=None)))
            await asyncio.to_thread(self._rotate, file.path.stem)
        return made

    async def all(self) -> list[BackupInfo]:
        return [info_of(one) for one in await asyncio.to_thread(self._all)]

    async def find(self, name: str) -> BackupInfo:
        return info_of(await asyncio.to_thread(self._find, name))

    async def verify(self, backup: BackupInfo, key: DataKey | None) -> BackupInfo:
        key = key or self._files()[0].key
        return info_of(await asyncio.to_thread(lambda: check_backup(describe_backup(backup.path), key)))

    async def key_of(self, backup: BackupInfo, secret: str) -> DataKey | None:
        return await asyncio.to_thread(key_beside, backup.path, secret) if secret else None

    async def copy_out(self, folder: Path) -> list[BackupInfo]:
        try:
            return [info_of(one) for one in await asyncio.to_thread(self._copy_out, folder)]
        except OSError as err:
            raise SecondFolderUnusable(str(folder), os_reason(err)) from err

    async def in_second_folder(self, folder: Path) -> frozenset[str]:
        return await asyncio.to_thread(_names_in, folder)

    async def decide_restore(self, backup: BackupInfo, key: DataKey | None) -> None:
        file = self._file_of(backup)
        await asyncio.to_thread(lambda: decide_restore(backup.path, file.path, file.key, backup_key=key))

    async def undo_restore(self) -> bool:
        return any([await asyncio.to_thread(undo_decision, file.path) for file in self._files()])

    async def restore_decided(self) -> bool:
        return any([await asyncio.to_thread(decided_restore, file.path) for file in self._files()])

    async def remove(self, name: str) -> BackupInfo:
        return info_of(await asyncio.to_thread(self._usable, lambda: self._trash.put(self._own(name))))

    async def trashed(self) -> list[TrashedBackup]:
        found = await asyncio.to_thread(self._usable, self._trash.all)
        return [TrashedBackup(info_of(one), moved_at, moved_at + KEPT) for one, moved_at in found]

    async def take_back(self, name: str) -> BackupInfo:
        taken = await asyncio.to_thread(self._usable, lambda: self._trash.take_back(name))
        if taken is None:
            raise BackupNotFound(name)
        return info_of(taken)

    async def delete_for_ever(self, name: str) -> None:
        if not await asyncio.to_thread(self._usable, lambda: self._trash.delete(name)):
            raise BackupNotFound(name)

    async def delete_old(self) -> None:
        try:
            await asyncio.to_thread(self._trash.delete_old)
        except OSError as err:
            logger.warning("the trash of the backups could not be emptied ({})", os_reason(err))

    def changed(self) -> bool:
        return any(file.changed_since_backup for file in self._files())

    def size_bytes(self) -> int:
        with contextlib.suppress(OSError):
            return sum(file.path.stat().st_size for file in self._files())
        return 0

    def _files(self) -> list[DatabaseFile]:
        return [file for file in self._all_files() if not file.rebuildable]

    def _all(self) -> list[Backup]:
        return self._usable(lambda: list_backups(self._folder))

    def _usable(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except OSError as err:
            raise BackupFolderUnusable(str(self._folder), os_reason(err)) from err

    def _own(self, name: str) -> Backup:
        """One of the profile's own folder, never a file elsewhere."""
        path = self._folder / name
        if path.parent != self._folder or not is_backup(path):
            raise BackupNotFound(name)
        return describe_backup(path)

    def _rotate(self, stem: str) -> None:
        try:
            rotate(self._folder, stem)
        except OSError as err:
            # The new backup is made; that an old one cannot be removed does not make it worse.
            logger.warning("old backups could not be removed ({})", os_reason(err))

    def _find(self, name: str) -> Backup:
        for path in (self._folder / name, Path(name).expanduser().absolute()):
            if path.is_file():
                return describe_backup(path)
        raise BackupNotFound(name)

    def _file_of(self, backup: BackupInfo) -> DatabaseFile:
        files = self._files()
        named = [file for file in files if file.path.stem == backup.database]
        for candidates in (named, files):
            if len(candidates) == 1:
                return candidates[0]
        raise UnknownDatabase(backup.name, tuple(sorted(file.path.stem for file in files)))

    def _copy_out(self, folder: Path) -> list[Backup]:
        # Not made when it is missing: the drive is not connected, and its place is a folder of another disk.
        if not folder.is_dir():
            raise SecondFolderUnusable(str(folder), "it is not there")
        if self._folder.is_dir() and folder.samefile(self._folder):
            raise SecondFolderUnusable(str(folder), "it is the first one")
        copied = []
        for file in self._files():
            if (owner_of(folder) or file.key.fingerprint) != file.key.fingerprint:
                # Rotation would take its backups for ours.
                raise SecondFolderUnusable(str(folder), "it holds the backups of another profile")
            stem = file.path.stem
            newest = next((one for one in list_backups(self._folder, stem) if one.good), None)
            if newest is None or _is_there(newest, folder):
                continue
            try:
                copied.append(copy_backup(newest, folder, file.key, file.companions))
            except BackupFailed as err:
                raise SecondFolderUnusable(str(folder), err.sentence.rstrip(".")) from err
            rotate(folder, stem)
        return copied


def info_of(backup: Backup) -> BackupInfo:
    """A backup as others see it."""
    check = backup.check
    rows = check.rows if check is not None and check.ok else {}
    return BackupInfo(
        name=backup.path.name,
        path=backup.path,
        label=backup.label,
        database=backup.stem,
        created_at=backup.created_at,
        size_bytes=backup.size_bytes,
        state=_state_of(backup),
        checked_at=None if check is None else check.checked_at,
        problem="" if check is None else check.problem,
        conversations=rows.get(CONVERSATIONS_TABLE),
        messages=rows.get(MESSAGES_TABLE),
    )


def _state_of(backup: Backup) -> BackupState:
    if backup.check is None:
        return "unchecked"
    return "good" if backup.check.ok else "damaged"


def _is_there(backup: Backup, folder: Path) -> bool:
    copy = folder / backup.path.name
    return is_backup(copy) and describe_backup(copy).good


def _names_in(folder: Path) -> frozenset[str]:
    try:
        return frozenset(path.name for path in folder.iterdir() if is_backup(path))
    except OSError:
        return frozenset()
