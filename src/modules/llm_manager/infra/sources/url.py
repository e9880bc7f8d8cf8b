"""A GGUF at any address."""

from __future__ import annotations

from pathlib import Path

from modules.llm_manager.contract.models import ModelSource
from modules.llm_manager.domain.ports import Fetched, ProgressSink
from modules.llm_manager.infra.sources.http import HttpFetcher


class UrlSource:
    """``url``: the location is the whole address."""

    kind = "url"

    def __init__(self, fetcher: HttpFetcher) -> None:
        self._fetcher = fetcher

    def parse(self, address: str) -> ModelSource | None:
        if not address.lower().startswith(("https://", "http://")):
            return None
        return ModelSource("url", address)

    async def fetch(self, source: ModelSource, target: Path, on_progress: ProgressSink) -> Fetched:
        return await self._fetcher.fetch(source.location, source.sha256, target, on_progress)

    async def discard(self, source: ModelSource, target: Path) -> None:
        await self._fetcher.discard(target)
