"""Fetches the pieces of one file over several connections at once, again and again until all are there."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from loguru import logger

from modkit.cancellation import cancel_and_wait
from modules.llm_manager.contract.errors import DownloadFailed
from modules.llm_manager.domain.ports import DownloadProgress, ProgressSink
from modules.llm_manager.infra.download.meter import Meter
from modules.llm_manager.infra.download.partfile import PartFile
from modules.llm_manager.infra.download.remote import RemoteFile, TemporaryFailure, content_range, raise_for_status
from modules.llm_manager.infra.download.state import Piece
from modules.llm_manager.infra.files import require_space

_WRITE_BYTES = 1024 * 1024
_LONGEST_WAIT_S = 30.0
SAVE_EVERY_S = 1.0


class FileChanged(Exception):
    """The server has another file now than the one that was begun: start anew."""


class AddressExpired(Exception):
    """A signed address ran out: look the file up again and go on."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a failing connection is tried again without a byte in between, and the first wait in seconds."""

    retries: int
    retry_delay_s: float

    def wait_s(self, failures: int, asked_s: float = 0.0) -> float:
        """Doubling, with some chance so that many connections do not come back at the same moment."""
        doubled: float = self.retry_delay_s * 2.0 ** max(0, failures - 1)
        return max(asked_s, min(_LONGEST_WAIT_S, doubled) * random.uniform(0.8, 1.2))


class Transfer:
    """One run over the missing pieces of ``part``."""

    def __init__(
        self, client: httpx.AsyncClient, remote: RemoteFile, part: PartFile, patience: Patience, report: ProgressSink
    ) -> None:
        self._client = client
        self._remote = remote
        self._part = part
        self._patience = patience
        self._report = report
        self._meter = Meter(time.monotonic)

    async def run(self, folder: Path, connections: int) -> None:
        """Return when every piece is on disk.

        Raises:
            DownloadFailed, FileChanged, AddressExpired, OSError (from writing)
        """
        self._tell()
        saving = asyncio.create_task(self._save_regularly(folder), name="save download")
        missing = iter([piece for piece in self._part.state.pieces if not piece.complete])
        try:
            await first_error_or_all([saving], [self._work(missing) for _ in range(connections)])
        finally:
            await cancel_and_wait(saving)

    async def _work(self, missing: Iterator[Piece]) -> None:
        for piece in missing:
            await self._fetch(piece)

    async def _fetch(self, piece: Piece) -> None:
        failures = 0
        while not piece.complete:
            before = piece.done
            try:
                await (self._stream_range(piece) if self._remote.ranges else self._stream_whole(piece))
            except (httpx.TransportError, TemporaryFailure) as err:
                failures = 0 if piece.done > before else failures + 1
                if failures > self._patience.retries:
                    raise DownloadFailed(
                        f"The download from {self._remote.url.host} broke off: {_reason(err)}."
                    ) from err
                logger.debug("A download connection broke off: {}", _reason(err))
                if failures:
                    self._tell(trying_again(self._remote.url.host))
                await asyncio.sleep(self._patience.wait_s(failures, getattr(err, "wait_s", 0.0)))

    async def _stream_range(self, piece: Piece) -> None:
        headers = {"Range": f"bytes={piece.position}-{piece.end - 1}", "Accept-Encoding": "identity"}
        if self._remote.validator:
            headers["If-Range"] = self._remote.validator
        async with self._client.stream("GET", self._remote.url, headers=headers) as response:
            self._check_range(response, piece)
            await self._take(response, piece)
        if not piece.complete:
            raise TemporaryFailure("the answer ended early")

    async def _stream_whole(self, piece: Piece) -> None:
        await self._part.start_over()
        async with self._client.stream("GET", self._remote.url, headers={"Accept-Encoding": "identity"}) as response:
            raise_for_status(response)
            await self._take(response, piece)
        if self._remote.size_bytes is None:
            piece.end = piece.position
            await self._part.cut(piece.end)
        elif not piece.complete:
            raise TemporaryFailure("the answer ended early")

    def _check_range(self, response: httpx.Response, piece: Piece) -> None:
        if response.is_redirect or response.status_code in (401, 403):
            raise AddressExpired
        raise_for_status(response)
        if response.status_code != 206:
            # 200 is If-Range's way to say that the file changed; 416 says that it became shorter.
            raise FileChanged
        extent = content_range(response)
        if extent is not None and extent[2] != self._part.state.size_bytes:
            raise FileChanged
        if extent is None or extent[0] != piece.position:
            raise TemporaryFailure("the server sent another part than was asked for")
        tag = response.headers.get("etag", "")
        if tag.startswith('"') and self._remote.validator.startswith('"') and tag != self._remote.validator:
            raise FileChanged

    async def _take(self, response: httpx.Response, piece: Piece) -> None:
        held = bytearray()
        try:
            async for data in response.aiter_raw():
                held += data
                if piece.position + len(held) >= piece.end:
                    # A server that sends more than was asked for must not write into its neighbour's piece.
                    del held[piece.end - piece.position :]
                    break
                if len(held) >= _WRITE_BYTES:
                    await self._keep(piece, held)
        except httpx.TransportError:
            # What came before the connection broke is good; a server that always breaks early still gets there.
            await self._keep(piece, held)
            raise
        await self._keep(piece, held)

    async def _keep(self, piece: Piece, held: bytearray) -> None:
        await self._part.write(piece.position, bytes(held))
        piece.done += len(held)
        self._meter.add(len(held))
        held.clear()
        self._tell()

    def _tell(self, note: str = "") -> None:
        done_bytes, size_bytes = self._part.state.done_bytes, self._remote.size_bytes
        self._report(DownloadProgress(done_bytes, size_bytes, self._meter.bytes_per_s, note))

    async def _save_regularly(self, folder: Path) -> None:
        while True:
            await asyncio.sleep(SAVE_EVERY_S)
            await asyncio.to_thread(require_space, folder, 0)
            if self._remote.ranges:
                await self._part.save()
            await self._part.hash_on()


async def first_error_or_all(helpers: list[asyncio.Task[None]], work: list[Coroutine[Any, Any, None]]) -> None:
    """Run ``work`` to its end; the first error, also of a helper, ends everything and is raised as it is.

    A TaskGroup would wrap it in a group, and every caller would have to take that apart.
    """
    tasks = [asyncio.create_task(one) for one in work]
    waiting: set[asyncio.Task[None]] = {*tasks, *helpers}
    try:
        while any(not task.done() for task in tasks):
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        for task in tasks:
            task.result()
    finally:
        await cancel_and_wait(*tasks)


def trying_again(host: str) -> str:
    """What a download says of itself while it waits for a server that does not answer."""
    return f"{host} does not answer, trying again"


def _reason(err: Exception) -> str:
    if isinstance(err, httpx.TimeoutException):
        return "no data came for a while"
    return str(err) or type(err).__name__
