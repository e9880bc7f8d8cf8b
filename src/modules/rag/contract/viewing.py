"""A passage where it stands: in the text around it, and on its page."""

from __future__ import annotations

from dataclasses import dataclass

from modules.file_parser.contract import PageImage
from modules.rag.contract.models import IndexedFile


@dataclass(frozen=True, slots=True)
class Surroundings:
    """``passage`` with the text before and after it, as it was indexed; each of the two can be empty.

    Characters ``[char_start, char_end)`` of the file's normalised text are ``passage``. ``has_pages``: ``page_image``
    can draw its page.
    """

    file: IndexedFile
    page: int | None
    heading_path: tuple[str, ...]
    before: str
    passage: str
    after: str
    char_start: int
    char_end: int
    has_pages: bool = False


__all__ = ["PageImage", "Surroundings"]
