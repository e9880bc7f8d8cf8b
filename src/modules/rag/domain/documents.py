"""A file's record as the index knows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from modules.local_search_index.contract import IndexDocument
from modules.rag.domain.cutting.passages import CUT_VERSION
from modules.rag.domain.ports import FileRecord
from modules.rag.domain.readable import readable

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST_S = 253_402_300_799
"""The last second of the year 9999; a file's time can be any number."""


def document_of(record: FileRecord) -> IndexDocument:
    """The document with the record's id.

    Its revision changes with the content, with the way it is cut, and with the wish to read it anew.
    """
    path = Path(readable(record.path))
    return IndexDocument(
        id=record.id,
        collection_id=record.collection_id,
        revision=f"{record.content_hash}.{CUT_VERSION}.{record.edition}",
        file_name=path.name,
        path=str(path),
        type=path.suffix.lstrip(".").lower(),
        title=record.title,
        language=record.language,
        modified_at=modified_at(record),
    )


def modified_at(record: FileRecord) -> datetime:
    """UTC, to the microsecond."""
    seconds = min(max(record.mtime_ns // 10**9, 0), _LATEST_S)
    return _EPOCH + timedelta(seconds=seconds, microseconds=record.mtime_ns % 10**9 // 1000)
