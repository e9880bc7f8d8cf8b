"""Writes a database file anew from what is alive in it: the steps of erasing that work on files alone."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db.connect import has_log, log_of, raw_connect
from modkit.db.errors import BackupDamaged, NotErased
from modkit.db.files import fsync_file, fsync_folder, os_reason, unlink_quietly
from modkit.db.verify import count_rows, verify_backup
from modkit.keys.data_key import DataKey

ERASE_MARK = "erase:"
"""What the keys of ``modkit_meta`` begin with that say what is to be erased."""

Marks = Sequence[tuple[str, str]]


def mark_statement(module: str, full_text: Sequence[str]) -> tuple[str, dict[str, str]]:
    """SQL that notes, in the transaction that deletes, what is to be erased; a kill does not make it forgotten."""
    # A new value every time: a mark that comes while another is worked off must not go away with it.
    value = f"{','.join(full_text)} {uuid4().hex}"
    sql = "INSERT OR REPLACE INTO modkit_meta (key, value) VALUES (:erase_key, :erase_value)"
    return sql, {"erase_key": f"{ERASE_MARK}{module}"[:63], "erase_value": value}


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
