"""The verbs of the file parser."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from modkit.security import SecurityContext
from modules.file_parser.contract.document import ParsedDocument
from modules.file_parser.contract.pages import PageImage


class FileParserClient(Protocol):
    """Stateless: nothing is remembered of what was parsed."""

    async def parse(self, ctx: SecurityContext, path: Path) -> ParsedDocument:
        """Read a file. Cancelling gives it up; several can be parsed at once, as many as there are children.

        The format is found by content first and by the name's extension second.

        Raises:
            FileParserError: each leaf has one sentence and an action for a person.
        """
        ...

    async def parse_bytes(self, ctx: SecurityContext, data: bytes, name: str) -> ParsedDocument:
        """The same for bytes that are no file here; ``name`` is shown and its extension counts."""
        ...

    async def page_image(
        self, ctx: SecurityContext, data: bytes, name: str, page: int, *, width: int, mark: str = ""
    ) -> PageImage:
        """Page ``page`` (from 1) of a document as a picture ``width`` pixels wide, drawn in a parser child.

        It is narrower when ``width`` is over 4,000, or when it would have more than 16 million pixels. PDF files
        have pages, and an image is its own only page.

        ``mark`` is text whose places on the page are given; blanks and divided words in it do not matter.

        Raises:
            DocumentUnsupported: its format has no pages that can be drawn, or it has no such page.
            FileParserError
        """
        ...

    def markdown(self, document: ParsedDocument) -> str:
        """The whole document as Markdown, with its title and what is known about it in front."""
        ...

    def supported_extensions(self) -> Mapping[str, tuple[str, ...]]:
        """Lower-case extensions without a dot, per parser id, in the order in which parsers are asked."""
        ...
