"""A program to be killed: opens a home and lets the starter model answer, again and again, saying what it has shown.

Imports cost more than everything else here, so this process makes them once. Then, for every line on stdin, it forks
a copy that is the program: it has a session of its own, no thread and no loop yet, and lives until it is killed.

Prints JSON lines: ``{"program": pid}``, ``{"user", "answer"}`` when an answer began, ``{"delta"}`` as text is
shown, and ``{"ended": status}`` when the program was killed.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from pathlib import Path

from hyperspot_desktop.bootstrap import open_host
from modkit.home_lock import HomeLock
from modkit.host import Host
from modkit.security import SecurityContext
from modules.chat.contract import AnswerDelta, AnswerStarted, ChatClient, ChatParams

QUESTION = "Write a long story about a river."


def say(**what: object) -> None:
    """One write per line: a kill leaves no half line behind."""
    os.write(1, json.dumps(what).encode() + b"\n")


async def answer_until_killed(home: Path) -> None:
    with HomeLock(home, "command"):
        async with open_host(home, overrides=["modules.chat.config.title_from_model=false"]) as host:
            await answer_for_ever(host)


async def answer_for_ever(host: Host) -> None:
    ctx = SecurityContext.local_user()
    chat = host.client_hub.get(ChatClient)
    conversation = await chat.create(ctx, title="killed", params=ChatParams(temperature=1.5, max_output_tokens=300))
    while True:
        async for event in chat.send(ctx, conversation.id, QUESTION):
            match event:
                case AnswerStarted():
                    assert event.user_message is not None
                    say(user=str(event.user_message.id), answer=str(event.answer.id))
                case AnswerDelta():
                    say(delta=event.text)


def main(home: Path) -> None:
    for _ in sys.stdin:
        assert threading.active_count() == 1, "a process with threads must not be forked"
        program = os.fork()
        if program == 0:
            os.setsid()
            asyncio.run(answer_until_killed(home))
            os._exit(1)
        say(program=program)
        say(ended=os.waitpid(program, 0)[1])


if __name__ == "__main__" and sys.platform != "win32":
    main(Path(sys.argv[1]))
