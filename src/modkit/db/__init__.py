"""Encrypted storage: engines, scoped sessions, migrations and backups."""

from modkit.db.database import Database
from modkit.db.engine import DatabaseFile, open_database_file
from modkit.db.entities import SYNCED_COLUMNS_V1, SyncedEntity, create_tables_sql
from modkit.db.ids import uuid7
from modkit.db.migrations import Migration, MigrationConnection, MigrationReport, migrate
from modkit.db.prepared import Prepared, Snapshot
from modkit.db.scope import scoped, unrestricted
from modkit.db.select import ScopedSelect
from modkit.db.session import ReadSession, WriteSession
from modkit.db.types import UtcDateTime, utc_now

__all__ = [
    "SYNCED_COLUMNS_V1",
    "Database",
    "DatabaseFile",
    "Migration",
    "MigrationConnection",
    "MigrationReport",
    "Prepared",
    "ReadSession",
    "ScopedSelect",
    "Snapshot",
    "SyncedEntity",
    "UtcDateTime",
    "WriteSession",
    "create_tables_sql",
    "migrate",
    "open_database_file",
    "scoped",
    "unrestricted",
    "utc_now",
    "uuid7",
]
