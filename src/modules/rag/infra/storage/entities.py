"""The tables of collections, their sources and files."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from modkit.db import SyncedEntity, UtcDateTime, scoped


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


class QuestionSetEntity(SyncedEntity, table=True):
    """A question set of a collection; names are unique within it."""

    __tablename__ = "rag_question_sets"

    collection_id: UUID
    name: str
    questions_json: str


@scoped(tenant="tenant_id", owner="owner_id", resource="id", type=None)
class EvalRunEntity(SQLModel, table=True):
    """One run of a question set. Not synced: it measures the index of this computer."""

    __tablename__ = "rag_eval_runs"

    id: UUID = Field(primary_key=True)
    tenant_id: UUID
    owner_id: UUID
    collection_id: UUID
    question_set: str
    ran_at: datetime = Field(sa_type=UtcDateTime)
    embedder: str
    result_json: str
