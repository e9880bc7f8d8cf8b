"""All queries of jobs."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlmodel import col

from modkit.db import Database
from modkit.security import AccessScope, SecurityContext
from modules.jobs_manager.contract import Job, JobProgress, JobState
from modules.jobs_manager.domain.record import JobRecord
from modules.jobs_manager.infra.storage.entities import JobEntity


class SqlJobStore:
    """Implements JobStore on the module's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, record: JobRecord) -> None:
        job = record.job
        entity = JobEntity(
            id=job.id,
            tenant_id=record.ctx.subject_tenant_id,
            owner_id=record.ctx.subject_id,
            kind=job.kind,
            title=job.title,
            pausable=job.pausable,
            params_json=json.dumps(job.params),
            created_at=job.created_at,
            **_changeable(record),
        )
        async with self._database.write(record.ctx) as session:
            await session.insert(entity)

    async def save(self, record: JobRecord) -> None:
        async with self._database.write(record.ctx) as session:
            await session.update_where(JobEntity, _changeable(record), col(JobEntity.id) == record.job.id)

    async def find(self, ctx: SecurityContext, job_id: UUID) -> JobRecord | None:
        async with self._database.read(ctx) as session:
            entity = await session.get(JobEntity, job_id)
        return None if entity is None else _record(entity)

    async def list(
        self, ctx: SecurityContext, *, states: Collection[JobState] | None, limit: int
    ) -> Sequence[JobRecord]:
        async with self._database.read(ctx) as session:
            query = session.select(JobEntity).order_by(col(JobEntity.id).desc()).limit(limit)
            if states is not None:
                query = query.where(col(JobEntity.state).in_([state.value for state in states]))
            return [_record(entity) for entity in await session.all(query)]

    async def unfinished(self) -> Sequence[JobRecord]:
        states = [JobState.QUEUED.value, JobState.RUNNING.value]
        # The one query over all users: at start nobody asks, the program itself takes its work up again.
        everyone = AccessScope.allow_all()
        async with self._database.read(SecurityContext.anonymous(), scope=everyone) as session:
            query = session.select(JobEntity).where(col(JobEntity.state).in_(states)).order_by(col(JobEntity.id))
            return [_record(entity) for entity in await session.all(query)]

    async def remove(self, ctx: SecurityContext, job_id: UUID) -> None:
        async with self._database.write(ctx) as session:
            await session.delete_where(JobEntity, col(JobEntity.id) == job_id)


def _changeable(record: JobRecord) -> dict[str, Any]:
    job = record.job
    return {
        "state": job.state.value,
        "attempts": job.attempts,
        "interruptions": record.interruptions,
        "progress_json": json.dumps(asdict(job.progress)),
        "checkpoint_json": json.dumps(dict(record.checkpoint)),
        "result_json": json.dumps(job.result),
        "error_json": None if job.error is None else json.dumps(job.error),
        "updated_at": job.updated_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
    }


def _record(entity: JobEntity) -> JobRecord:
    job = Job(
        id=entity.id,
        kind=entity.kind,
        title=entity.title,
        state=JobState(entity.state),
        params=json.loads(entity.params_json),
        progress=JobProgress(**json.loads(entity.progress_json)),
        created_at=entity.created_at,
        updated_at=entity.updated_at,
        attempts=entity.attempts,
        started_at=entity.started_at,
        finished_at=entity.finished_at,
        result=json.loads(entity.result_json),
        error=None if entity.error_json is None else json.loads(entity.error_json),
        pausable=entity.pausable,
    )
    ctx = SecurityContext(entity.owner_id, entity.tenant_id)
    return JobRecord(job, ctx, json.loads(entity.checkpoint_json), entity.interruptions)
