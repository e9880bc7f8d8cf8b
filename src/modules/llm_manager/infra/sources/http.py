"""What all sources behind an address share: one downloader, the header check, the user's number of connections."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from modules.llm_manager.domain.ports import Fetched, ModelFiles, ProgressSink
from modules.llm_manager.infra.blocking import on_thread
from modules.llm_manager.infra.download import Downloader, Order, discard_partial


class HttpFetcher:
    """Downloads a GGUF and has its header checked before it gets its final name."""

    def __init__(self, downloader: Downloader, files: ModelFiles, connections: Callable[[], Awaitable[int]]) -> None:
        self._downloader = downloader
        self._files = files
        self._connections = connections

    async def fetch(self, address: str, sha256: str, target: Path, on_progress: ProgressSink) -> Fetched:
        order = Order(address, target, sha256, await self._connections(), self._files.header)
        return await self._downloader.fetch(order, on_progress)

    async def discard(self, target: Path) -> None:
        await on_thread(discard_partial, target)
