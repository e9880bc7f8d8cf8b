"""The base row of everything that will be synced, and the outbox that remembers what changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Uuid
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import Field, SQLModel

from modkit.db.ids import uuid7
from modkit.db.scope import scoped
from modkit.db.types import UtcDateTime, utc_now
from modkit.security import NIL

# For CREATE TABLE in a first migration; UUIDs are 32 hex digits without dashes, times are UTC text.
SYNCED_COLUMNS_V1 = """
    id CHAR(32) NOT NULL PRIMARY KEY,
    tenant_id CHAR(32) NOT NULL,
    owner_id CHAR(32) NOT NULL,
    created_at VARCHAR(27) NOT NULL,
    updated_at VARCHAR(27) NOT NULL,
    hlc VARCHAR(64) NOT NULL,
    deleted_at VARCHAR(27)
"""


@scoped(tenant="tenant_id", owner="owner_id", resource="id", type=None)
class SyncedEntity(SQLModel):
    """Base of every synced table: subclass it with ``table=True``.

    ``tenant_id`` and ``owner_id`` left at their defaults are filled from the security context at insert;
    times and ``hlc`` are always stamped by the session. ``deleted_at`` set means "in the trash".
    """

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    tenant_id: UUID = Field(default=NIL)
    owner_id: UUID = Field(default=NIL)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    updated_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    hlc: str = Field(default="", max_length=64)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def create_tables_sql(*entities: type[SQLModel]) -> list[str]:
    """The CREATE statements of entities as they are now: for tests and prototypes.

    A shipped migration spells its SQL out, because the entity will change and the migration must not.
    """
    statements: list[str] = []
    for entity in entities:
        table: Table = entity.__table__  # type: ignore[attr-defined]  # put there by the SQLModel metaclass
        ddl: list[Any] = [CreateTable(table), *(CreateIndex(index) for index in table.indexes)]
        statements += [str(one.compile(dialect=sqlite.dialect())) for one in ddl]
    return statements


_metadata = MetaData()

OUTBOX = Table(
    "outbox",
    _metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("entity_table", String(63), nullable=False),
    Column("row_id", Uuid, nullable=False),
    Column("tenant_id", Uuid, nullable=False),
    Column("op", String(8), nullable=False),
    Column("hlc", String(64), nullable=False),
    Index("ux_outbox_row", "entity_table", "row_id", unique=True),
    sqlite_autoincrement=True,
)

# The framework's own tables, made with the file. Their version is PRAGMA user_version.
FORMAT_VERSION = 1
FORMAT_STATEMENTS = (
    "CREATE TABLE modkit_meta (key VARCHAR(63) NOT NULL PRIMARY KEY, value VARCHAR NOT NULL) WITHOUT ROWID",
    "CREATE TABLE outbox (seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, entity_table VARCHAR(63) NOT NULL,"
    " row_id CHAR(32) NOT NULL, tenant_id CHAR(32) NOT NULL, op VARCHAR(8) NOT NULL, hlc VARCHAR(64) NOT NULL)",
    "CREATE UNIQUE INDEX ux_outbox_row ON outbox (entity_table, row_id)",
    # The clock's last stamp, kept by triggers: it costs no further statement per transaction, and the stamp of a
    # row deleted from the outbox stays known.
    "CREATE TRIGGER outbox_added AFTER INSERT ON outbox BEGIN"
    " UPDATE modkit_meta SET value = NEW.hlc WHERE key = 'hlc' AND value < NEW.hlc; END",
    "CREATE TRIGGER outbox_changed AFTER UPDATE OF hlc ON outbox BEGIN"
    " UPDATE modkit_meta SET value = NEW.hlc WHERE key = 'hlc' AND value < NEW.hlc; END",
    "INSERT INTO modkit_meta (key, value) VALUES ('hlc', '')",
)
