"""Puts a damaged database together again, in a new file beside it; the damaged one is kept.

From the gentlest to the last: a flipped bit is turned back; what can be read goes on top of the newest backup; without
a backup it goes into a new file. The new file is checked page by page before it takes the place of the old one, in the
same steps as a restored backup.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from loguru import logger
from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db.backup import list_backups
from modkit.db.connect import PAGE_BYTES, raw_connect
from modkit.db.entities import FORMAT_VERSION
from modkit.db.errors import BackupDamaged, NothingToRepair, NotRepaired
from modkit.db.files import os_reason, unlink_quietly
from modkit.db.recovery.pages import DamagedPages
from modkit.db.recovery.record_of_checks import forget_check
from modkit.db.recovery.replay import Put, Replay
from modkit.db.recovery.report import RepairReport, TableReport
from modkit.db.recovery.salvage import Identity, Salvage, SalvagedTable, salvage
from modkit.db.recovery.schema import Schema, schema_of
from modkit.db.restore import PARTIAL_SUFFIX, finish_restore, put_in_place
from modkit.db.verify import verify_backup
from modkit.keys.data_key import DataKey

_REBUILT_SUFFIX = f"{PARTIAL_SUFFIX}-repair"


def repair_database(
    path: Path, key: DataKey, backup_folders: Sequence[Path], *, only_with_its_key: bool = False
) -> RepairReport:
    """Repair a file that nobody has open. Blocks, for as long as the file is large.

    ``only_with_its_key``: leave a file alone of which no page can be read: it may be sound and of another key.

    Raises:
        NothingToRepair: every page is what was written, and SQLite finds no fault either.
        NotRepaired: nothing can be read of it and there is no usable backup, or no new file could be made;
            the damaged file is where it was.
        RestoreUnfinished: the repaired file could not be put in place; the next start does so.
    """
    finish_restore(path, key)
    fresh = path.with_name(path.name + _REBUILT_SUFFIX)
    _clear(fresh)
    try:
        report = _rebuilt(path, key, backup_folders, fresh, only_with_its_key)
        verify_backup(fresh, key)
        kept = put_in_place(fresh, path)
        forget_check(path)
    except BackupDamaged as err:
        raise NotRepaired(path, f"what was put together is not sound: {err.reason}") from err
    except (OSError, sqlcipher.Error) as err:
        raise NotRepaired(path, os_reason(err)) from err
    finally:
        _clear(fresh)
    return replace(report, kept=kept)


def newest_sound_backup(folders: Sequence[Path], stem: str, key: DataKey) -> Path | None:
    """The newest backup that passes every check; None when there is none. Blocks on the disk."""
    found = [backup for folder in folders for backup in list_backups(folder, stem)]
    for backup in sorted(found, key=lambda one: one.created_at, reverse=True):
        try:
            return verify_backup(backup.path, key).path
        except BackupDamaged as err:
            logger.warning("{} It is passed over.", err.sentence)
    return None


def _rebuilt(
    path: Path, key: DataKey, backup_folders: Sequence[Path], fresh: Path, only_with_its_key: bool
) -> RepairReport:
    if not path.exists() and not only_with_its_key:
        backup = newest_sound_backup(backup_folders, path.stem, key)
        if backup is None:
            raise NotRepaired(path, "it is gone, and there is no usable backup")
        shutil.copyfile(backup, fresh)
        return RepairReport(path, 0, (), (), backup, None, _all_from(fresh, key))
    pages = DamagedPages(path, key)
    try:
        bad, mended = tuple(sorted(pages.bad)), tuple(number for number in pages.damaged if number not in pages.bad)
        if pages.readable and not bad:
            if _copied(pages, fresh, key):
                if not mended:
                    raise NothingToRepair(path)
                return RepairReport(path, pages.count, (), mended, None, None, ())
            _clear(fresh)
        if not pages.readable and only_with_its_key:
            raise NotRepaired(path, "nothing of it can be read with this key")
        backup = newest_sound_backup(backup_folders, path.stem, key)
        if not pages.readable:
            if backup is None:
                raise NotRepaired(path, "nothing of it can be read with this key, and there is no usable backup")
            shutil.copyfile(backup, fresh)
            return RepairReport(path, pages.count, bad, (), backup, None, _all_from(fresh, key))
        tables = _merged(salvage(pages), backup, fresh, key)
        return RepairReport(path, pages.count, bad, mended, backup, None, tables)
    finally:
        pages.close()


def _copied(pages: DamagedPages, fresh: Path, key: DataKey) -> bool:
    """Copy every page, the mended ones mended, the log folded in; False when SQLite finds fault with the result."""
    with fresh.open("wb") as file:
        for number in range(1, pages.count + 1):
            file.write(pages.mended.get(number) or pages.raw(number))
        if pages.salt_mended is not None:
            file.seek(0)
            file.write(pages.salt_mended)
    fresh.chmod(0o600)
    try:
        verify_backup(fresh, key)
    except BackupDamaged:
        return False
    return fresh.stat().st_size == pages.count * PAGE_BYTES


def _merged(found: Salvage, backup: Path | None, fresh: Path, key: DataKey) -> tuple[TableReport, ...]:
    """Make ``fresh`` out of a backup and what could be read, and tell what became of each table."""
    from_backup = _tables_of(backup, key) if backup is not None else None
    if from_backup is None and not found.schema.tables:
        raise NotRepaired(fresh, "no table of it can be read, and there is no usable backup")
    connection = None
    try:
        if backup is not None and from_backup is not None and _fits(found, from_backup[0]):
            shutil.copyfile(backup, fresh)
            fresh.chmod(0o600)
            connection = raw_connect(fresh, key, "rw")
            connection.execute("BEGIN IMMEDIATE")
        else:
            # The tables have changed since the backup: its rows go into tables as they are now.
            connection = _empty(fresh, key, found)
            _fill(connection, found.schema, from_backup[1] if from_backup is not None else {})
        reports = _replayed(connection, found)
        connection.execute("COMMIT")
        return reports
    finally:
        if connection is not None:
            connection.close()


def _fits(found: Salvage, backup: Schema) -> bool:
    """Whether the backup's tables can take the rows as they are, or those of the damaged file are not known."""
    return not found.schema_whole or found.schema.same_as(backup)


