"""A real encrypted store with the chat tables, a scripted gateway, and a service on both."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modkit.db import Database, DatabaseFile, migrate, open_database_file, uuid7
from modkit.keys.data_key import DataKey
from modkit.security import SecurityContext
from modules.chat.config import ChatConfig
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.migrations import MIGRATIONS
from modules.chat.infra.storage.repository import SqlChatStore
from tests.modules.chat.chat_support import ScriptedGateway


@pytest.fixture
def ctx() -> SecurityContext:
    return SecurityContext.local_user()


@pytest.fixture
async def chat_file(tmp_path: Path) -> AsyncIterator[DatabaseFile]:
    file = await open_database_file(tmp_path / "hyperspot.db", DataKey.generate())
    await migrate(file, "chat", MIGRATIONS)
    yield file
    await file.close()


@pytest.fixture
def store(chat_file: DatabaseFile) -> SqlChatStore:
    return SqlChatStore(Database("chat", chat_file))


@pytest.fixture
def gateway() -> ScriptedGateway:
    return ScriptedGateway()


@pytest.fixture
async def chat(store: SqlChatStore, gateway: ScriptedGateway) -> AsyncIterator[ChatService]:
    service = ChatService(store, gateway, uuid7, ChatConfig(title_from_model=False))
    yield service
    await service.close(5)
