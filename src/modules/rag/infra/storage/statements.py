"""Queries over thousands of files: compiled once, and their rows made on the database's thread."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, Uuid, bindparam, func, select
from sqlmodel import col

from modkit.db import Prepared
from modules.rag.contract import FileOrder, FileState
from modules.rag.infra.storage.conditions import shown_as, with_text
from modules.rag.infra.storage.entities import FileEntity
from modules.rag.infra.storage.rows import RECORD_FIELDS

RECORD: tuple[Any, ...] = tuple(col(getattr(FileEntity, name)) for name in RECORD_FIELDS)
_OF: Any = bindparam("of", type_=Uuid())
_IN_COLLECTION = col(FileEntity.collection_id) == _OF
_ORDERS: dict[FileOrder, Any] = {
    FileOrder.NAME: col(FileEntity.name),
    FileOrder.TYPE: col(FileEntity.type),
    FileOrder.PASSAGES: col(FileEntity.passages),
    FileOrder.STATE: col(FileEntity.state),
    FileOrder.CHANGED: col(FileEntity.mtime_ns),
}
_KINDS: tuple[Any, ...] = tuple(
    map(col, (FileEntity.collection_id, FileEntity.state, FileEntity.pending, FileEntity.away))
)
_SUMS: tuple[Any, ...] = (func.count(), func.coalesce(func.sum(col(FileEntity.passages)), 0))
_GROUPED: Select[Any] = select(*_KINDS, *_SUMS).select_from(FileEntity).group_by(*_KINDS)
_FILES: Select[Any] = select(*RECORD)

COUNTS = Prepared(_GROUPED, FileEntity)
OF_COLLECTION = Prepared(_FILES.where(_IN_COLLECTION).order_by(col(FileEntity.path), col(FileEntity.id)), FileEntity)
OF_SOURCE = Prepared(_FILES.where(col(FileEntity.source_id) == _OF), FileEntity)
CONTENTS = Prepared(select(col(FileEntity.content_hash)).where(col(FileEntity.passages) > 0), FileEntity)


@lru_cache(maxsize=256)
def page_statements(
    order: FileOrder, descending: bool, states: frozenset[FileState], searched: bool
) -> tuple[Prepared, Prepared]:
    """A window of a collection's files (``of``, ``most``, ``skipped``, ``text`` when searched), and their number."""
    conditions = [_IN_COLLECTION, shown_as(sorted(states)), *([with_text(bindparam("text"))] if searched else [])]
    first = _ORDERS[order]
    sorting = (first.desc() if descending else first.asc(), col(FileEntity.name), col(FileEntity.id))
    most, skipped = bindparam("most", type_=Integer()), bindparam("skipped", type_=Integer())
    window: Select[Any] = _FILES.where(*conditions).order_by(*sorting).limit(most).offset(skipped)
    total: Select[Any] = select(func.count()).select_from(FileEntity).where(*conditions)
    return Prepared(window, FileEntity), Prepared(total, FileEntity)
