"""Turns rows into what the contract speaks of, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy.dialects import sqlite
from sqlmodel import col

from modkit.db import UtcDateTime
from modkit.security import SecurityContext
from modules.local_search_index.contract import Box, Generation, IndexDocument, NewPassage, Passage, Place
from modules.local_search_index.domain.ports import AnalysedDocument, AnalysedPassage
from modules.local_search_index.infra.embedded.tables import PASSAGES, DocumentEntity, GenerationEntity

_DOCUMENT_FIELDS = (
    "id",
    "collection_id",
    "revision",
    "file_name",
    "path",
    "type",
    "title",
    "language",
    "modified_at",
)
_STORED_TIME, _SQLITE = UtcDateTime(), sqlite.dialect()
PASSAGE_COLUMNS = [column for column in PASSAGES.c if column.name not in ("key", "doc")]
_PASSAGE_NAMES = [column.name for column in PASSAGE_COLUMNS]


DOCUMENT_COLUMNS = [col(getattr(DocumentEntity, name)) for name in _DOCUMENT_FIELDS]


def found_passage(row: Sequence[Any], documents: dict[UUID, IndexDocument]) -> Passage:
    """``row`` has DOCUMENT_COLUMNS, then PASSAGE_COLUMNS; passages of one document share it."""
    split = len(DOCUMENT_COLUMNS)
    if (document := documents.get(row[0])) is None:
        values = dict(zip(_DOCUMENT_FIELDS, row[:split], strict=True))
        document = documents[row[0]] = IndexDocument(**values)
    return passage_of(SimpleNamespace(**dict(zip(_PASSAGE_NAMES, row[split:], strict=True))), document)


def document_of(entity: DocumentEntity) -> IndexDocument:
    return IndexDocument(**{name: getattr(entity, name) for name in _DOCUMENT_FIELDS})


def write_document(entity: DocumentEntity, document: IndexDocument) -> None:
    """Give the entity the document's values; untouched ones are not written."""
    for name in _DOCUMENT_FIELDS:
        value = getattr(document, name)
        if getattr(entity, name) != value:
            setattr(entity, name, value)


def document_values(ctx: SecurityContext, one: AnalysedDocument) -> dict[str, Any]:
    """A new document's columns but the key, as they are stored."""
    values = {name: getattr(one.document, name) for name in _DOCUMENT_FIELDS}
    return values | {
        "id": one.document.id.hex,
        "tenant_id": ctx.subject_tenant_id.hex,
        "owner_id": ctx.subject_id.hex,
        "collection_id": one.document.collection_id.hex,
        "modified_at": _STORED_TIME.process_bind_param(one.document.modified_at, _SQLITE),
        "passages": len(one.passages),
        "characters": characters_of(one),
    }


def characters_of(one: AnalysedDocument) -> int:
    return sum(len(passage.passage.text) for passage in one.passages)


def generation_of(entity: GenerationEntity, vectors: int) -> Generation:
    assert entity.id is not None  # read from the database
    active = entity.state == "active"
    return Generation(entity.id, entity.embedder, entity.dimensions, active, vectors, entity.created_at)


def passage_of(row: Any, document: IndexDocument) -> Passage:
    """``row`` has PASSAGE_COLUMNS by name."""
    box: Box | None = None
    if row.box_left is not None:
        box = (row.box_left, row.box_bottom, row.box_right, row.box_top)
    return Passage(
        id=UUID(bytes=row.id),
        document=document,
        ordinal=row.ordinal,
        text=row.text,
        place=Place(row.char_start, row.char_end, row.page, box),
        heading_path=headings_of(row.headings),
        kind=row.kind,
    )


def headings_of(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored)) if stored else ()


def place_values(analysed: AnalysedPassage, doc: int) -> dict[str, Any]:
    """What of a passage may change while its text stays."""
    passage: NewPassage = analysed.passage
    left, bottom, right, top = passage.place.box or (None, None, None, None)
    return {
        "doc": doc,
        "id": analysed.id.bytes,
        "ordinal": analysed.ordinal,
        "kind": passage.kind,
        "page": passage.place.page,
        "char_start": passage.place.char_start,
        "char_end": passage.place.char_end,
        "box_left": left,
        "box_bottom": bottom,
        "box_right": right,
        "box_top": top,
    }


def passage_values(analysed: AnalysedPassage, doc: int) -> dict[str, Any]:
    """All of a passage's columns but the key."""
    headings = json.dumps(analysed.passage.heading_path, ensure_ascii=False) if analysed.passage.heading_path else ""
    return {**place_values(analysed, doc), "headings": headings, "text": analysed.passage.text}


def term_values(analysed: AnalysedPassage, doc: int, names: str) -> dict[str, Any]:
    """The terms of a passage, for the full-text table."""
    return {
        "doc": doc,
        "id": analysed.id.bytes,
        "body": analysed.body,
        "headings": analysed.headings,
        "names": names,
        "wholes": analysed.wholes,
    }
