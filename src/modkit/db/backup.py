"""Verified copies of a database: made beside their final place, opened and checked, then renamed."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from loguru import logger
from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db.checks import Check, check_file, failed, passed, read_check, write_check
from modkit.db.connect import raw_connect
from modkit.db.engine import DatabaseFile
from modkit.db.errors import BackupDamaged, BackupFailed, BackupOfOtherKey
from modkit.db.files import fsync_file, fsync_folder, os_reason, unlink_quietly
from modkit.db.rotation import RotationPolicy, expendable
from modkit.db.types import utc_now
from modkit.db.verify import count_rows, verify_backup
from modkit.keys.data_key import DataKey
from modkit.keys.elsewhere import make_room_for, owner_of

KEEP = 5
_TIME = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"(?P<stem>.+)-(?P<time>\d{8}T\d{12}Z)-(?P<label>[a-z0-9-]+)\.db")
_LABEL = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished copy. ``stem`` is the name of the file it was made of, without suffix; times are UTC.

    ``check`` is what its last check found, None when nobody knows.
    """

    path: Path
    stem: str
    label: str
    created_at: datetime
    size_bytes: int
    check: Check | None = None

    @property
    def good(self) -> bool:
        """It was checked, and found whole."""
        return self.check is not None and self.check.ok


async def create_backup(
    file: DatabaseFile, folder: Path | None = None, *, label: str = "manual", keep: int | None = KEEP
) -> Backup:
    """Copy the file into ``folder`` (default: ``backups`` beside it), check the copy, then give it its name.

    Writing goes on meanwhile, unless a first copy was overtaken by changes: then it waits for the second.
    Afterwards only the ``keep`` newest copies of this file with this label are kept; None leaves that to ``rotate``.
    Beside them lie the wrapped keys (``keyring.json``): with the recovery code a copy of this folder can be opened on
    any computer.

    Raises:
        BackupFailed: nothing is left behind, older backups are untouched.
    """
    if not _LABEL.fullmatch(label):
        raise ValueError(f"a backup label has lower-case letters, digits and hyphens, not {label!r}")
    folder = folder or file.backup_folder
    made_at = await asyncio.to_thread(_after_all, folder, file.path.stem)
    final = folder / f"{file.path.stem}-{made_at.strftime(_TIME)}-{label}.db"
    # Judged before copying: a change that comes while the copy is made is not in it.
    file.changed_since_backup = False
    try:
        if not await asyncio.to_thread(_copy, file.path, file.key, final):
            async with file.writer_turn():
                if not await asyncio.to_thread(_copy, file.path, file.key, final):
                    raise BackupFailed(final, "another program keeps changing the database")
        await asyncio.to_thread(_copy_companions, file.companions, final, file.key)
        if keep is not None:
            await asyncio.to_thread(_prune_if_possible, folder, file.path.stem, label, keep)
    except BaseException:
        file.changed_since_backup = True
        raise
    logger.info("backup made: {}", final.name)
    return await asyncio.to_thread(_describe, final)


async def backup_before_migration(file: DatabaseFile) -> None:
    """Make sure a verified backup of the file as it is now exists, unless it is new or can be rebuilt.

    Raises:
        BackupFailed: then the migration must not run.
    """
    if file.rebuildable or not file.changed_since_backup or not await _has_content(file):
        return
    await create_backup(file, label="before-migration")


def list_backups(folder: Path, stem: str | None = None) -> list[Backup]:
    """The finished copies in a folder, newest first; a missing folder has none. Blocks on the disk."""
    if not folder.is_dir():
        return []
    found = [_describe(path) for path in folder.iterdir() if is_backup(path)]
    mine = [backup for backup in found if stem is None or backup.stem == stem]
    return sorted(mine, key=lambda backup: backup.created_at, reverse=True)


def is_backup(path: Path) -> bool:
    """Whether there is a file with the name of a finished copy."""
    return _NAME.fullmatch(path.name) is not None and path.is_file()


def describe_backup(path: Path) -> Backup:
    """What is known of one copy. A file under another name counts as a copy made when it was last changed."""
    if _NAME.fullmatch(path.name) is not None:
        return _describe(path)
    status = path.stat()
    made_at = datetime.fromtimestamp(status.st_mtime, UTC)
    return Backup(path, path.name.split(".")[0], "", made_at, status.st_size, read_check(path))


def prune(folder: Path, stem: str, label: str, keep: int) -> list[Path]:
    """Remove all but the ``keep`` newest copies of a file with a label; gives what was removed.

    The newest copy of the file that is known to be good stays, whatever its label.
    """
    known = list_backups(folder, stem)
    last_good = next((backup for backup in known if backup.good), None)
    mine = [backup for backup in known if backup.label == label]
    return [remove_backup(backup) for backup in mine[keep:] if backup != last_good]


def rotate(folder: Path, stem: str, policy: RotationPolicy | None = None) -> list[Path]:
    """Remove the copies of a file that the policy has no more use for; gives what was removed. Blocks on the disk."""
    return [remove_backup(backup) for backup in expendable(list_backups(folder, stem), policy)]


def remove_backup(backup: Backup) -> Path:
    """Remove a copy and what is known about it; gives where it was."""
    backup.path.unlink(missing_ok=True)
    # After the copy: the other way round, a crash in between would leave a good copy that counts as not checked.
    check_file(backup.path).unlink(missing_ok=True)
    return backup.path


