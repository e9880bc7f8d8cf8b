"""``trash``, ``conversations delete`` and ``chat --private`` as one types them, on a profile in this process."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from modkit.client_hub import ClientHub
from modkit.db import Database, DatabaseFile, migrate, open_database_file, uuid7
from modkit.keys import DataKey
from modkit.security import SecurityContext
from modules.backups.contract import BackupInfo, BackupReason, BackupsClient
from modules.chat.config import ChatConfig
from modules.chat.contract import ChatClient
from modules.chat.domain.service import ChatService
from modules.chat.infra.memory.store import MemoryChatStore
from modules.chat.infra.routed import RoutedChatStore
from modules.chat.infra.storage.migrations import MIGRATIONS
from modules.chat.infra.storage.repository import SqlChatStore
from tests.hyperspot_desktop.cli.typed_commands import TypedCommands
from tests.modules.chat.chat_support import ScriptedGateway
from tests.support.raw_search import files_with

SECRET = "quicksilver"
CTX = SecurityContext.local_user()


class Backups(BackupsClient):
    """The part of BackupsClient that deleting asks for."""

    def __init__(self) -> None:
        self.ensured: list[str] = []

    async def ensure(self, ctx: SecurityContext, reason: BackupReason) -> list[BackupInfo]:
        self.ensured.append(reason)
        return []


@dataclass
class Terminal(TypedCommands):
    """Types commands into one profile."""

    home: Path
    file: DatabaseFile
    chat: ChatService
    gateway: ScriptedGateway
    backups: Backups

    async def type(self, *words: str) -> int:
        hub = ClientHub()
        hub.register(ChatClient, self.chat)
        hub.register(BackupsClient, self.backups)
        return await self.run(hub, self.home, words)

    async def json(self, *words: str) -> Any:
        assert await self.type(*words, "--json") == 0
        return json.loads(self.printed.splitlines()[-1])


@pytest.fixture
async def terminal(home: Path) -> AsyncIterator[Terminal]:
    file = await open_database_file(home / "hyperspot.db", DataKey.generate())
    await migrate(file, "chat", MIGRATIONS)
    gateway = ScriptedGateway()
    store = RoutedChatStore(SqlChatStore(Database("chat", file)), MemoryChatStore())
    chat = ChatService(store, gateway, uuid7, ChatConfig(title_from_model=False))
    backups = Backups()  # type: ignore[abstract]  # the other verbs are not asked for
    yield Terminal(home, file, chat, gateway, backups)
    await chat.close(5)
    await file.close()


async def test_a_private_question_is_answered_and_leaves_no_trace(terminal: Terminal) -> None:
    assert await terminal.type("chat", "--private", f"What is {SECRET}?") == 0

    assert f"You said: What is {SECRET}?" in terminal.printed
    assert "nothing of this is kept" in terminal.complained
    assert files_with(SECRET, terminal.home, terminal.file.key) == []
    assert await terminal.json("conversations", "list") == []
    assert await terminal.chat.conversations(CTX, private=True) == []


async def test_a_private_question_that_fails_leaves_no_trace_either(terminal: Terminal) -> None:
    terminal.gateway.installed = False

    assert await terminal.type("chat", "--private", SECRET) != 0

    assert files_with(SECRET, terminal.home, terminal.file.key) == []
    assert await terminal.chat.conversations(CTX, private=True) == []


async def test_a_stored_conversation_does_not_go_on_in_private(terminal: Terminal) -> None:
    assert await terminal.type("chat", "Hello") == 0
    assert await terminal.type("chat", "--private", "--conversation", "last", SECRET) == 2
    assert "in private" in terminal.complained


async def test_what_was_deleted_is_listed_restored_and_deleted_for_ever(terminal: Terminal) -> None:
    assert await terminal.type("chat", f"the {SECRET} runs") == 0
    assert await terminal.type("trash", "list") == 0
    assert terminal.printed == "The trash is empty.\n"
    [conversation] = await terminal.json("conversations", "list")
    assert await terminal.type("conversations", "delete", "last") == 0
    [item] = await terminal.json("trash", "list")
    assert (item["kind"], item["id"], item["title"]) == ("conversation", conversation["id"], f"the {SECRET} runs")

    assert await terminal.type("trash", "restore", item["id"]) == 0
    assert len(await terminal.json("conversations", "list")) == 1
    assert await terminal.type("conversations", "delete", "last") == 0
    deleted = await terminal.json("trash", "delete", item["id"][:20])

    assert deleted == {"deleted": [item["id"]], "no_trace_left": True}
    assert files_with(SECRET, terminal.home, terminal.file.key) == []


async def test_messages_are_in_the_trash_too(terminal: Terminal) -> None:
    assert await terminal.type("chat", f"the {SECRET} runs") == 0
    [conversation] = await terminal.chat.conversations(CTX)
    question = (await terminal.chat.messages(CTX, conversation.id)).messages[0]
    await terminal.chat.trash_message(CTX, question.id)
    assert await terminal.type("trash", "list") == 0
    assert f"the {SECRET} runs" in terminal.printed

    assert await terminal.type("trash", "restore", str(question.id)) == 0
    assert (await terminal.chat.message(CTX, question.id)).content == f"the {SECRET} runs"
    await terminal.chat.trash_message(CTX, question.id)
    assert await terminal.type("trash", "empty") == 0

    assert "Deleted for ever: 1." in terminal.printed
    assert files_with(SECRET, terminal.home, terminal.file.key) == []


async def test_all_conversations_go_at_once_after_a_backup(terminal: Terminal) -> None:
    for text in ("One", "Two", "Three"):
        assert await terminal.type("chat", text) == 0
    assert await terminal.type("conversations", "delete") == 2
    assert terminal.backups.ensured == []
    assert await terminal.type("conversations", "delete", "--all") == 0
    assert terminal.backups.ensured == ["before-delete"]
    assert "3 conversations are in the trash" in terminal.printed
    assert len(await terminal.json("trash", "list")) == 3


async def test_an_unknown_name_says_where_to_look(terminal: Terminal) -> None:
    assert await terminal.type("trash", "restore", "nothing") == 3
    assert "hyperspot trash list" in terminal.complained


async def test_a_start_that_means_several_is_refused(terminal: Terminal) -> None:
    for text in ("One", "Two"):
        assert await terminal.type("chat", text) == 0
    assert await terminal.type("conversations", "delete", "--all") == 0
    assert await terminal.type("trash", "delete", "0") == 2
    assert len(await terminal.json("trash", "list")) == 2
