"""What the service needs from outside."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from modules.file_parser.contract import Block, PageImage
from modules.file_parser.domain.pieces import Piece


class DocumentFiles(Protocol):
    """The file system, read only."""

    async def read(self, path: Path, max_bytes: int) -> bytes:
        """The whole file.

        Raises:
            DocumentNotFound, DocumentUnreadable, DocumentTooLarge: in words for a person.
        """
        ...


class Parsers(Protocol):
    """Whatever turns bytes into pieces; never in this process."""

    def parse(self, data: bytes, name: str) -> AsyncGenerator[Sequence[Piece], None]:
        """Pieces in batches, in the document's order. Close the iterator to give up.

        Raises:
            FileParserError: the document or its parser failed.
        """
        ...

    def supported_extensions(self) -> Mapping[str, tuple[str, ...]]:
        """Per parser id."""
        ...


class Pages(Protocol):
    """Whatever draws pages; never in this process."""

    async def page_image(self, data: bytes, name: str, page: int, *, width: int, mark: str) -> PageImage:
        """One page drawn, as ``FileParserClient.page_image`` says."""
        ...


class Converter(Protocol):
    """Turns documents that no parser here reads into HTML; another program, perhaps on another computer."""

    @property
    def extensions(self) -> tuple[str, ...]:
        """Names of the formats it is worth asking for."""
        ...

    async def to_html(self, data: bytes, name: str) -> bytes:
        """The document as a page, not empty.

        Raises:
            FileParserError
        """
        ...


class RecognitionFailed(Exception):
    """A page could not be recognised; never leaves this module."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Recogniser(Protocol):
    """Reads words from the pixels of a page; never in this process."""

    @property
    def max_pages(self) -> int:
        """How many pages of one document are recognised."""
        ...

    async def languages(self) -> tuple[str, ...]:
        """The languages it reads here; empty when it is not installed."""
        ...

    async def recognise(self, image: PageImage) -> Sequence[Block]:
        """The words, in reading order, with page and box.

        Raises:
            RecognitionFailed
        """
        ...