def check_backup(backup: Backup, key: DataKey) -> Backup:
    """Check every page of a copy now and remember the result, also a bad one. Blocks on the disk.

    That the key does not fit is not remembered in a folder of another profile, whose backup may be sound.
    """
    try:
        found = passed(verify_backup(backup.path, key).rows)
    except BackupDamaged as err:
        found = failed(err.reason)
        if isinstance(err, BackupOfOtherKey) and owner_of(backup.path.parent) not in (None, key.fingerprint):
            return replace(backup, check=found)
    write_check(backup.path, found)
    return replace(backup, check=found)


def copy_backup(backup: Backup, folder: Path, key: DataKey, companions: tuple[Path, ...] = ()) -> Backup:
    """Put a second copy of a finished backup into another folder, and check that one too. Blocks on the disk.

    Raises:
        BackupFailed: nothing is left behind there.
    """
    final = folder / backup.path.name
    partial = final.with_name(final.name + ".partial")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < backup.size_bytes:
            raise BackupFailed(final, "there is not enough free space", action="Free some space and try again.")
        shutil.copyfile(backup.path, partial)
        partial.chmod(0o600)
        fsync_file(partial)
        rows = verify_backup(partial, key).rows
        partial.replace(final)
        fsync_folder(folder)
    except BackupDamaged as err:
        raise BackupFailed(final, err.reason) from err
    except OSError as err:
        raise BackupFailed(final, os_reason(err)) from err
    finally:
        unlink_quietly(partial)
    write_check(final, passed(rows))
    _copy_companions(companions, final, key)
    return _describe(final)


def _prune_if_possible(folder: Path, stem: str, label: str, keep: int) -> None:
    """One copy too many is no reason to call the new one failed."""
    try:
        prune(folder, stem, label, keep)
    except OSError as err:
        logger.warning("older backups of {} could not be removed: {}", stem, os_reason(err))


def _after_all(folder: Path, stem: str) -> datetime:
    """Now; or just behind the newest copy, where the clock was set back since: the newest must not pass for the oldest,
    to be removed at once or passed over when something has to be restored.
    """
    newest = None
    with contextlib.suppress(OSError):  # a folder that cannot be read is the next step's to say
        newest = next(iter(list_backups(folder, stem)), None)
    return utc_now() if newest is None else max(utc_now(), newest.created_at + timedelta(microseconds=1))


def _copy(source: Path, key: DataKey, final: Path) -> bool:
    """Make, check and rename one copy; False when the source changed while it was made."""
    partial = final.with_name(final.name + ".partial")
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(final.parent).free < source.stat().st_size:
            raise BackupFailed(final, "there is not enough free space", action="Free some space and try again.")
        expected = _vacuum_into(source, key, partial)
        if expected is None:
            return False
        partial.chmod(0o600)
        verified = verify_backup(partial, key)
        if verified.rows != expected:
            raise BackupFailed(final, "the copy has not the same rows as the original")
        fsync_file(partial)
        partial.replace(final)
        fsync_folder(final.parent)
        write_check(final, passed(verified.rows))
        return True
    except BackupDamaged as err:
        raise BackupFailed(final, err.sentence.rstrip(".")) from err
    except (sqlcipher.Error, OSError) as err:
        raise BackupFailed(final, os_reason(err)) from err
    finally:
        unlink_quietly(partial, partial.with_name(partial.name + "-journal"))


def _copy_companions(companions: tuple[Path, ...], final: Path, key: DataKey) -> None:
    for companion in companions:
        if not companion.exists():
            continue
        target = final.parent / companion.name
        partial = target.with_name(target.name + ".partial")
        try:
            shutil.copyfile(companion, partial)
            partial.chmod(0o600)
            fsync_file(partial)
            # Backups of another profile that were put into this folder are opened by its keys alone.
            make_room_for(target, key)
            partial.replace(target)
        except OSError as err:
            raise BackupFailed(final, os_reason(err)) from err
        finally:
            unlink_quietly(partial)


def _vacuum_into(source: Path, key: DataKey, target: Path) -> dict[str, int] | None:
    """Copy by VACUUM INTO and count the source's rows; None when somebody changed the source in between."""
    connection = raw_connect(source, key, "rw")
    try:
        connection.execute("PRAGMA busy_timeout = 5000")
        before = _data_version(connection)
        # Not the incremental backup API: under writes it starts over again and again.
        connection.execute("VACUUM INTO ?", (str(target),))
        rows = count_rows(connection)
        return rows if _data_version(connection) == before else None
    finally:
        connection.close()


def _data_version(connection: sqlcipher.Connection) -> int:
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _describe(path: Path) -> Backup:
    parts = _NAME.fullmatch(path.name)
    if parts is None:
        raise ValueError(f"not the name of a backup: {path.name}")
    created_at = datetime.strptime(parts["time"], _TIME).replace(tzinfo=UTC)
    return Backup(path, parts["stem"], parts["label"], created_at, path.stat().st_size, read_check(path))


async def _has_content(file: DatabaseFile) -> bool:
    async with file.reading() as connection:
        histories = await connection.exec_driver_sql(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name GLOB 'modkit_migrations__*'"
        )
        return int(histories.scalar_one()) > 0
