"""Collections, their sources and files, as others see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal
from uuid import UUID


class FileState(StrEnum):
    """Where every file ends, or stands."""

    QUEUED = "queued"
    INDEXED = "indexed"
    WITHOUT_VECTORS = "indexed_without_vectors"
    SKIPPED = "skipped"
    NEEDS_OCR = "needs_ocr"
    UNREADABLE = "could_not_be_read"
    AWAY = "away"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Collection:
    """A named set of files and folders; names are unique for a user."""

    id: UUID
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Source:
    """One file or folder that was added.

    ``away``: it was not there when it was looked for last. ``watched``: changes in it are noticed while the program
    runs, without being asked to look.
    """

    id: UUID
    collection_id: UUID
    path: Path
    away: bool = False
    watched: bool = False


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """One file of a collection.

    ``reason`` is one sentence, empty when the state says all. ``size`` is in bytes; ``content_hash`` (XXH3, 128 bits,
    hexadecimal) is empty until the file was read. ``passages`` are those that search can find. ``pages`` counts pages,
    slides or sheets, None for formats without.
    """

    id: UUID
    source_id: UUID
    path: Path
    state: FileState
    reason: str
    size: int
    modified_at: datetime
    content_hash: str
    parser: str
    passages: int
    pages: int | None = None
    title: str = ""
    language: str = ""


class FileOrder(StrEnum):
    """What a list of files is sorted by."""

    NAME = "name"
    TYPE = "type"
    PASSAGES = "passages"
    STATE = "state"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileQuery:
    """Which files of a collection, and in which order; ``text`` is a part of the name, no states are all."""

    text: str = ""
    states: tuple[FileState, ...] = ()
    order: FileOrder = FileOrder.NAME
    descending: bool = False
    offset: int = 0
    limit: int = 100


@dataclass(frozen=True, slots=True)
class FilePage:
    """A window of a list of files; ``total`` counts all that the query finds."""

    files: tuple[IndexedFile, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CollectionOverview:
    """A collection at a glance; ``counts`` has only the states that occur.

    ``job_id`` is the indexing job that waits or runs, ``done`` and ``total`` its files; ``doing`` is one sentence about
    what it does now, empty when nothing is under way. ``deleted_at`` is set for one in the trash.
    """

    collection: Collection
    sources: tuple[Source, ...]
    counts: Mapping[FileState, int]
    passages: int
    job_id: UUID | None = None
    done: int = 0
    total: int | None = None
    doing: str = ""
    deleted_at: datetime | None = None

    @property
    def files(self) -> int:
        """How many files it has, whatever their state, without the removed ones."""
        return sum(count for state, count in self.counts.items() if state is not FileState.REMOVED)


class Pace(StrEnum):
    """How much of the computer indexing may take."""

    GENTLE = "gentle"
    """One file at a time, with rests; what a battery gets by itself."""
    BALANCED = "balanced"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class IndexingPace:
    """``paused`` by the user, lasting over a restart; ``waits_for`` says in one sentence why nothing is read now."""

    pace: Pace
    paused: bool = False
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class CollectionChanged:
    """Published after the change is stored; ``progress`` at most a few times a second."""

    collection_id: UUID | None
    change: Literal["added", "updated", "files", "progress", "trashed", "restored", "removed", "pace"]


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """What became of every file of a collection; ``counts`` has only the states that occur."""

    collection: Collection
    sources: tuple[Source, ...]
    files: tuple[IndexedFile, ...]
    counts: Mapping[FileState, int]
    passages: int
