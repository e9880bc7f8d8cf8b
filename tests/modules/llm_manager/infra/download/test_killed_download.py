"""A download that is killed again and again goes on each time, and ends in the right file."""

from __future__ import annotations

import asyncio
import random
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

import pytest

from tests.modules.llm_manager import downloading_program
from tests.modules.llm_manager.gguf_support import model_bytes
from tests.modules.llm_manager.hostile_server import Behaviour, HostileServer, hostile_server

KILLS = 10
CONTENT = model_bytes(4 * 1024 * 1024)


async def begin(server: HostileServer, target: Path) -> Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        downloading_program.__file__,
        server.url(),
        str(target),
        server.sha256,
        stdin=DEVNULL,
        stdout=PIPE,
    )
    assert process.stdout is not None
    await process.stdout.readline()
    return process


async def killed(server: HostileServer, target: Path, after_bytes: int) -> None:
    """One life of the program: it is killed when the server has sent so many more bytes."""
    goal = server.sent_bytes + after_bytes
    process = await begin(server, target)
    ended = asyncio.create_task(process.wait())
    while server.sent_bytes < goal and not ended.done():
        await asyncio.wait({ended}, timeout=0.002)
    if not ended.done():
        process.kill()
    await ended


@pytest.mark.slow
@pytest.mark.timeout(180)
async def test_a_download_killed_at_ten_random_points_ends_in_the_verified_file(tmp_path: Path) -> None:
    target, chance = tmp_path / "m.gguf", random.Random(20)
    async with hostile_server(Behaviour(CONTENT, chunk_delay_s=0.002)) as server:
        for _ in range(KILLS):
            await killed(server, target, chance.randrange(1, len(CONTENT) // 4))
            assert not target.exists() or target.read_bytes() == CONTENT
        process = await begin(server, target)
        assert await process.wait() == 0
    assert target.read_bytes() == CONTENT
    # Without resuming, ten lives would have fetched far more than the file and the pieces in hand at each kill.
    assert server.sent_bytes < 4 * len(CONTENT)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.gguf"]
