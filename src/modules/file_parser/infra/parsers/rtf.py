"""Rich text files: paragraphs, headings by style, lists, tables and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from modules.file_parser.domain.pieces import Facts, Piece
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.rich_text.charsets import Charsets
from modules.file_parser.infra.rich_text.reader import RtfReader
from modules.file_parser.infra.rich_text.styles import heading_styles
from modules.file_parser.infra.rich_text.tokens import tokens

_TEXT = re.compile(rb"\{\\(title|author) ([^{}\\]*)\}")
_CREATED = re.compile(rb"\{\\creatim\\yr(\d+)\\mo(\d+)\\dy(\d+)")


def parse(document: Input) -> Iterator[Piece]:
    charsets = Charsets(document.data)
    yield _facts(document.data[:100_000], charsets)
    yield from RtfReader(charsets, heading_styles(document.data)).blocks(tokens(document.data))


def _facts(head: bytes, charsets: Charsets) -> Facts:
    known = {name: text.decode(charsets.of(None), errors="replace").strip() for name, text in _TEXT.findall(head)}
    created = _CREATED.search(head)
    return Facts(title=known.get(b"title"), author=known.get(b"author"), created_at=_day(created) if created else None)


def _day(match: re.Match[bytes]) -> datetime | None:
    try:
        year, month, day = map(int, match.groups())
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
