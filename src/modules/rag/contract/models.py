"""Collections, their sources and files, as others see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
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
    """One file or folder that was added. ``away``: it was not there when it was looked for last."""

    id: UUID
    collection_id: UUID
    path: Path
    away: bool = False


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """One file of a collection.

    ``reason`` is one sentence, empty when the state says all. ``size`` is in bytes; ``content_hash`` (XXH3, 128 bits,
    hexadecimal) is empty until the file was read. ``passages`` are those that search can find.
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


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """What became of every file of a collection; ``counts`` has only the states that occur."""

    collection: Collection
    sources: tuple[Source, ...]
    files: tuple[IndexedFile, ...]
    counts: Mapping[FileState, int]
    passages: int
