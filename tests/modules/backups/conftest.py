"""Real encrypted files with the tables of chat and settings, and the services on them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modkit.db import Database, DatabaseFile, migrate, open_database_file, uuid7
from modkit.keys.data_key import DataKey
from modules.backups.domain.declared import AUTOMATIC, SECOND_FOLDER
from modules.backups.domain.service import BackupsService
from modules.backups.infra.files import BackupFiles
from modules.chat.config import ChatConfig
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.copies import SqlConversationCopies
from modules.chat.infra.storage.migrations import MIGRATIONS as CHAT_MIGRATIONS
from modules.chat.infra.storage.repository import SqlChatStore
from modules.settings.domain.service import SettingsService
from modules.settings.infra.storage.migrations import MIGRATIONS as SETTINGS_MIGRATIONS
from modules.settings.infra.storage.repository import SqlSettingStore
from tests.modules.chat.chat_support import ScriptedGateway


@pytest.fixture
async def file(home: Path) -> AsyncIterator[DatabaseFile]:
    opened = await open_database_file(home / "hyperspot.db", DataKey(bytes(range(32))))
    await migrate(opened, "chat", CHAT_MIGRATIONS)
    await migrate(opened, "settings", SETTINGS_MIGRATIONS)
    yield opened
    await opened.close()


@pytest.fixture
async def chat(file: DatabaseFile) -> AsyncIterator[ChatService]:
    store = SqlChatStore(Database("chat", file))
    service = ChatService(store, ScriptedGateway(), uuid7, ChatConfig(title_from_model=False))
    yield service
    await service.close(5)


@pytest.fixture
def user_settings(file: DatabaseFile) -> SettingsService:
    service = SettingsService(SqlSettingStore(Database("settings", file)))
    service.declare([AUTOMATIC, SECOND_FOLDER])
    return service


@pytest.fixture
def service(file: DatabaseFile, home: Path, chat: ChatService, user_settings: SettingsService) -> BackupsService:
    store = BackupFiles(lambda: [file], home / "backups")
    return BackupsService(store, chat, SqlConversationCopies(Database("chat", file)), user_settings)
