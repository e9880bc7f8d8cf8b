"""Chats out of a damaged database: messages, their search, and conversations that are lost around them."""

from __future__ import annotations

from pathlib import Path

import pytest

from modkit.db import Database, Migration, migrate, open_database_file, uuid7
from modkit.db.backup import create_backup
from modkit.db.connect import raw_connect
from modkit.db.recovery.pages import DamagedPages
from modkit.db.recovery.repair import repair_database
from modkit.db.recovery.trees import Trees
from modkit.keys.data_key import DataKey
from modkit.security import SecurityContext
from modules.chat.config import ChatConfig
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.migrations import MIGRATIONS
from modules.chat.infra.storage.repository import SqlChatStore
from tests.modkit.db.recovery.damage import ruin
from tests.modules.chat.chat_support import ScriptedGateway, told

PATH = "hyperspot.db"


@pytest.fixture
def key() -> DataKey:
    return DataKey.generate()


async def talk(path: Path, key: DataKey, ctx: SecurityContext, texts: list[str], *more: Migration) -> Path:
    """One conversation for each text, then a backup; gives its path."""
    file = await open_database_file(path, key)
    try:
        await migrate(file, "chat", (*MIGRATIONS, *more))
        chat = ChatService(
            SqlChatStore(Database("chat", file)), ScriptedGateway(), uuid7, ChatConfig(title_from_model=False)
        )
        for text in texts:
            conversation = await chat.create(ctx)
            await told(chat.send(ctx, conversation.id, text))
        await chat.close(5)
        return (await create_backup(file)).path
    finally:
        await file.close()


async def found(path: Path, key: DataKey, ctx: SecurityContext, word: str) -> list[str]:
    """The messages that search finds, by their texts."""
    file = await open_database_file(path, key, create=False)
    try:
        chat = ChatService(
            SqlChatStore(Database("chat", file)), ScriptedGateway(), uuid7, ChatConfig(title_from_model=False)
        )
        hits = await chat.search(ctx, word)
        messages = [await chat.message(ctx, hit.message_id) for hit in hits]
        for conversation in await chat.conversations(ctx):
            await chat.messages(ctx, conversation.id)
        await chat.close(5)
        return sorted(message.content for message in messages if message.role == "user")
    finally:
        await file.close()


def pages_of(path: Path, key: DataKey, table: str) -> list[int]:
    """Every page of a table, its root first."""
    connection = raw_connect(path, key, "ro", immutable=True)
    [root] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    connection.close()
    pages = DamagedPages(path, key)
    trees = Trees(pages)
    trees.walk(root)
    pages.close()
    return [root, *sorted(trees.seen - {root})]


async def test_messages_since_the_backup_are_saved_and_found_by_search(
    tmp_path: Path, key: DataKey, ctx: SecurityContext
) -> None:
    path = tmp_path / PATH
    backup = await talk(path, key, ctx, ["walnut one"])
    (await talk(path, key, ctx, ["walnut two", "walnut three"])).unlink()
    ruin(path, *pages_of(path, key, "chat_search_docs"), *pages_of(path, key, "chat_search_data"))
    report = repair_database(path, key, [backup.parent])
    assert report.backup == backup
    assert report.lost == 0
    assert await found(path, key, ctx, "walnut") == ["walnut one", "walnut three", "walnut two"]


async def test_messages_whose_conversation_is_lost_get_a_new_one(
    tmp_path: Path, key: DataKey, ctx: SecurityContext
) -> None:
    path = tmp_path / PATH
    await talk(path, key, ctx, ["walnut one", "walnut two"])
    ruin(path, *pages_of(path, key, "chat_conversations"))
    report = repair_database(path, key, [])
    assert {one.table: one.lost for one in report.tables}["chat_conversations"] == 2
    assert {one.table: one.lost for one in report.tables}["chat_messages"] == 0
    assert await found(path, key, ctx, "walnut") == ["walnut one", "walnut two"]


async def test_a_backup_from_before_a_migration_fills_the_tables_as_they_are_now(
    tmp_path: Path, key: DataKey, ctx: SecurityContext
) -> None:
    path = tmp_path / PATH
    old = await talk(path, key, ctx, ["walnut one", "walnut two"])
    added = Migration("0099_more", ("ALTER TABLE chat_messages ADD COLUMN mood VARCHAR NOT NULL DEFAULT 'calm'",))
    newer = await talk(path, key, ctx, ["walnut three"], added)
    [*_, last] = pages_of(path, key, "chat_messages")
    ruin(path, last, *pages_of(path, key, "chat_conversations"))
    # The one before the migration, too: what is left is older than the column.
    for backup in {*old.parent.glob("*.db"), newer} - {old}:
        backup.unlink()
    report = repair_database(path, key, [old.parent])
    assert report.backup == old
    assert {"walnut one", "walnut two"} <= set(await found(path, key, ctx, "walnut"))
    connection = raw_connect(path, key, "ro")
    assert connection.execute("SELECT DISTINCT mood FROM chat_messages").fetchall() == [("calm",)]
    connection.close()
