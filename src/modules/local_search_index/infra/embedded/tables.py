"""The tables of the built-in plugin.

What belongs to somebody (documents, generations, marks) is an entity, and scoped. Passages, codes and vectors are
reached only through their document or generation, so they are plain tables.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Float, Integer, LargeBinary, MetaData, String, Table, column, table
from sqlmodel import Field, SQLModel

from modkit.db import UtcDateTime, scoped, utc_now
from modkit.security import NIL


@scoped(tenant="tenant_id", owner="owner_id", resource="id", type=None)
class DocumentEntity(SQLModel, table=True):
    """One document; ``key`` is never used twice."""

    __tablename__ = "lsi_documents"

    key: int | None = Field(default=None, primary_key=True)
    id: UUID
    tenant_id: UUID = Field(default=NIL)
    owner_id: UUID = Field(default=NIL)
    collection_id: UUID
    revision: str
    file_name: str
    path: str
    type: str
    title: str
    language: str
    modified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    passages: int = 0
    characters: int = 0


@scoped(tenant="tenant_id", owner="owner_id", resource="id", type=None)
class GenerationEntity(SQLModel, table=True):
    """The vectors of one embedder for one user. ``state``: building, active, or retired (being deleted in slices)."""

    __tablename__ = "lsi_generations"

    id: int | None = Field(default=None, primary_key=True)
    tenant_id: UUID = Field(default=NIL)
    owner_id: UUID = Field(default=NIL)
    embedder: str
    dimensions: int
    state: str
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


@scoped(tenant="tenant_id", owner="owner_id", resource=None, type=None)
class ConfirmationEntity(SQLModel, table=True):
    """Says that a user's documents are (being) put into this file."""

    __tablename__ = "lsi_confirmations"

    tenant_id: UUID = Field(primary_key=True)
    owner_id: UUID = Field(primary_key=True)
    confirmed_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


_metadata = MetaData()

PASSAGES = Table(
    "lsi_passages",
    _metadata,
    Column("key", Integer, primary_key=True),
    Column("doc", Integer, nullable=False),
    Column("id", LargeBinary(16), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("page", Integer),
    Column("char_start", Integer, nullable=False),
    Column("char_end", Integer, nullable=False),
    Column("box_left", Float),
    Column("box_bottom", Float),
    Column("box_right", Float),
    Column("box_top", Float),
    Column("headings", String, nullable=False),
    Column("text", String, nullable=False),
)

CODES = Table(
    "lsi_codes",
    _metadata,
    Column("slot", Integer, primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("passage", Integer, nullable=False),
    Column("doc", Integer, nullable=False),
    Column("code", LargeBinary, nullable=False),
)

VECTORS = Table(
    "lsi_vectors",
    _metadata,
    Column("slot", Integer, primary_key=True),
    Column("passage_id", LargeBinary(16), nullable=False),
    Column("vector", LargeBinary, nullable=False),
)

TEXT = table("lsi_text", column("rowid"), column("rank"))
