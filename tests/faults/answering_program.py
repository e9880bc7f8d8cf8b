"""A program to be killed: opens a home and lets the starter model answer, again and again, saying what it has shown.

Prints JSON lines: ``{"engine": pid}``, ``{"user", "answer"}`` when an answer began, ``{"delta"}`` as text is shown.
It runs until it is killed.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from hyperspot_desktop.bootstrap import open_host
from modkit.security import SecurityContext
from modules.chat.contract import AnswerDelta, AnswerStarted, ChatClient, ChatParams
from modules.llm_manager.contract import LlmManagerClient


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


async def main(home: Path) -> None:
    ctx = SecurityContext.local_user()
    async with open_host(home) as host:
        chat = host.client_hub.get(ChatClient)
        conversation = await chat.create(ctx, title="killed", params=ChatParams(temperature=1.5, max_output_tokens=200))
        while True:
            async for event in chat.send(ctx, conversation.id, "Write a long story about a river."):
                match event:
                    case AnswerStarted():
                        assert event.user_message is not None
                        say(
                            user=str(event.user_message.id),
                            answer=str(event.answer.id),
                        )
                    case AnswerDelta():
                        say(delta=event.text)
            for loaded in await host.client_hub.get(LlmManagerClient).loaded(ctx):
                say(engine=loaded.pid)


asyncio.run(main(Path(sys.argv[1])))
