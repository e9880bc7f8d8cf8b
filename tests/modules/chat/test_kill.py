"""A kill in mid-answer loses at most the last quarter of a second."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest

from modkit.db import Database, open_database_file, uuid7
from modkit.keys.data_key import DataKey
from modkit.security import SecurityContext
from modules.chat.contract import MessageStatus
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.repository import SqlChatStore
from tests.modules.chat.chat_support import ScriptedGateway, told

ROOT = Path(__file__).parents[3]
LOSS_S = 0.25


@pytest.mark.parametrize("lines_before_the_kill", [1, 3, 40, 123, 301])
async def test_what_was_shown_a_quarter_second_before_a_kill_is_there(
    tmp_path: Path, ctx: SecurityContext, lines_before_the_kill: int
) -> None:
    # given: a program killed while it streams
    path, key = tmp_path / "hyperspot.db", DataKey.generate()
    lines, killed_s = await _killed_after(path, key, lines_before_the_kill)
    answer_id = UUID(lines[0].partition("\t")[2].removeprefix("started "))
    # when: the next start recovers
    file = await open_database_file(path, key)
    chat = ChatService(SqlChatStore(Database("chat", file)), ScriptedGateway(), uuid7)
    recovered = await chat.recover()
    answer = await chat.message(ctx, answer_id)
    # then
    owed = "".join(text for at_s, _, text in _parts(lines[1:]) if float(at_s) <= killed_s - LOSS_S)
    assert (recovered, answer.status) == (1, MessageStatus.INTERRUPTED)
    assert answer.content.startswith(owed)
    continued = await told(chat.continue_answer(ctx, answer_id))
    assert continued.text.startswith(answer.content)
    await chat.close(5)
    await file.close()


def _parts(lines: list[str]) -> list[tuple[str, str, str]]:
    return [line.partition("\t") for line in lines]


async def _killed_after(path: Path, key: DataKey, lines: int) -> tuple[list[str], float]:
    """What the program printed, and when it was killed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        str(Path(__file__).with_name("killed_program.py")),
        str(path),
        key.raw.hex(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment,
    )
    assert program.stdout is not None
    async with asyncio.timeout(30):
        printed = [await program.stdout.readline() for _ in range(lines)]
        killed_s = time.monotonic()
        program.kill()
        printed += (await program.stdout.read()).splitlines(keepends=True)
        await program.wait()
    whole = [line.decode().removesuffix("\n") for line in printed if line.endswith(b"\n")]
    return whole, killed_s
