"""What is exported and imported, as others see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal
from uuid import UUID


class ExportFormat(StrEnum):
    """``json`` and ``archive`` hold everything and can be imported again; the others are to be read."""

    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    ARCHIVE = "archive"


class HistorySource(StrEnum):
    """The program that wrote what is to be imported."""

    HYPERSPOT = "hyperspot"
    CHATGPT = "chatgpt"
    CLAUDE = "claude"
    OPEN_WEBUI = "open-webui"
    LM_STUDIO = "lm-studio"
    JAN = "jan"
    GPT4ALL = "gpt4all"


@dataclass(frozen=True, slots=True)
class ExchangeProgress:
    """How many conversations are done; ``total`` is 0 while that is not known."""

    step: Literal["checking", "storing", "writing"]
    done: int
    total: int = 0


Tell = Callable[[ExchangeProgress], None]
"""Hears of progress, on the loop; it must return at once."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """``path`` is the file or folder that was written; ``size_bytes`` that of all files together."""

    path: Path
    conversations: int
    messages: int
    files: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class PreviewedConversation:
    """One conversation of a file; ``known`` of its ``messages`` are here already. ``exists``: so is it itself."""

    id: UUID
    title: str
    messages: int
    known: int
    exists: bool
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class PreviewedCollection:
    """A collection that would be made; ``sources`` are the paths that it would read, wherever those come from."""

    name: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file holds, all of it checked; nothing is written.

    ``settings`` and ``collections`` are those that would be new. ``notes`` say in sentences what would be left out.
    """

    source: HistorySource
    conversations: tuple[PreviewedConversation, ...]
    settings: int = 0
    collections: tuple[PreviewedCollection, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def messages(self) -> int:
        return sum(one.messages for one in self.conversations)

    @property
    def new_messages(self) -> int:
        return sum(one.messages - one.known for one in self.conversations)

    @property
    def new_conversations(self) -> int:
        return sum(not one.exists for one in self.conversations)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What was stored. ``created`` are the new conversations; ``undo_id`` names the import to ``undo_import``."""

    source: HistorySource
    created: tuple[UUID, ...]
    extended: int
    messages_added: int
    messages_known: int
    settings: int = 0
    collections: int = 0
    notes: tuple[str, ...] = field(default=())
    undo_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class UndoReport:
    """``kept`` conversations stay, because somebody has written in them since they were imported."""

    taken_back: int
    kept: int
