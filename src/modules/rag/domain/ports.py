"""What rag needs from outside: its records, and a look at the user's disk."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from modkit.security import SecurityContext
from modules.rag.contract import Collection, FileQuery, FileState, Source


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file on the disk now. ``skip`` is the sentence that says why it is not to be read, else empty.

    ``unknown``: it is there, but neither it nor what lies in it can be looked at now; nothing says that it changed.
    """

    path: str
    size: int
    mtime_ns: int
    skip: str = ""
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it is remembered.

    ``state`` is the outcome of the last reading. ``pending`` says that it has to be read (again), ``away`` that its
    source is not there: both hide the outcome from the user without forgetting it. ``edition`` counts how often it
    was to be read again although nothing in it had changed.
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
    edition: int = 0
    parser: str = ""
    passages: int = 0
    pages: int | None = None
    title: str = ""
    language: str = ""

    @property
    def shown_state(self) -> FileState:
        """The one state that the user sees."""
        return shown_state(self.state, pending=self.pending, away=self.away)


def shown_state(state: FileState, *, pending: bool, away: bool) -> FileState:
    if away:
        return FileState.AWAY
    return FileState.QUEUED if pending else state


@dataclass(frozen=True, slots=True)
class FileCount:
    """How many files of a collection are remembered alike, and their passages together."""

    collection_id: UUID
    state: FileState
    pending: bool
    away: bool
    files: int
    passages: int

    @property
    def shown_state(self) -> FileState:
        return shown_state(self.state, pending=self.pending, away=self.away)


@dataclass(frozen=True, slots=True)
class TrashedCollection:
    """A collection in the trash, and on whose behalf it can be forgotten."""

    ctx: SecurityContext
    collection: Collection
    deleted_at: datetime


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file, and its size and time at the moment they were read."""

    data: bytes
    content_hash: str
    size: int
    mtime_ns: int


class FileStore(Protocol):
    """Remembers the files of each user. Each call is one transaction."""

    async def files(self, ctx: SecurityContext, collection_id: UUID) -> list[FileRecord]:
        """By path."""

    async def files_of(self, ctx: SecurityContext, source_id: UUID) -> list[FileRecord]:
        """Of one source, in no order; others have their turn while there are many."""

    async def file(self, ctx: SecurityContext, file_id: UUID) -> FileRecord | None: ...

    async def page(self, ctx: SecurityContext, collection_id: UUID, query: FileQuery) -> tuple[list[FileRecord], int]:
        """The window of the query, and how many files it finds in all."""

    async def counts(self, ctx: SecurityContext) -> list[FileCount]:
        """Over all collections, also those in the trash."""

    async def pending(
        self, ctx: SecurityContext, collection_id: UUID, *, after: FileRecord | None = None, limit: int | None = None
    ) -> list[FileRecord]:
        """Files to be read whose source is there, by path; only those that come behind ``after``."""

    async def count_pending(self, ctx: SecurityContext, collection_id: UUID) -> int:
        """How many ``pending`` would give in all."""

    async def without_vectors(self, ctx: SecurityContext) -> list[FileRecord]:
        """Files of all collections, but those in the trash, whose passages wait for their vectors."""

    async def contents(self, ctx: SecurityContext) -> set[str]:
        """Hashes of all contents that gave passages."""

    async def twin(self, ctx: SecurityContext, record: FileRecord) -> FileRecord | None:
        """Another file with the same content that was read already."""

    async def add_files(self, ctx: SecurityContext, records: Sequence[FileRecord]) -> None: ...
    async def save_files(self, ctx: SecurityContext, records: Sequence[FileRecord]) -> None:
        """Those that are gone are passed over."""

    async def read_again(
        self, ctx: SecurityContext, collection_id: UUID | None, *states: FileState, file_ids: Sequence[UUID] = ()
    ) -> None:
        """Make files of these states (of all collections for None) pending, as if they had never been read.

        With ``file_ids`` only those among them.
        """

    async def vectors_made(self, ctx: SecurityContext, file_ids: Iterable[UUID]) -> None:
        """These files do not wait for vectors any more; those that do not wait stay as they are."""

    async def await_vectors(self, ctx: SecurityContext) -> None:
        """Every indexed file waits for vectors again: there is a new embedder."""


class RagStore(FileStore, Protocol):
    """Remembers collections, sources and files of each user. Each call is one transaction."""

    async def collections(self, ctx: SecurityContext) -> list[Collection]:
        """By name, without those in the trash."""

    async def collection(self, ctx: SecurityContext, name: str | UUID) -> Collection | None:
        """The one of this name or id; None also for one in the trash."""

    async def make_collection(self, ctx: SecurityContext, name: str) -> tuple[Collection, bool]:
        """The collection of this name, and whether it had to be made."""

    async def adopt_collection(
        self, ctx: SecurityContext, collection: Collection, sources: Mapping[Path, bool]
    ) -> bool:
        """Make a collection with its id and sources; False when its id or its name is taken."""

    async def rename_collection(self, ctx: SecurityContext, collection_id: UUID, name: str) -> Collection | None:
        """None when another has this name."""

    async def erase_deleted(self) -> bool:
        """Make what ``delete_collection`` removed unreadable; False when that has to be tried again."""

    async def trash_collection(self, ctx: SecurityContext, collection_id: UUID) -> None: ...
    async def restore_collection(self, ctx: SecurityContext, collection_id: UUID, name: str) -> Collection | None:
        """Out of the trash, under this name; None when another has it."""

    async def trash(self, ctx: SecurityContext) -> list[TrashedCollection]:
        """What is in the trash, by name."""

    async def expired(self, before: datetime) -> list[TrashedCollection]:
        """What was put into the trash before that, of every user."""

    async def delete_collection(self, ctx: SecurityContext, collection_id: UUID) -> None: ...
    async def sources(self, ctx: SecurityContext, collection_id: UUID | None = None) -> list[Source]:
        """Of one collection, or of all; by path."""

    async def watched_sources(self) -> list[tuple[SecurityContext, Source]]:
        """Of every user, with whom they belong to; without those of collections in the trash."""

    async def add_sources(
        self, ctx: SecurityContext, collection_id: UUID, paths: Sequence[Path], *, watch: bool = False
    ) -> None:
        """Those that are there already stay as they are, except that they can become watched."""

    async def delete_source(self, ctx: SecurityContext, source_id: UUID) -> None:
        """With its files."""

    async def set_watched(self, ctx: SecurityContext, source_id: UUID, watched: bool) -> None: ...
    async def set_away(self, ctx: SecurityContext, source_id: UUID, away: bool) -> None:
        """The source and all its files that were not removed."""


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


@dataclass(frozen=True, slots=True)
class Conditions:
    """What this computer is busy with: ``others`` is the share of its processors, 0 to 1, that other programs use."""

    on_battery: bool = False
    others: float = 0.0


class Computer(Protocol):
    """This computer, as far as it decides how fast files may be read."""

    async def conditions(self) -> Conditions: ...


class Notices(Protocol):
    """What the operating system tells about changes in a folder."""

    def changes(self, source: Path) -> AsyncGenerator[bool, None]:
        """An item for every group of changes; ends when ``source`` is not there (any more).

        False means that nobody tells of changes here, and says so only once: one has to look.
        """
