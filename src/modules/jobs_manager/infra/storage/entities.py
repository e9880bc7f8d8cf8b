"""The table of jobs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from modkit.db import UtcDateTime, scoped


@scoped(tenant="tenant_id", owner="owner_id", resource="id", type=None)
class JobEntity(SQLModel, table=True):
    """One job. Not synced: a job belongs to the computer that does it."""

    __tablename__ = "jobs"

    id: UUID = Field(primary_key=True)
    tenant_id: UUID
    owner_id: UUID
    kind: str
    title: str
    state: str
    pausable: bool
    attempts: int
    interruptions: int
    params_json: str
    progress_json: str
    checkpoint_json: str
    result_json: str
    error_json: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
