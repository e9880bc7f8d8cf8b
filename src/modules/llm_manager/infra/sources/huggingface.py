"""Files in Hugging Face repositories."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, unquote

from modules.llm_manager.contract.models import ModelSource
from modules.llm_manager.domain.ports import Fetched, ProgressSink
from modules.llm_manager.infra.sources.http import HttpFetcher

_NAME = r"[A-Za-z0-9][\w.-]*"
_SHORT = re.compile(rf"({_NAME}/{_NAME})/(.+\.gguf)", re.IGNORECASE)
_PAGE = re.compile(rf"({_NAME}/{_NAME})/(?:resolve|blob)/main/([^?#]+\.gguf)(?:[?#].*)?", re.IGNORECASE)
_HOST = "https://huggingface.co/"


class HuggingFaceSource:
    """``huggingface``: the location is ``owner/repo``, the file lies in its main branch."""

    kind = "huggingface"

    def __init__(self, fetcher: HttpFetcher, base_url: str = _HOST) -> None:
        self._fetcher = fetcher
        self._base_url = base_url.rstrip("/") + "/"

    def parse(self, address: str) -> ModelSource | None:
        """``owner/repo/file.gguf``, or the address of the file or of its page on the site."""
        for base in (_HOST, self._base_url):
            if address.startswith(base):
                return _source(_PAGE.fullmatch(unquote(address.removeprefix(base))))
        return _source(_SHORT.fullmatch(address))

    async def fetch(self, source: ModelSource, target: Path, on_progress: ProgressSink) -> Fetched:
        return await self._fetcher.fetch(self.address(source), source.sha256, target, on_progress)

    async def discard(self, source: ModelSource, target: Path) -> None:
        await self._fetcher.discard(target)

    def address(self, source: ModelSource) -> str:
        """Where the file is downloaded from."""
        return f"{self._base_url}{quote(source.location)}/resolve/main/{quote(source.file)}"


def _source(found: re.Match[str] | None) -> ModelSource | None:
    if found is None or any(part in ("", ".", "..") for part in found[2].split("/")):
        return None
    return ModelSource("huggingface", found[1], found[2])
