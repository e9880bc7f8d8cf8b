"""A profile that does not open because its file is bad: what can be chosen, and doing it. Runs on the host thread."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hyperspot_desktop.clients import Recovery
from modkit.db.backup import Backup, describe_backup
from modkit.db.errors import (
    DAMAGE,
    BackupDamaged,
    NothingToRepair,
    NotRepaired,
    RestoreFailed,
    RestoreUnfinished,
)
from modkit.db.recovery.repair import newest_sound_backup, repair_database
from modkit.db.repair_notes import note_repair
from modkit.db.restore import restore_backup
from modkit.errors import HyperSpotError
from modkit.keys import DataKey, KeyStore
from modkit.keys.errors import KeysError
from modules.chat.contract import CONVERSATIONS_TABLE

BAD_FILE = (*DAMAGE, RestoreUnfinished)
"""The starts after which there is something to choose."""
_FAILED = (BackupDamaged, NotRepaired, RestoreFailed, RestoreUnfinished, KeysError)


class DamagedStart(HyperSpotError):
    """The start failed because of ``path``; ``to_dict`` has what the window offers beside the cause's own words."""

    def __init__(self, cause: HyperSpotError, path: Path, backup: Backup | None, *, lost: bool = False) -> None:
        kept = "What is left of it" if lost else "The damaged file"
        super().__init__(cause.sentence, action=f"Choose what to do. {kept} is kept, whatever you choose.")
        self.cause = cause
        self.path = path
        self.backup = backup
        self.lost = lost

    def to_dict(self) -> dict[str, str]:
        data = super().to_dict() | {"code": self.cause.code, "kind": self.cause.kind.value, "database": str(self.path)}
        if self.lost:
            data["lost"] = "yes"
        if self.backup is not None:
            rows = self.backup.check.rows if self.backup.check is not None else {}
            data |= {
                "backup": self.backup.path.name,
                "backup_made_at": self.backup.created_at.isoformat(),
                "backup_conversations": str(rows.get(CONVERSATIONS_TABLE, "")),
            }
        return data


async def with_choices(cause: HyperSpotError, home: Path, path: Path) -> DamagedStart:
    """A failed start with the newest backup that passes every check now, if there is one."""
    try:
        key = await KeyStore(home).open()
        found = await asyncio.to_thread(newest_sound_backup, [home / "backups"], path.stem, key)
        backup = None if found is None else await asyncio.to_thread(describe_backup, found)
    except (KeysError, OSError):
        backup = None
    # Told by the disk: a restore of a lost file that failed says why, and it is as lost as before. One that is not
    # finished yet has the old file under another name.
    lost = not isinstance(cause, RestoreUnfinished) and not await asyncio.to_thread(path.exists)
    return DamagedStart(cause, path, backup, lost=lost)


async def recover(home: Path, how: Recovery) -> None:
    """Do what was chosen, to a home whose lock is held; the file from before is kept, and the user is told.

    Raises:
        DamagedStart: it did not work; nothing is lost, and the other choice is still there.
    """
    try:
        key = await KeyStore(home).open()
        work = _repair if how.how == "repair" else _restore
        await _to_its_end(asyncio.ensure_future(asyncio.to_thread(work, home, how.path, key)))
    except _FAILED as err:
        raise await with_choices(err, home, how.path) from err


async def _to_its_end(working: asyncio.Future[None]) -> None:
    """A window that is closed meanwhile must not let go of the home while its file is replaced."""
    try:
        await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.wait([working])
        raise


def _repair(home: Path, path: Path, key: DataKey) -> None:
    try:
        report = repair_database(path, key, [home / "backups"])
    except NothingToRepair:
        # Whatever keeps it from opening is said by the next try.
        return
    note_repair(path, report.sentence, lines=tuple(report.lines()), kept=report.kept)


def _restore(home: Path, path: Path, key: DataKey) -> None:
    backup = newest_sound_backup([home / "backups"], path.stem, key)
    if backup is None:
        raise NotRepaired(path, "there is no usable backup")
    kept = restore_backup(backup, path, key)
    note_repair(
        path, f"{path.name} was replaced by the backup {backup.name}; what is newer is in the old file.", kept=kept
    )


def path_of(cause: HyperSpotError) -> Path | None:
    """Which file is bad; None for an error that is about something else."""
    return cause.path if isinstance(cause, BAD_FILE) else None
