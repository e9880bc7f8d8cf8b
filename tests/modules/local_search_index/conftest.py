"""The index on a real encrypted file, and on Qdrant's in-process mode."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from modkit.db import Database, DatabaseFile, migrate, open_database_file
from modkit.keys import DataKey
from modkit.security import SecurityContext
from modules.local_search_index.config import QdrantConfig
from modules.local_search_index.contract import LocalSearchIndexClient
from modules.local_search_index.domain.service import LocalSearchIndexService
from modules.local_search_index.infra.embedded.migrations import MIGRATIONS
from modules.local_search_index.infra.embedded.recovery import MODULE
from modules.local_search_index.infra.embedded.store import EmbeddedStore
from modules.local_search_index.infra.qdrant.connect import IN_MEMORY, open_store


@pytest.fixture
def key() -> DataKey:
    return DataKey(bytes(range(32)))


@pytest.fixture
async def index_file(home: Path, key: DataKey) -> AsyncIterator[DatabaseFile]:
    file = await open_database_file(home / "index.db", key)
    await migrate(file, MODULE, MIGRATIONS)
    yield file
    await file.close()


@pytest.fixture
def store(index_file: DatabaseFile) -> EmbeddedStore:
    return EmbeddedStore(Database(MODULE, index_file), memory_bytes=2**20)


@pytest.fixture
def embedded(store: EmbeddedStore) -> LocalSearchIndexClient:
    return LocalSearchIndexService(lambda: store)


@pytest.fixture
async def qdrant() -> AsyncIterator[LocalSearchIndexClient]:
    store = open_store(QdrantConfig(url=IN_MEMORY))
    yield LocalSearchIndexService(lambda: store)
    await store.close()


@pytest.fixture
def stranger(ctx: SecurityContext) -> SecurityContext:
    return SecurityContext(subject_id=uuid4(), subject_tenant_id=ctx.subject_tenant_id)
