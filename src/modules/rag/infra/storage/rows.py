"""The mapping between rows and what the domain knows."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

from modkit.security import SecurityContext
from modules.rag.contract import Collection, FileState, Source
from modules.rag.domain.ports import FileRecord
from modules.rag.domain.readable import readable
from modules.rag.infra.storage.entities import CollectionEntity, SourceEntity

_KEYS = ("id", "collection_id")
RECORD_FIELDS = tuple(FileRecord.__dataclass_fields__)
_STATE, _PATH = map(RECORD_FIELDS.index, ("state", "path"))
_CHANGEABLE = tuple(name for name in RECORD_FIELDS if name not in _KEYS)
_NOT_TEXT = "bytes:"
"""No absolute path begins like this."""


def collection_of(row: CollectionEntity) -> Collection:
    return Collection(row.id, row.name, row.created_at)


def source_of(row: SourceEntity) -> Source:
    return Source(row.id, row.collection_id, Path(path_of(row.path)), row.away, row.watched)


def record_of(row: Sequence[Any]) -> FileRecord:
    """From a row of a record's columns, in its order."""
    values = list(row)
    values[_STATE], values[_PATH] = FileState(values[_STATE]), path_of(values[_PATH])
    return FileRecord(*values)


def owner_values(ctx: SecurityContext) -> dict[str, Any]:
    return {"tenant_id": ctx.subject_tenant_id, "owner_id": ctx.subject_id}


def new_file(ctx: SecurityContext, record: FileRecord) -> dict[str, Any]:
    return owner_values(ctx) | {name: getattr(record, name) for name in _KEYS} | file_values(record)


def file_values(record: FileRecord) -> dict[str, Any]:
    """Everything that can change."""
    values = {name: getattr(record, name) for name in _CHANGEABLE}
    path = PurePath(readable(record.path))
    derived = {"name": folded(path.name), "type": path.suffix[1:].lower()}
    return values | derived | {"state": record.state.value, "path": storable(record.path)}


def folded(text: str) -> str:
    """As names are compared: whatever their case, and however their accents are composed."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def storable(path: str) -> str:
    """A file name may hold bytes that are no text (lone surrogates in Python), which the database refuses."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return _NOT_TEXT + os.fsencode(path).hex()
    return path


def path_of(stored: str) -> str:
    return os.fsdecode(bytes.fromhex(stored.removeprefix(_NOT_TEXT))) if stored.startswith(_NOT_TEXT) else stored
