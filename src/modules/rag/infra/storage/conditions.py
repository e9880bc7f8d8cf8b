"""Conditions over files, as SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, not_, or_
from sqlmodel import col

from modules.rag.contract import FileState
from modules.rag.infra.storage.entities import FileEntity
from modules.rag.infra.storage.rows import folded

_ESCAPE = "\\"


def shown_as(states: Sequence[FileState]) -> Any:
    """Files that the user sees in one of these states; without any, all that were not removed."""
    if not states:
        return col(FileEntity.state) != FileState.REMOVED.value
    return or_(*map(_shown_as, states))


def _shown_as(state: FileState) -> Any:
    """The same rules as ``FileRecord.shown_state``."""
    away, pending = col(FileEntity.away).is_(True), col(FileEntity.pending).is_(True)
    stored = col(FileEntity.state) == state.value
    if state is FileState.AWAY:
        return away
    if state is FileState.QUEUED:
        return and_(not_(away), or_(pending, stored))
    return and_(not_(away), not_(pending), stored)


def with_text(pattern: Any) -> Any:
    """Files whose name is like a pattern that ``containing`` made."""
    return col(FileEntity.name).like(pattern, escape=_ESCAPE)


def containing(text: str) -> str:
    """The pattern of names with ``text`` in them, whatever its case."""
    escaped = folded(text)
    for mark in (_ESCAPE, "%", "_"):
        escaped = escaped.replace(mark, _ESCAPE + mark)
    return f"%{escaped}%"
