"""What rag needs from outside: its records, and a look at the user's disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from modkit.security import SecurityContext
from modules.rag.contract import Collection, FileState, Source


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file on the disk now. ``skip`` is the sentence that says why it is not to be read, else empty."""

    path: str
    size: int
    mtime_ns: int
    skip: str = ""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it is remembered.

    ``state`` is the outcome of the last reading. ``pending`` says that it has to be read (again), ``away`` that its
    source is not there: both hide the outcome from the user without forgetting it.
    """

    id: UUID
    collection_id: UUID
    source_id: UUID
    path: str
    size: int
    mtime_ns: int
    state: FileState = FileState.QUEUED
    reason: str = ""
    pending: bool = True
    away: bool = False
    content_hash: str = ""
    parser: str = ""
    passages: int = 0
    title: str = ""
    language: str = ""

    @property
    def shown_state(self) -> FileState:
        """The one state that the user sees."""
        if self.away:
            return FileState.AWAY
        return FileState.QUEUED if self.pending else self.state


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file, and its size and time at the moment they were read."""

    data: bytes
    content_hash: str
    size: int
    mtime_ns: int


class RagStore(Protocol):
    """Remembers collections, sources and files of each user. Each call is one transaction."""

    async def collections(self, ctx: SecurityContext) -> list[Collection]: ...
    async def collection(self, ctx: SecurityContext, name: str) -> Collection | None: ...
    async def make_collection(self, ctx: SecurityContext, name: str) -> Collection:
        """The collection of this name, made when there is none."""

    async def delete_collection(self, ctx: SecurityContext, collection_id: UUID) -> None: ...
    async def sources(self, ctx: SecurityContext, collection_id: UUID) -> list[Source]: ...
    async def add_sources(self, ctx: SecurityContext, collection_id: UUID, paths: Sequence[Path]) -> None:
        """Those that are there already stay as they are."""

    async def delete_source(self, ctx: SecurityContext, source_id: UUID) -> None:
        """With its files."""

    async def set_away(self, ctx: SecurityContext, source_id: UUID, away: bool) -> None:
        """The source and all its files that were not removed."""

    async def files(self, ctx: SecurityContext, collection_id: UUID) -> list[FileRecord]:
        """By path."""

    async def pending(self, ctx: SecurityContext, collection_id: UUID) -> list[FileRecord]:
        """Files to be read whose source is there, by path."""

    async def without_vectors(self, ctx: SecurityContext) -> list[FileRecord]:
        """Files of all collections whose passages wait for their vectors."""

    async def twin(self, ctx: SecurityContext, record: FileRecord) -> FileRecord | None:
        """Another file with the same content that was read already."""

    async def add_files(self, ctx: SecurityContext, records: Sequence[FileRecord]) -> None: ...
    async def save_files(self, ctx: SecurityContext, records: Sequence[FileRecord]) -> None:
        """Those that are gone are passed over."""

    async def read_again(self, ctx: SecurityContext, collection_id: UUID | None, *states: FileState) -> None:
        """Make files of these states (of all collections for None) pending, as if they had never been read."""

    async def await_vectors(self, ctx: SecurityContext) -> None:
        """Every indexed file waits for vectors again: there is a new embedder."""


class Disk(Protocol):
    """The user's files. Nothing is written, links are not followed."""

    async def look(self, source: Path) -> list[FoundFile] | None:
        """Every visible file of a folder, or the file itself; None when the source is not there."""

    async def read(self, path: str) -> Content:
        """The whole file.

        Raises:
            OSError: also for what is not a regular file, or changed while it was read.
        """

    async def content_hash(self, path: str) -> str:
        """The hash of the content without keeping it; errors as for ``read``."""
