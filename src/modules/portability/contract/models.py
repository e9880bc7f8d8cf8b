"""What is exported and imported, as others see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID


class ExportFormat(StrEnum):
    """``json`` and ``archive`` hold everything and can be imported again; the others are to be read."""

    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
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
class ImportPreview:
    """What a file holds, all of it checked; nothing is written. ``notes`` say in sentences what would be left out."""

    source: HistorySource
    conversations: tuple[PreviewedConversation, ...]
    settings: int = 0
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
    """What was stored. ``created`` are the new conversations, which putting in the trash undoes the import."""

    source: HistorySource
    created: tuple[UUID, ...]
    extended: int
    messages_added: int
    messages_known: int
    settings: int = 0
    notes: tuple[str, ...] = field(default=())
