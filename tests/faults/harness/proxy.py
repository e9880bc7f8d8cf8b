"""A network that loses things: a TCP proxy that cuts, resets, stalls or damages what passes, as its chance says."""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_PIECE_BYTES = 4096
_FATES = ("passes", "passes", "ends", "is reset", "stalls", "is damaged")
_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER on and zero: closing sends RST instead of FIN."""


@dataclass
class LossyProxy:
    """Passes connections on to ``target_port`` of this computer; answers suffer, questions arrive.

    Every connection has a fate: it passes, or after some of the first ``within_bytes`` of the answer it ends, is reset,
    stalls until the client gives up, or has one bit turned over.
    """

    target_port: int
    chance: random.Random
    within_bytes: int = 128 * 1024
    port: int = 0
    fates: list[str] = field(default_factory=list)
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        fate, after = self.chance.choice(_FATES), self.chance.randrange(self.within_bytes)
        self.fates.append(fate)
        try:
            # Cancelled by ``close`` only: nobody waits for this task but the stream server, which would print it.
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await self._both_ways(reader, writer, fate, after)
        finally:
            self._open.discard(task)
            writer.close()

    async def close(self) -> None:
        """End every connection."""
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _both_ways(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, fate: str, after: int
    ) -> None:
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self.target_port)
        asking = asyncio.create_task(_copy(reader, to_server))
        try:
            await _suffer(from_server, writer, fate, after)
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            to_server.close()


async def _copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while data := await source.read(_PIECE_BYTES):
        sink.write(data)
        await sink.drain()


async def _suffer(source: asyncio.StreamReader, sink: asyncio.StreamWriter, fate: str, after: int) -> None:
    passed = 0
    while data := await source.read(_PIECE_BYTES):
        if fate != "passes" and passed + len(data) > after:
            at = after - passed
            match fate:
                case "is damaged":
                    data = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
                    fate = "passes"
                case "stalls":
                    sink.write(data[:at])
                    await asyncio.Event().wait()
                case _:
                    sink.write(data[:at])
                    await sink.drain()
                    if fate == "is reset":
                        sink.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                    return
        sink.write(data)
        await sink.drain()
        passed += len(data)


@asynccontextmanager
async def lossy_proxy(
    target_port: int, chance: random.Random, within_bytes: int = 128 * 1024
) -> AsyncIterator[LossyProxy]:
    """A proxy on a free port of the loopback interface, gone at the end of the block."""
    proxy = LossyProxy(target_port, chance, within_bytes)
    listener = await asyncio.start_server(proxy.pass_on, "127.0.0.1", 0)
    proxy.port = listener.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        listener.close()
        await proxy.close()
