"""A forwarded command whose holder ends in the middle: a sentence, never a traceback."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from hyperspot_desktop.cli.main import TerminalIO, _forward
from hyperspot_desktop.control import activate
from hyperspot_desktop.instance import control_address
from modkit.errors import HyperSpotError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the holder played here listens on a Unix socket")
Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
PlayHolder = Callable[[Behaviour], Awaitable[None]]


@pytest.fixture
async def play_holder(tmp_path: Path) -> AsyncIterator[PlayHolder]:
    servers: list[asyncio.AbstractServer] = []

    async def play(behaviour: Behaviour) -> None:
        (tmp_path / "run").mkdir()
        servers.append(await asyncio.start_unix_server(behaviour, control_address(tmp_path)))

    yield play
    for server in servers:
        server.close()


async def dies_in_mid_line(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.write(b'{"out": "half of')
    writer.close()


async def dies_without_reading(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def never_answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


@pytest.mark.parametrize("death", [dies_in_mid_line, dies_without_reading])
async def test_a_holder_that_dies_is_told_in_a_sentence(
    tmp_path: Path, play_holder: PlayHolder, death: Behaviour
) -> None:
    await play_holder(death)
    with pytest.raises(HyperSpotError, match="ended in the middle"):
        await _forward(tmp_path, ["jobs", "list"], "x" * 100_000, TerminalIO())


async def test_a_window_that_hangs_does_not_hang_the_next_start(tmp_path: Path, play_holder: PlayHolder) -> None:
    await play_holder(never_answers)
    with pytest.raises(TimeoutError):
        await activate(tmp_path, patience_s=0.05)
