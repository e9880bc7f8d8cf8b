"""Entities and a migrated database for the tests of storage."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

from sqlmodel import Field, SQLModel

from modkit.db import (
    SYNCED_COLUMNS_V1,
    Database,
    Migration,
    SyncedEntity,
    migrate,
    open_database_file,
    scoped,
    unrestricted,
    uuid7,
)
from modkit.keys import DataKey

MARKER = "zanzibar-marker-7391"


class Note(SyncedEntity, table=True):
    __tablename__ = "test_notes"

    title: str
    body: str = ""
    parent_id: UUID | None = None


@scoped(tenant="tenant_id", owner=None, resource="id", type=None, region="region_code")
class Shop(SQLModel, table=True):
    """Belongs to a tenant but to nobody in it, and can be limited by region."""

    __tablename__ = "test_shops"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    tenant_id: UUID | None = None
    region_code: str | None = None
    size: int | None = None


@unrestricted
class Country(SQLModel, table=True):
    __tablename__ = "test_countries"

    code: str = Field(primary_key=True)


@scoped(tenant=None, owner=None, resource="id", type=None, label="label")
class Counter(SQLModel, table=True):
    """Its key comes from the database."""

    __tablename__ = "test_counters"

    id: int | None = Field(default=None, primary_key=True)
    label: str


class Undeclared(SQLModel, table=True):
    """Says nothing about its scope."""

    __tablename__ = "test_undeclared"

    id: int = Field(primary_key=True)


MIGRATIONS = (
    Migration(
        "0001_initial",
        (
            f"CREATE TABLE test_notes ({SYNCED_COLUMNS_V1}, title VARCHAR NOT NULL UNIQUE,"
            " body VARCHAR NOT NULL DEFAULT '', parent_id CHAR(32) REFERENCES test_notes (id))",
            "CREATE TABLE test_shops (id CHAR(32) NOT NULL PRIMARY KEY, tenant_id CHAR(32), region_code VARCHAR,"
            " size INTEGER)",
            "CREATE TABLE test_countries (code VARCHAR NOT NULL PRIMARY KEY)",
            "CREATE TABLE test_counters (id INTEGER NOT NULL PRIMARY KEY, label VARCHAR NOT NULL)",
            "CREATE VIRTUAL TABLE test_notes_fts USING fts5 (title, body)",
        ),
    ),
)


@asynccontextmanager
async def notes_database(path: Path, key: DataKey, *, create: bool = True) -> AsyncIterator[Database]:
    """The migrated database at ``path``, closed at the end."""
    file = await open_database_file(path, key, create=create)
    try:
        await migrate(file, "notes", MIGRATIONS)
        yield Database("notes", file)
    finally:
        await file.close()
