"""Makes deleted text unreadable: what a table no longer has may still stand in index segments, free pages and the log.

SQLite's ``secure_delete``, which SQLCipher switches on, is not enough: pages that are rearranged keep stale copies of
cells in their gaps. So the file is written anew from what is alive, checked, and takes the place of the old one and its
log.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db.connect import has_log, log_of, raw_connect
from modkit.db.errors import BackupDamaged, NotErased
from modkit.db.files import fsync_file, fsync_folder, os_reason, unlink_quietly
from modkit.db.verify import count_rows, verify_backup
from modkit.keys.data_key import DataKey

if TYPE_CHECKING:
    from modkit.db.engine import DatabaseFile

ERASE_MARK = "erase:"
"""What the keys of ``modkit_meta`` begin with that say what is to be erased."""

_MERGED_PAGES = 400
"""Pages of a full-text index that are merged in one transaction: some ten milliseconds."""

Marks = Sequence[tuple[str, str]]


def mark_statement(module: str, full_text: Sequence[str]) -> tuple[str, dict[str, str]]:
    """SQL that notes, in the transaction that deletes, what is to be erased; a kill does not make it forgotten."""
    # A new value every time: a mark that comes while another is worked off must not go away with it.
    value = f"{','.join(full_text)} {uuid4().hex}"
    sql = "INSERT OR REPLACE INTO modkit_meta (key, value) VALUES (:erase_key, :erase_value)"
    return sql, {"erase_key": f"{ERASE_MARK}{module}"[:63], "erase_value": value}


async def erase_deleted(file: DatabaseFile) -> bool:
    """Work off what was marked; gives whether there was anything.

    Writers wait while the file is written anew, readers only while it changes places.

    Raises:
        NotErased: it stays marked, and nothing is lost.
        DatabaseLocked: somebody read or wrote for longer than 30 s; it stays marked.
    """
    marks = await _marks(file)
    if not marks:
        return False
    for table in {table for _, value in marks for table in value.split(" ")[0].split(",") if table}:
        await _merge(file, table)
    await file.replaced_by(lambda path, key, fresh: write_anew(path, key, fresh, marks))
    return True


async def _marks(file: DatabaseFile) -> Marks:
    async with file.reading() as connection:
        rows: Any = await connection.exec_driver_sql(
            f"SELECT key, value FROM modkit_meta WHERE key GLOB '{ERASE_MARK}*' ORDER BY key"
        )
        return [(str(key), str(value)) for key, value in rows.all()]


async def _merge(file: DatabaseFile, table: str) -> None:
    """Merge a full-text index into one segment: that is what removes the words of deleted rows from it.

    In steps, as FTS5 describes it: a negative number begins with all segments, and it is over when a step hardly
    changes anything. Source: https://www.sqlite.org/fts5.html#the_merge_command
    """
    pages = -_MERGED_PAGES
    while True:
        async with file.writing() as connection:
            before = (await connection.exec_driver_sql("SELECT total_changes()")).scalar_one()
            await connection.exec_driver_sql(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', {pages})")
            after = (await connection.exec_driver_sql("SELECT total_changes()")).scalar_one()
            await connection.commit()
        if after - before < 2:
            return
        pages = _MERGED_PAGES


def write_anew(path: Path, key: DataKey, fresh: Path, marks: Marks) -> None:
    """Make ``fresh`` of what is alive in the file, checked and without the marks. Blocks on the disk.

    Raises:
        NotErased: ``fresh`` must not be used.
    """
    try:
        if shutil.disk_usage(path.parent).free < path.stat().st_size:
            raise NotErased(path, f"{path.stat().st_size / 2**20:,.0f} MB of free space are needed for it")
        with closing(raw_connect(path, key, "rw")) as connection:
            # Into a file: VACUUM itself would build its copy in memory, and then write all of it to the log.
            connection.execute("VACUUM INTO ?", (str(fresh),))
            rows = count_rows(connection)
        if verify_backup(fresh, key).rows != rows:
            raise NotErased(path, "the new file has not the same rows")
        with closing(raw_connect(fresh, key, "rw")) as connection:
            connection.executemany("DELETE FROM modkit_meta WHERE key = ? AND value = ?", marks)
        fresh.chmod(0o600)
        fsync_file(fresh)
    except BackupDamaged as err:
        raise NotErased(path, err.reason) from err
    except (sqlcipher.Error, OSError) as err:
        raise NotErased(path, os_reason(err)) from err


def put_in_place(fresh: Path, path: Path) -> None:
    """Let the new file take the old one's place; nobody may have that open. Blocks on the disk.

    Raises:
        NotErased: the old file is where it was.
    """
    if has_log(path):
        # Closing folds the log in: when it is still there, another program has the file open.
        raise NotErased(path, "another program has the database open")
    unlink_quietly(log_of(path), path.with_name(path.name + "-shm"))
    try:
        fresh.replace(path)
        fsync_folder(path.parent)
    except OSError as err:
        raise NotErased(path, os_reason(err)) from err
