"""JSON, YAML, TOML and XML: shown as they are, cut like source code."""

from __future__ import annotations

from collections.abc import Iterator

from modules.file_parser.domain.pieces import Facts, Piece
from modules.file_parser.infra.parsers.source_code import code_blocks
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.text_decoding import decode

_LANGUAGES = {"yml": "yaml", "jsonl": "json"}


def parse(document: Input) -> Iterator[Piece]:
    """Never interpreted, so nothing in them can expand: an entity bomb stays the few lines that it is."""
    text, encoding = decode(document.data)
    yield Facts(properties={"encoding": encoding})
    yield from code_blocks(text, _LANGUAGES.get(document.extension, document.extension))
