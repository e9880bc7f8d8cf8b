"""Durable background work as others see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


ACTIVE_STATES = frozenset({JobState.QUEUED, JobState.RUNNING, JobState.PAUSED})


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is. ``done`` and ``total`` count in ``unit`` ("bytes", "files", "tokens"); total None = unknown."""

    done: float = 0
    total: float | None = None
    unit: str = ""
    per_second: float | None = None
    seconds_left: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of durable work. ``params`` and ``result`` are JSON objects without secrets."""

    id: UUID
    kind: str
    title: str
    state: JobState
    params: dict[str, Any]
    progress: JobProgress
    created_at: datetime
    updated_at: datetime
    attempts: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None
    result: dict[str, Any] = field(default_factory=dict)
    error: dict[str, str] | None = None
    pausable: bool = True


@dataclass(frozen=True, slots=True)
class JobChanged:
    """Published on every state change, and on progress at most ten times a second."""

    job: Job
