"""A program that prints an answer while it streams, to be killed in the middle. Arguments: database, key in hex."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

from modkit.db import Database, migrate, open_database_file, uuid7
from modkit.keys.data_key import DataKey
from modkit.security import SecurityContext
from modules.chat.config import ChatConfig
from modules.chat.contract import AnswerDelta, AnswerStarted
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.migrations import MIGRATIONS
from modules.chat.infra.storage.repository import SqlChatStore
from modules.llm_gateway.contract import ChatRequest, StreamChunk
from tests.modules.chat.chat_support import ScriptedGateway


class SteadyGateway(ScriptedGateway):
    """Streams numbers for ever, some two hundred a second."""

    async def stream(self, ctx: SecurityContext, request: ChatRequest) -> AsyncIterator[StreamChunk]:
        number = 0
        while True:
            number += 1
            yield StreamChunk("r", "tiny", content=f"{number} ")
            await asyncio.sleep(0.005)


async def main(path: Path, key: DataKey) -> None:
    """Every line printed: monotonic time, then what a reader saw at that time."""
    ctx = SecurityContext.local_user()
    file = await open_database_file(path, key)
    await migrate(file, "chat", MIGRATIONS)
    chat = ChatService(SqlChatStore(Database("chat", file)), SteadyGateway(), uuid7, ChatConfig())
    conversation = await chat.create(ctx)
    async for event in chat.send(ctx, conversation.id, "Count"):
        if isinstance(event, AnswerStarted):
            print(f"{time.monotonic()}\tstarted {event.answer.id}", flush=True)
        elif isinstance(event, AnswerDelta):
            print(f"{time.monotonic()}\t{event.text}", flush=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), DataKey(bytes.fromhex(sys.argv[2]))))
