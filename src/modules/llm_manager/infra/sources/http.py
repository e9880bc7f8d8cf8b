"""What all sources behind an address share: one downloader, the header check, the user's number of connections."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from modules.llm_manager.config import LlmManagerConfig
from modules.llm_manager.domain.ports import Fetched, ModelFiles, ProgressSink
from modules.llm_manager.infra.blocking import on_thread

if TYPE_CHECKING:
    from modules.llm_manager.infra.download import Downloader


class HttpFetcher:
    """Downloads a GGUF and has its header checked before it gets its final name.

    The download code is imported when it is first needed: httpx costs a tenth of a second and 20 MB that a start of the
    program, and a whole life offline, can do without.
    """

    def __init__(self, config: LlmManagerConfig, files: ModelFiles, connections: Callable[[], Awaitable[int]]) -> None:
        self._config = config
        self._files = files
        self._connections = connections
        self._made: Downloader | None = None

    async def fetch(self, address: str, sha256: str, target: Path, on_progress: ProgressSink) -> Fetched:
        from modules.llm_manager.infra.download import Order

        order = Order(address, target, sha256, await self._connections(), self._files.header)
        return await self._downloader().fetch(order, on_progress)

    async def discard(self, target: Path) -> None:
        from modules.llm_manager.infra.download import discard_partial

        await on_thread(discard_partial, target)

    def _downloader(self) -> Downloader:
        from modules.llm_manager.infra.download import AddressPolicy, Downloader, DownloadOptions

        if self._made is None:
            config = self._config
            options = DownloadOptions(config.range_bytes, config.stall_timeout_s, config.retries, config.retry_delay_s)
            self._made = Downloader(options, AddressPolicy(frozenset(config.allowed_http_hosts)))
        return self._made