def _empty(fresh: Path, key: DataKey, found: Salvage) -> sqlcipher.Connection:
    connection = raw_connect(fresh, key, "rwc")
    try:
        connection.execute("BEGIN IMMEDIATE")
        for statement in found.schema.statements():
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {found.format_version or FORMAT_VERSION}")
    except BaseException:
        connection.close()
        raise
    fresh.chmod(0o600)
    return connection


def _tables_of(backup: Path, key: DataKey) -> tuple[Schema, dict[str, SalvagedTable]]:
    connection = raw_connect(backup, key, "ro", immutable=True)
    try:
        schema = schema_of(connection)
        reader = Replay(connection, schema)
        return schema, {
            name: SalvagedTable(shape, reader.stored(shape), whole=False) for name, shape in schema.tables.items()
        }
    finally:
        connection.close()


def _fill(connection: sqlcipher.Connection, schema: Schema, tables: dict[str, SalvagedTable]) -> None:
    replay = Replay(connection, schema)
    for name, table in tables.items():
        if name in schema.tables and name not in schema.derived:
            replay.merge(table)


def _replayed(connection: sqlcipher.Connection, found: Salvage) -> tuple[TableReport, ...]:
    schema = schema_of(connection)
    replay = Replay(connection, schema)
    reports: dict[str, TableReport] = {}
    for name, table in found.tables.items():
        if name not in schema.derived and name in schema.tables:
            put = replay.merge(table)
            reports[name] = _report(table, put, set(replay.stored(table.shape)))
    for name, shape in schema.tables.items():
        if name not in reports and name not in schema.derived:
            # Nothing of it could be found in the damaged file, not even where it begins.
            count = len(replay.stored(shape))
            reports[name] = TableReport(name, count, 0, 0, count, 0, uncertain=not found.schema_whole)
    removed = replay.close_gaps()
    return tuple(replace(one, lost=one.lost + removed.get(one.table, 0)) for one in reports.values())


def _report(table: SalvagedTable, put: Put, there: set[Identity]) -> TableReport:
    read = len(table.rows)
    if table.whole:
        return TableReport(table.shape.name, read, read, len(put.added | put.changed), 0, len(put.refused))
    older = len(there - set(table.rows)) if table.shape.key else len(there) - read
    lost = len(put.refused)
    if table.known is not None and table.shape.key:
        lost += len(table.known - there - put.refused)
    return TableReport(
        table=table.shape.name,
        known=len(table.known) if table.known is not None else read + older,
        read=read,
        replayed=len(put.added | put.changed),
        from_backup=older,
        lost=lost,
        uncertain=table.known is None,
    )


def _all_from(fresh: Path, key: DataKey) -> tuple[TableReport, ...]:
    rows = verify_backup(fresh, key).rows
    return tuple(TableReport(name, count, 0, 0, count, 0, uncertain=True) for name, count in rows.items())


def _clear(fresh: Path) -> None:
    unlink_quietly(*(fresh.with_name(fresh.name + suffix) for suffix in ("", "-journal", "-wal", "-shm")))
