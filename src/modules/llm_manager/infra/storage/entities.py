"""The table of installed models."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from modkit.db import UtcDateTime, scoped


@scoped(tenant="tenant_id", owner="owner_id", resource="id", type=None)
class InstalledModelEntity(SQLModel, table=True):
    """One model file that one user's profile knows on this computer.

    Not a synced row: a file on one computer says nothing about another. ``path`` is relative to the home folder when
    the file lies inside it, so that a home can be moved. ``header_json`` is the checked GGUF header.
    """

    __tablename__ = "llm_models"

    tenant_id: UUID = Field(primary_key=True)
    owner_id: UUID = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str
    purpose: str
    path: str
    size_bytes: int
    sha256: str
    licence: str
    linked: bool
    added_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    catalogue_id: str | None = None
    benchmark_json: str | None = None
    header_json: str
    deleted_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))


@scoped(tenant="tenant_id", owner="owner_id", resource="catalogue_id", type=None)
class OfferedStarterEntity(SQLModel, table=True):
    """A starter model that a profile was given once; it is not given again after the user removed it."""

    __tablename__ = "llm_offered_starters"

    tenant_id: UUID = Field(primary_key=True)
    owner_id: UUID = Field(primary_key=True)
    catalogue_id: str = Field(primary_key=True)
