"""Which documents a search looks at, as SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func
from sqlmodel import col

from modules.local_search_index.contract import SearchFilter
from modules.local_search_index.infra.embedded.tables import DocumentEntity

_LAST_CHARACTER = "\U0010ffff"


def conditions(where: SearchFilter) -> list[Any]:
    """Conditions on DocumentEntity; none for an empty filter."""
    document = DocumentEntity
    found: list[Any] = []
    alternatives = (
        (col(document.collection_id), where.collection_ids),
        (col(document.id), where.document_ids),
        (col(document.type), where.types),
        (col(document.language), where.languages),
    )
    found += [column.in_(values) for column, values in alternatives if values]
    if where.file_name:
        found.append(func.instr(func.lower(col(document.file_name)), where.file_name.lower()) > 0)
    if where.path_prefix:
        # A range and not LIKE: that would take case and wildcards into its own hands.
        path = col(document.path)
        found += [path >= where.path_prefix, path < where.path_prefix + _LAST_CHARACTER]
    if where.modified_from is not None:
        found.append(col(document.modified_at) >= where.modified_from)
    if where.modified_before is not None:
        found.append(col(document.modified_at) < where.modified_before)
    return found
