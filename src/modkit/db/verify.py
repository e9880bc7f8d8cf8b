"""Checks a copy of a database with its key, page by page, before anybody relies on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db.connect import probe, raw_connect
from modkit.db.errors import BackupDamaged, BackupOfOtherKey, DatabaseError, WrongKey
from modkit.db.files import os_reason
from modkit.keys.data_key import DataKey


@dataclass(frozen=True, slots=True)
class Verified:
    """A copy that was opened with the key and checked page by page. ``rows`` counts the rows of every table."""

    path: Path
    rows: Mapping[str, int]


def verify_backup(path: Path, key: DataKey) -> Verified:
    """Open a copy and check every page of it; the file is not changed. Blocks on the disk.

    Raises:
        BackupOfOtherKey: the key does not fit.
        BackupDamaged: with the reason.
    """
    try:
        probe(path, key)
        connection = raw_connect(path, key, "ro", immutable=True)
        try:
            for check in ("cipher_integrity_check", "quick_check"):
                problems = [str(row[0]) for row in connection.execute(f"PRAGMA {check}") if row[0] != "ok"]
                if problems:
                    raise BackupDamaged(path, f"{check} found: {problems[0]}")
            return Verified(path, count_rows(connection))
        finally:
            connection.close()
    except BackupDamaged:
        raise
    except WrongKey as err:
        raise BackupOfOtherKey(path) from err
    except DatabaseError as err:
        raise BackupDamaged(path, err.sentence.rstrip(".")) from err
    except (sqlcipher.Error, OSError) as err:
        raise BackupDamaged(path, os_reason(err)) from err


def count_rows(connection: sqlcipher.Connection) -> dict[str, int]:
    """The number of rows of every table."""
    # Virtual tables are counted through the plain tables they keep their data in.
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).fetchall()
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}
