"""A parsed document: its blocks and what is known about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from modules.file_parser.contract.blocks import Block


@dataclass(frozen=True, slots=True)
class LocalPath:
    """It came from a file on this computer."""

    path: Path


@dataclass(frozen=True, slots=True)
class Uploaded:
    """It came as bytes, under this name."""

    original_name: str


Source = LocalPath | Uploaded


@dataclass(frozen=True, slots=True)
class DocumentMeta:
    """What the format says about the document; times are as precise as it says them, UTC when it names no zone."""

    source: Source
    original_filename: str | None = None
    content_type: str | None = None
    author: str | None = None
    created_at: datetime | None = None
    modified_at: datetime | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    """More facts for a person, such as ``encoding``, ``width`` or ``sent to``."""


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """``language`` is an ISO 639-1 code, None when the text is too short or mixed to tell."""

    id: UUID
    meta: DocumentMeta
    blocks: tuple[Block, ...]
    title: str | None = None
    language: str | None = None
    parser: str = ""
    """The id of the parser that read it, as in ``FileParserClient.supported_extensions``."""
    page_count: int | None = None
    """Pages or slides; None for formats without."""
    pages_without_text: tuple[int, ...] = ()
    """Pages (from 1) that show something but hold no text: only character recognition could read them."""
    notes: tuple[str, ...] = ()
    """Sentences about what was left out, and why."""

    @property
    def needs_ocr(self) -> bool:
        """Whether a part of it can be read only by character recognition."""
        return bool(self.pages_without_text)
