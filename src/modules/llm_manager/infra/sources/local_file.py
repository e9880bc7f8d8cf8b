"""A GGUF on this computer, copied into the models folder."""

from __future__ import annotations

from pathlib import Path

from modules.llm_manager.contract.errors import HashMismatch
from modules.llm_manager.contract.models import ModelSource
from modules.llm_manager.domain.ports import Fetched, ModelFiles, ProgressSink

_PATH_STARTS = ("/", "~", "./", "../", ".\\", "..\\", "\\\\")


class LocalFileSource:
    """``file``: the location is a path. (Linking in place needs no source: see import.)"""

    kind = "file"

    def __init__(self, files: ModelFiles) -> None:
        self._files = files

    def parse(self, address: str) -> ModelSource | None:
        """Anything that looks like a path and not like ``owner/repo/file``."""
        if address.startswith("file://"):
            return ModelSource("file", address.removeprefix("file://"))
        drive = len(address) > 2 and address[1] == ":" and address[2] in "\\/"
        return ModelSource("file", address) if drive or address.startswith(_PATH_STARTS) else None

    async def fetch(self, source: ModelSource, target: Path, on_progress: ProgressSink) -> Fetched:
        path = _absolute(source.location)
        await self._files.header(path)
        fetched = await self._files.copy(path, target, on_progress)
        if source.sha256 and fetched.sha256 != source.sha256.lower():
            if fetched.created:
                await self._files.remove(target)
            raise HashMismatch(f"{path.name} is not the file it should be.")
        return fetched

    async def discard(self, source: ModelSource, target: Path) -> None:
        """An unfinished copy removes itself."""


def _absolute(location: str) -> Path:
    return Path(location).expanduser().absolute()
