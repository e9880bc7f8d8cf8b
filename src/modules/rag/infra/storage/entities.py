"""The tables of collections, their sources and files."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Field, SQLModel

from modkit.db import SyncedEntity, scoped


class CollectionEntity(SyncedEntity, table=True):
    """A named collection of one user."""

    __tablename__ = "rag_collections"

    name: str


@scoped(tenant="tenant_id", owner="owner_id", resource="id", type=None)
class SourceEntity(SQLModel, table=True):
    """A file or folder that was added. Not a synced row: a path on one computer says nothing about another."""

    __tablename__ = "rag_sources"

    id: UUID = Field(primary_key=True)
    tenant_id: UUID
    owner_id: UUID
    collection_id: UUID
    path: str
    away: bool = False
    watched: bool = False


@scoped(tenant="tenant_id", owner="owner_id", resource="id", type=None)
class FileEntity(SQLModel, table=True):
    """A file of a source; its id is that of its document in the index. Not synced, as its source.

    ``name`` and ``type`` repeat what ``path`` ends with, in the form that lists are sorted and searched by.
    """

    __tablename__ = "rag_files"

    id: UUID = Field(primary_key=True)
    tenant_id: UUID
    owner_id: UUID
    collection_id: UUID
    source_id: UUID
    path: str
    name: str
    type: str
    size: int
    mtime_ns: int
    state: str
    reason: str
    pending: bool
    away: bool
    content_hash: str
    edition: int = 0
    parser: str
    passages: int
    pages: int | None
    title: str
    language: str
