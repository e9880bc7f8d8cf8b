"""Questions and answers in the real chat store; the model's words come from a script."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db import Database, migrate, open_database_file, uuid7
from modkit.security import SecurityContext
from modules.chat.config import ChatConfig
from modules.chat.contract import AnswerFinished, AnswerStarted, MessageNotFound, MessageStatus
from modules.chat.domain.answers import running
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.migrations import MIGRATIONS
from modules.chat.infra.storage.repository import SqlChatStore
from tests.faults.harness.scenario import KEY, Acknowledge, Fact, Scenario
from tests.modules.chat.chat_support import ScriptedGateway

# An answer that cannot be stored waits for the disk before it says so: here a disk stays as it is.
running._RETRY_FIRST_S, running._RETRY_MAX_S, running._PATIENCE_S = 0.01, 0.02, 0.05
_CLOSE_GRACE_S = 0.5
_WORDS = ("river", "stone", "bridge", "water", "light", "boat", "rain", "field")


@asynccontextmanager
async def chat_on(place: Path) -> AsyncIterator[ChatService]:
    """The chat of one home, as a start brings it up."""
    file = await open_database_file(place / "hyperspot.db", KEY)
    try:
        await migrate(file, "chat", MIGRATIONS)
        config = ChatConfig(title_from_model=False)
        service = ChatService(SqlChatStore(Database("chat", file)), ScriptedGateway(window=1 << 20), uuid7, config)
        try:
            yield service
        finally:
            await service.close(_CLOSE_GRACE_S)
    finally:
        await file.close()


def story(chance: random.Random) -> str:
    """Some words; now and then so many that they fill pages of their own."""
    length = chance.choice((3, 20, 60, 2000))
    return " ".join(chance.choices(_WORDS, k=length))


class ChatScenario(Scenario):
    """Messages that were sent, and answers that ended without an error, are there, word for word."""

    name = "chat"
    database = "hyperspot.db"

    async def prepare(self, place: Path) -> None:
        async with chat_on(place) as chat:
            await self._talk(chat, random.Random(0), lambda fact: None, 3)

    async def act(self, place: Path, chance: random.Random, acknowledge: Acknowledge, steps: int) -> None:
        async with chat_on(place) as chat:
            await chat.recover()
            await self._talk(chat, chance, acknowledge, steps)

    async def _talk(self, chat: ChatService, chance: random.Random, acknowledge: Acknowledge, turns: int) -> None:
        ctx = SecurityContext.local_user()
        conversation = await chat.create(ctx, title=story(chance)[:40])
        for _ in range(turns):
            async for event in chat.send(ctx, conversation.id, story(chance)):
                match event:
                    case AnswerStarted() if event.user_message is not None:
                        acknowledge({"id": event.user_message.id.hex, "content": event.user_message.content})
                    case AnswerFinished() if (
                        event.answer.status is MessageStatus.COMPLETE and event.answer.error is None
                    ):
                        acknowledge({"id": event.answer.id.hex, "content": event.answer.content})

    async def check(self, place: Path, facts: Sequence[Fact]) -> list[str]:
        ctx = SecurityContext.local_user()
        found: list[str] = []
        async with chat_on(place) as chat:
            await chat.recover()
            for fact in facts:
                try:
                    kept = await chat.message(ctx, UUID(fact["id"]))
                except MessageNotFound:
                    found.append(f"message {fact['id']} is gone")
                    continue
                if kept.content != fact["content"]:
                    found.append(f"message {fact['id']} is {kept.status} and not what was shown")
        return found

    def missing(self, connection: sqlcipher.Connection, facts: Sequence[Fact]) -> list[str]:
        kept = dict(connection.execute("SELECT id, content FROM chat_messages").fetchall())
        return [f"message {fact['id']} is lost" for fact in facts if kept.get(fact["id"]) != fact["content"]]
