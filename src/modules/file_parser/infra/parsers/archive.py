"""ZIP archives: every document in it, under a heading with its name."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator

from modules.file_parser.contract import DocumentEncrypted, Heading, Place
from modules.file_parser.domain.pieces import Given, Note
from modules.file_parser.infra.inlines import plain
from modules.file_parser.infra.plugin import Input
from modules.file_parser.infra.zip_parts import ZipParts

_LARGEST_RATIO = 200
_SMALL_BYTES = 1 << 20


def parse(document: Input) -> Iterator[Given]:
    """Nothing is written anywhere, so names that point elsewhere do no harm; such entries are left out all the same."""
    parts = ZipParts(document.data, document.budget)
    entries = [entry for entry in parts.entries() if not entry.is_dir()]
    if entries and all(entry.flag_bits & 1 for entry in entries):
        raise DocumentEncrypted("The archive is protected by a password.")
    for entry in entries:
        document.budget.members -= 1
        if document.budget.members < 0:
            yield Note("The rest of the archive was left out: it has too many files.")
            return
        reason = _refusal(entry)
        if reason is not None:
            yield Note(f"{entry.filename} was left out: {reason}")
        else:
            yield from _entry(document, parts, entry.filename)


def _entry(document: Input, parts: ZipParts, name: str) -> Iterator[Given]:
    pieces = document.inner(parts.read(name), name)
    first = True
    for piece in pieces:
        if first and not isinstance(piece, Note):
            yield Heading(1, plain(name), Place(member=name))
            first = False
        yield piece


def _refusal(entry: zipfile.ZipInfo) -> str | None:
    """Why this entry is not read."""
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "it is a link."
    if entry.filename.startswith(("/", "\\")) or ".." in entry.filename.replace("\\", "/").split("/"):
        return "its name points outside the archive."
    if entry.flag_bits & 1:
        return "it is protected by a password."
    if entry.file_size > max(entry.compress_size * _LARGEST_RATIO, _SMALL_BYTES):
        return "it unpacks to far more than any document does."
    return None if entry.file_size else "it is empty."
