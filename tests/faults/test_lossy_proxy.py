"""The proxy passes what it should, and loses what its chance says."""

from __future__ import annotations

import asyncio
import random

import pytest

from tests.faults.harness.proxy import LossyProxy, lossy_proxy
from tests.modules.llm_manager.hostile_server import Behaviour, hostile_server

CONTENT = random.Random(5).randbytes(64 * 1024)


async def fetched(port: int) -> str:
    """How one answer arrived: whole, damaged, short or reset."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"GET /a HTTP/1.1\r\nHost: here\r\nRange: bytes=0-65535\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(len(CONTENT))
    except asyncio.IncompleteReadError:
        return "ends"
    except ConnectionResetError:
        return "is reset"
    finally:
        writer.close()
    return "passes" if body == CONTENT else "is damaged"


async def end_of(proxy: LossyProxy) -> str:
    """The same, or that it never ended."""
    number = len(proxy.fates)
    task = asyncio.create_task(fetched(proxy.port))
    while not (await asyncio.wait({task}, timeout=0.2))[0]:
        if proxy.fates[number:] == ["stalls"]:
            task.cancel()
            return "stalls"
    return await task


@pytest.mark.parametrize("seed", [1, 2])
async def test_connections_end_as_their_fate_says(seed: int) -> None:
    async with (
        hostile_server(Behaviour(CONTENT)) as server,
        lossy_proxy(server.port, random.Random(seed), within_bytes=len(CONTENT)) as proxy,
    ):
        ends = [await end_of(proxy) for _ in range(12)]
    assert ends == proxy.fates
    assert {"passes", "ends", "is reset", "stalls", "is damaged"} == set(ends)
