"""Puts a verified backup in the place of a database; the replaced file is kept, and a crash loses neither.

The copy gets the name ``X.restoring-TIME`` only when it is complete: from then on the restore is decided, and whoever
comes next, another restore or the next start, finishes it with the same steps. Before, nothing of X was touched.
"""

from __future__ import annotations

import os
import shutil
from glob import escape
from pathlib import Path

from loguru import logger
from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db import ballast
from modkit.db.connect import has_log, log_of, raw_connect
from modkit.db.errors import BackupDamaged, RestoreFailed, RestoreUnfinished
from modkit.db.files import fsync_file, fsync_folder, os_reason, unlink_quietly
from modkit.db.repair_notes import note_repair
from modkit.db.types import utc_now
from modkit.db.verify import verify_backup
from modkit.keys.data_key import DataKey

PARTIAL_SUFFIX = ".restoring.partial"
_DECIDED = ".restoring-"
_KEPT = ".replaced-"


def restore_backup(backup: Path, target: Path, key: DataKey, *, backup_key: DataKey | None = None) -> Path | None:
    """Replace ``target``, which nobody may have open, by a copy of ``backup``. Blocks on the disk.

    Gives the place where the replaced file is kept, None when there was none. Such a file can be restored, too: with
    the log that belongs to it. ``backup_key`` is for a backup that was made with another key than ``key``.

    Raises:
        BackupDamaged: the backup is not usable; the target is untouched.
        RestoreFailed: it could not be copied; the target is untouched.
        RestoreUnfinished: the copy could not be put in place; the next start tries again.
    """
    return _put_in_place(decide_restore(backup, target, key, backup_key=backup_key), target)


def decide_restore(backup: Path, target: Path, key: DataKey, *, backup_key: DataKey | None = None) -> Path:
    """Lay a complete copy of ``backup`` beside ``target``, which may be open: the next start puts it in place.

    Whoever decides again meanwhile replaces the first decision; ``undo_decision`` takes it back. Blocks on the disk.

    Raises:
        BackupDamaged, RestoreFailed: nothing is decided; the target is untouched.
    """
    if not has_log(backup):
        verify_backup(backup, backup_key or key)
    partial = target.with_name(target.name + PARTIAL_SUFFIX)
    try:
        if target.exists() and backup.samefile(target):
            raise RestoreFailed(target, "the backup is the database itself")
        _copy(backup, partial, backup_key or key)
        if backup_key is not None and backup_key != key:
            _encrypt_anew(backup, partial, backup_key, key)
        return _decide(partial, target)
    except OSError as err:
        raise RestoreFailed(target, os_reason(err)) from err
    finally:
        unlink_quietly(partial, *(partial.with_name(partial.name + end) for end in ("-wal", "-shm", "-journal")))


def put_in_place(fresh: Path, target: Path) -> Path | None:
    """Give a checked file beside ``target`` its place; the replaced file is kept, and the path of it is given.

    Raises:
        OSError: it is not decided yet; the target is untouched.
        RestoreUnfinished: decided, but not in place; the next start tries again.
    """
    return _put_in_place(_decide(fresh, target), target)


def decided_restore(target: Path) -> Path | None:
    """The copy that the next start will put in the place of ``target``; None when nothing is decided."""
    return _decided(target)


def undo_decision(target: Path) -> bool:
    """Take back what ``decide_restore`` decided; False when nothing is decided, or it is half done already."""
    decided = _decided(target)
    if decided is None or not target.exists() or _kept_of(decided, target).exists():
        return False
    decided.unlink()
    fsync_folder(target.parent)
    return True


