"""A stand-in for a download server on this computer, which misbehaves exactly as it is told."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_RANGE = re.compile(r"bytes=(\d+)-(\d+)")
_CHUNK = 16 * 1024


@dataclass
class Request:
    """What a client asked; ``begin`` and ``end`` (exclusive) are the range, if it asked for one."""

    path: str
    headers: dict[str, str]
    begin: int | None = None
    end: int | None = None


@dataclass
class Behaviour:
    """How to serve. ``broken`` is asked before every body: it gives the bytes after which the connection ends."""

    content: bytes
    ranges: bool = True
    etag: str = '"v1"'
    length_known: bool = True
    broken: Callable[[int], int | None] = lambda _number: None
    stalled: Callable[[int], int | None] = lambda _number: None
    statuses: list[int] = field(default_factory=list)
    range_shift: int = 0
    extra_bytes: int = 0
    claimed_total: int | None = None
    redirects: dict[str, str] = field(default_factory=dict)
    redirect_headers: dict[str, str] = field(default_factory=dict)
    chunk_delay_s: float = 0.0
    on_body: Callable[[Behaviour, int], None] = lambda _behaviour, _number: None


class HostileServer:
    """Counts what it did: ``requests``, and ``sent_bytes`` of bodies."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.requests: list[Request] = []
        self.bodies = 0
        self.sent_bytes = 0
        self.port = 0
        self._open: set[asyncio.Task[None]] = set()

    def url(self, path: str = "/model.gguf") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.behaviour.content).hexdigest()

    async def serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            # Cancelled by ``close`` only: nobody waits for this task but the stream server, which would print it.
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self._answer(await _read_request(reader), writer):
                    pass
        finally:
            self._open.discard(task)
            writer.close()

    async def close(self) -> None:
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection can be used again."""
        self.requests.append(request)
        plan = self.behaviour
        if plan.statuses and (status := plan.statuses.pop(0)) != 200:
            return await _short(writer, status, {"Retry-After": "0"})
        if request.path in plan.redirects:
            return await _short(writer, 302, {"Location": plan.redirects[request.path], **plan.redirect_headers})
        begin, end, status = self._extent(request)
        headers = {"ETag": plan.etag} if plan.etag else {}
        total = plan.claimed_total or len(plan.content)
        if status == 206:
            headers["Content-Range"] = f"bytes {begin + plan.range_shift}-{end - 1 + plan.range_shift}/{total}"
        body = plan.content[begin:end] + b"x" * plan.extra_bytes
        if plan.length_known:
            headers["Content-Length"] = str(len(body) if status == 206 else max(total, len(body)))
        writer.write(_head(status, headers))
        return await self._send(body, writer, count=status == 200 or end - begin > 1) and plan.length_known

    def _extent(self, request: Request) -> tuple[int, int, int]:
        plan = self.behaviour
        size = len(plan.content)
        matches = request.headers.get("if-range", plan.etag) == plan.etag
        if request.begin is None or request.end is None or not plan.ranges or not matches:
            return 0, size, 200
        return request.begin, min(request.end, size), 206

    async def _send(self, body: bytes, writer: asyncio.StreamWriter, *, count: bool) -> bool:
        plan = self.behaviour
        number = self.bodies
        self.bodies += count
        # The one-byte question for the size is answered well: what is tested comes after it.
        breaks, stalls = (plan.broken(number), plan.stalled(number)) if count else (None, None)
        if count:
            plan.on_body(plan, number)
        limit = min(value for value in (breaks, stalls, len(body)) if value is not None)
        for start in range(0, limit, _CHUNK):
            piece = body[start : min(start + _CHUNK, limit)]
            writer.write(piece)
            await writer.drain()
            self.sent_bytes += len(piece)
            if plan.chunk_delay_s:
                await asyncio.sleep(plan.chunk_delay_s)
        if stalls is not None:
            await asyncio.Event().wait()
        return breaks is None


@asynccontextmanager
async def hostile_server(behaviour: Behaviour) -> AsyncIterator[HostileServer]:
    """A server on a free port of the loopback interface, gone at the end of the block."""
    server = HostileServer(behaviour)
    listener = await asyncio.start_server(server.serve_one, "127.0.0.1", 0)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        await server.close()
        await listener.wait_closed()


async def _read_request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    request = Request(first.split()[1], headers)
    if found := _RANGE.fullmatch(headers.get("range", "")):
        request.begin, request.end = int(found[1]), int(found[2]) + 1
    return request


async def _short(writer: asyncio.StreamWriter, status: int, headers: dict[str, str]) -> bool:
    writer.write(_head(status, headers | {"Content-Length": "0"}))
    await writer.drain()
    return True


def _head(status: int, headers: dict[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} Status\r\n{lines}\r\n".encode("latin-1")
