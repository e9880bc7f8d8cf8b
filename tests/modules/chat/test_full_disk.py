"""A disk that fills while an answer streams: the text that was shown is stored, without a restart."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modkit.db import Database, DatabaseFile, migrate, open_database_file, uuid7
from modkit.db.ballast import Ballast
from modkit.keys.data_key import DataKey
from modkit.security import SecurityContext
from modules.chat.config import ChatConfig
from modules.chat.contract import MessageStatus
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.migrations import MIGRATIONS
from modules.chat.infra.storage.repository import SqlChatStore
from tests.modules.chat.chat_support import Gate, ScriptedGateway, soon, told
from tests.support.small_disk import fill, mounted

LONG = "upon " * 20_000
"""More than the log has room for."""


@pytest.fixture
async def small_file(tmp_path: Path) -> AsyncIterator[DatabaseFile]:
    with mounted(tmp_path / "small disk", "6m") as folder:
        file = await open_database_file(folder / "hyperspot.db", DataKey.generate())
        await migrate(file, "chat", MIGRATIONS)
        yield file
        await file.close()


@pytest.fixture
async def service(small_file: DatabaseFile, gateway: ScriptedGateway) -> AsyncIterator[ChatService]:
    chat = ChatService(SqlChatStore(Database("chat", small_file)), gateway, uuid7, ChatConfig(title_from_model=False))
    yield chat
    await chat.close(5)


async def until_idle(chat: ChatService) -> None:
    while chat.answering.desk.busy:
        await asyncio.sleep(0.01)


async def test_an_answer_waits_in_memory_until_there_is_room_and_is_stored_by_itself(
    small_file: DatabaseFile, service: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gate = Gate()
    gateway.script("Once ", gate, LONG)
    conversation = await service.create(ctx)
    reading = asyncio.create_task(told(service.send(ctx, conversation.id, "Tell")))
    await soon(gate.reached.wait())
    filler = fill(small_file.path.parent)
    gate.opened.set()
    finished = (await soon(reading)).finished.answer
    shown = (await service.messages(ctx, conversation.id)).messages[-1]
    filler.unlink()
    await soon(until_idle(service))
    stored = await service.message(ctx, finished.id)

    assert finished.error is not None
    assert finished.error["code"] == "no_space"
    assert "MB" in finished.error["action"]
    assert shown.content == finished.content == f"Once {LONG}"
    assert (stored.content, stored.status, stored.error) == (f"Once {LONG}", MessageStatus.COMPLETE, None)


async def test_with_room_that_was_kept_the_answer_is_stored_though_the_disk_is_full(
    small_file: DatabaseFile, service: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    folder = small_file.path.parent
    small_file.ballast = Ballast(folder / "hyperspot.db.ballast", size_bytes=1024 * 1024, low_bytes=0)
    small_file.ballast.lay()
    gate = Gate()
    gateway.script("Once ", gate, LONG)
    conversation = await service.create(ctx)
    reading = asyncio.create_task(told(service.send(ctx, conversation.id, "Tell")))
    await soon(gate.reached.wait())
    fill(folder)
    gate.opened.set()
    finished = (await soon(reading)).finished.answer
    await soon(until_idle(service))
    stored = await service.message(ctx, finished.id)

    assert (stored.content, stored.error) == (f"Once {LONG}", None)
    assert not small_file.ballast.laid()