def finish_restore(target: Path, key: DataKey) -> None:
    """Complete a restore that was decided and then interrupted; without one, nothing is done. Blocks on the disk.

    Raises:
        RestoreUnfinished: it cannot be completed now; nothing is lost.
    """
    decided = _decided(target)
    if decided is None:
        return
    try:
        verify_backup(decided, key)
    except BackupDamaged as err:
        raise RestoreUnfinished(target, err.reason) from err
    kept = _put_in_place(decided, target)
    logger.warning("finished an interrupted restore of {}; kept: {}", target.name, kept and kept.name)
    before = f"; the file from before is kept as {kept.name}" if kept is not None else ""
    note_repair(target, f"{target.name} was replaced by the backup that was chosen{before}.", kept=kept)


def remains_of(target: Path) -> list[Path]:
    """What shows that a missing database was not always missing: parts of it, its ballast, backups of it."""
    patterns = (f"{escape(target.name)}{_KEPT}*", f"{escape(target.name)}.restoring*")
    found = sorted(path for pattern in patterns for path in target.parent.glob(pattern))
    found += [path for path in (target.with_name(target.name + ballast.SUFFIX),) if path.exists()]
    found += sorted(target.parent.glob(f"backups/{escape(target.stem)}-[0-9]*.db"), reverse=True)
    return [log_of(target), *found] if has_log(target) else found


def _decide(fresh: Path, target: Path) -> Path:
    fsync_file(fresh)
    # An unfinished restore before this one may have moved the old log already: it goes on under its own time.
    decided = _decided(target) or target.with_name(f"{target.name}{_DECIDED}{utc_now():%Y%m%dT%H%M%S%fZ}")
    fresh.replace(decided)
    return decided


def _decided(target: Path) -> Path | None:
    return next(iter(sorted(target.parent.glob(f"{escape(target.name)}{_DECIDED}*"))), None)


def _copy(backup: Path, partial: Path, key: DataKey) -> None:
    shutil.copyfile(backup, partial)
    partial.chmod(0o600)
    if has_log(backup):
        shutil.copyfile(log_of(backup), log_of(partial))
        try:
            _fold_log_in(partial, key)
            verify_backup(partial, key)
        except BackupDamaged as err:
            raise BackupDamaged(backup, err.reason) from err
        except sqlcipher.Error as err:
            raise BackupDamaged(backup, str(err)) from err


def _encrypt_anew(backup: Path, partial: Path, backup_key: DataKey, key: DataKey) -> None:
    """Give a copy the key of its new home, so that this home's own ways to its key lead to it."""
    connection = raw_connect(partial, backup_key, "rw")
    try:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        connection.execute(f"PRAGMA rekey = \"x'{key.raw.hex()}'\"")
    except sqlcipher.Error as err:
        raise BackupDamaged(backup, str(err)) from err
    finally:
        connection.close()
    verify_backup(partial, key)
    fsync_file(partial)


def _kept_of(decided: Path, target: Path) -> Path:
    return target.with_name(target.name + _KEPT + decided.name.removeprefix(target.name + _DECIDED))


def _fold_log_in(path: Path, key: DataKey) -> None:
    connection = raw_connect(path, key, "rw")
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()
    if has_log(path):
        raise BackupDamaged(path, "its write-ahead log cannot be read")


def _put_in_place(decided: Path, target: Path) -> Path | None:
    kept = _kept_of(decided, target)
    try:
        fsync_folder(target.parent)
        _keep(target, kept)
        fsync_folder(target.parent)
        decided.replace(target)
        fsync_folder(target.parent)
    except OSError as err:
        raise RestoreUnfinished(target, os_reason(err)) from err
    return kept if kept.exists() else None


def _keep(target: Path, kept: Path) -> None:
    """Give the old file its second name, then its log; every step may have been done before."""
    if target.exists() and not kept.exists():
        try:
            # A second name first, so that there is a file at every moment.
            os.link(target, kept)
        except OSError:
            # Not every disk has hard links (FAT); there the file is gone until the copy takes its place.
            target.rename(kept)
    # The log belongs to the old file; left in place it would be played into the new one.
    for suffix in ("-wal", "-shm"):
        part = target.with_name(target.name + suffix)
        if part.exists():
            part.replace(kept.with_name(kept.name + suffix))
