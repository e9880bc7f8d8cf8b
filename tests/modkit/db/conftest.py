"""A real encrypted database per test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modkit.db import Database
from modkit.keys import DataKey
from tests.support.notes_db import notes_database


@pytest.fixture
def key() -> DataKey:
    return DataKey(bytes(range(32)))


@pytest.fixture
def db_path(home: Path) -> Path:
    return home / "hyperspot.db"


@pytest.fixture
async def db(db_path: Path, key: DataKey) -> AsyncIterator[Database]:
    async with notes_database(db_path, key) as database:
        yield database
