"""A real encrypted store with the jobs table, services on it, and handlers that tests steer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from modkit.db import Database, DatabaseFile, migrate, open_database_file, uuid7
from modkit.keys.data_key import DataKey
from modkit.security import SecurityContext
from modules.jobs_manager.domain.service import JobsService
from modules.jobs_manager.infra.storage.migrations import MIGRATIONS
from modules.jobs_manager.infra.storage.repository import SqlJobStore
from tests.modules.jobs_manager.jobs_support import SteeredHandler


@pytest.fixture
def ctx() -> SecurityContext:
    return SecurityContext.local_user()


@pytest.fixture
async def jobs_file(tmp_path: Path) -> AsyncIterator[DatabaseFile]:
    file = await open_database_file(tmp_path / "hyperspot.db", DataKey.generate())
    await migrate(file, "jobs-manager", MIGRATIONS)
    yield file
    await file.close()


@pytest.fixture
def store(jobs_file: DatabaseFile) -> SqlJobStore:
    return SqlJobStore(Database("jobs-manager", jobs_file))


@pytest.fixture
def handler() -> SteeredHandler:
    return SteeredHandler()


@pytest.fixture
def started(store: SqlJobStore) -> Callable[..., Any]:
    """``async with started(handler, ...) as jobs``: a running service; leaving it is a clean shutdown."""

    @asynccontextmanager
    async def start(handler: Any = None, *, concurrency: int = 1, pausable: bool = True) -> AsyncIterator[JobsService]:
        jobs = JobsService(store, uuid7)
        if handler is not None:
            jobs.register_handler("copy", handler, concurrency=concurrency, pausable=pausable)
        await jobs.start()
        try:
            yield jobs
        finally:
            await jobs.stop(5)

    return start
