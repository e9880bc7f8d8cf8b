"""The list of models that can be added, and how an address typed by a person becomes a source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from modules.llm_manager.contract.errors import ModelNotFound
from modules.llm_manager.contract.models import CatalogueEntry, ModelFormat, ModelSource
from modules.llm_manager.domain.naming import matching, slug
from modules.llm_manager.domain.ports import CatalogueReader, ModelSourcePlugin

Plugins = Callable[[], Mapping[str, ModelSourcePlugin]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something to download: sources in order of preference, and the name and kind that its file gets."""

    title: str
    stem: str
    sources: tuple[ModelSource, ...]
    entry: CatalogueEntry | None = None

    @property
    def kind(self) -> ModelFormat:
        return self.entry.format if self.entry is not None else "gguf"


class Catalogue:
    """Finds what a person means by a catalogue id or an address."""

    def __init__(self, reader: CatalogueReader, plugins: Plugins) -> None:
        self._reader = reader
        self._plugins = plugins

    async def entries(self) -> list[CatalogueEntry]:
        """What can be had here: an entry without a source that one of the plugins fetches from is left out."""
        known = self._plugins()
        entries = await self._reader.entries()
        return [entry for entry in entries if any(source.kind in known for source in entry.sources)]

    async def entry(self, entry_id: str) -> CatalogueEntry:
        """
        Raises:
            ModelNotFound: no entry matches, or several do.
        """
        entries = {entry.id: entry for entry in await self._reader.entries()}
        found = matching(entry_id, entries)
        if len(found) == 1:
            return entries[found[0]]
        raise ModelNotFound(entry_id)

    async def wanted(self, text: str) -> Wanted:
        """A catalogue id, or an address that one of the source plugins understands.

        Raises:
            ModelNotFound: it is neither.
        """
        text = text.strip()
        if source := _first(plugin.parse(text) for plugin in self._plugins().values()):
            stem = _stem(source)
            return Wanted(stem, slug(stem), (source,))
        entry = await self.entry(text)
        known = self._plugins()
        sources = tuple(source for source in entry.sources if source.kind in known)
        return Wanted(entry.name, slug(entry.id), sources, entry)


def _first(sources: Iterable[ModelSource | None]) -> ModelSource | None:
    return next((source for source in sources if source is not None), None)


def _stem(source: ModelSource) -> str:
    """The file's own name, from the file inside a repository or from the end of an address."""
    path = source.file or urlsplit(source.location).path or source.location
    return PurePosixPath(path.replace("\\", "/")).stem or "model"
