"""Stands in for a server of Apache Tika: answers ``PUT /tika`` as it does, by the name of the document."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

PAGE = b"""<html xmlns="http://www.w3.org/1999/xhtml"><head><meta name="dc:creator" content="Ada Berg"/>
<title>Old minutes</title></head><body><h1>Minutes of 1998</h1><p>The <b>anchor</b> was sold.</p>
<table><tr><td>Boat</td><td>Price</td></tr><tr><td>Tern</td><td>120</td></tr></table></body></html>"""


@dataclass
class StandInTika:
    """What it answers, by the document's name, and what it was asked."""

    url: str = ""
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@asynccontextmanager
async def running_tika() -> AsyncIterator[StandInTika]:
    tika = StandInTika()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines if one)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        tika.requests.append((line, headers, body))
        name = headers.get("content-disposition", "").rpartition("''")[2]
        status, page = tika.answers.get(name, (200, PAGE))
        moved = b"Location: http://example.org/\r\n" if 300 <= status < 400 else b""
        length = b"" if status == 204 else b"Content-Length: %d\r\n" % len(page)
        writer.write(b"HTTP/1.1 %d x\r\n%sContent-Type: text/html\r\n" % (status, moved))
        writer.write(b"Connection: close\r\n" + length + b"\r\n" + page)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    tika.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield tika
