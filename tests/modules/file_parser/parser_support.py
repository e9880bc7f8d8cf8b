"""Parses in this process, with the very code that runs in the child, so that it can be measured and stepped through."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from modules.file_parser.contract import ParsedDocument, Uploaded
from modules.file_parser.domain.assembly import Assembly
from modules.file_parser.infra.run_parser import ParserRunner
from modules.file_parser.infra.wire import pack, unpack

GOLDEN = Path(__file__).parent / "golden"
SOME_ID = UUID("0190163d-8694-739b-aea5-966c26f8ad90")


def parse_here(data: bytes, name: str) -> ParsedDocument:
    """The document, over the same wire form that the pipe has."""
    assembly = Assembly()
    assembly.add(unpack(pack(piece)) for piece in ParserRunner().run(data, name))
    return assembly.document(SOME_ID, Uploaded(name), name)
