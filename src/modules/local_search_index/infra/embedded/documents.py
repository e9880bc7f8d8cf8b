"""Documents and their passages: storing, replacing, deleting, reading."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, text
from sqlmodel import col

from modkit.db import Database, Prepared, ReadSession, Snapshot, WriteSession
from modkit.security import SecurityContext
from modules.local_search_index.contract import IndexDocument, Passage, PutReport
from modules.local_search_index.domain.ports import AnalysedDocument
from modules.local_search_index.infra.embedded.rows import (
    DOCUMENT_COLUMNS,
    PASSAGE_COLUMNS,
    characters_of,
    document_of,
    document_values,
    found_passage,
    passage_of,
    passage_values,
    place_values,
    term_values,
    write_document,
)
from modules.local_search_index.infra.embedded.tables import CODES, PASSAGES, DocumentEntity

_AT_ONCE = 200
FULL_TEXT = "lsi_text"
_DOCUMENT_NAMES = [name for name in DocumentEntity.model_fields if name != "key"]
_INSERT_DOCUMENT = (
    f"INSERT INTO lsi_documents ({', '.join(_DOCUMENT_NAMES)}) VALUES ({', '.join(map(':{}'.format, _DOCUMENT_NAMES))})"
)
_PASSAGE_NAMES = [column.name for column in PASSAGES.c if column.name != "key"]
_PARAMETERS = ", ".join(f":{name}" for name in _PASSAGE_NAMES)
_INSERT_PASSAGE = f"INSERT INTO lsi_passages ({', '.join(_PASSAGE_NAMES)}) VALUES ({_PARAMETERS})"
_MOVED = [name for name in _PASSAGE_NAMES if name not in ("doc", "id", "headings", "text")]
_MOVE_PASSAGE = (
    f"UPDATE lsi_passages SET {', '.join(f'{name} = :{name}' for name in _MOVED)} WHERE id = :id AND doc = :doc"
)
_INDEX_TERMS = (
    "INSERT OR REPLACE INTO lsi_text (rowid, body, headings, names, wholes)"
    " SELECT key, :body, :headings, :names, :wholes FROM lsi_passages WHERE id = :id AND doc = :doc"
)
# Vectors follow their codes (ON DELETE CASCADE).
_FORGET_PASSAGE = (
    "DELETE FROM lsi_text WHERE rowid = :key",
    "DELETE FROM lsi_codes WHERE passage = :key",
    "DELETE FROM lsi_passages WHERE key = :key",
)


class Documents:
    """All queries over documents and passages. What deletes passages gives the slots of their vectors as well."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def document(self, ctx: SecurityContext, document_id: UUID) -> IndexDocument | None:
        async with self._database.read(ctx) as session:
            entity = await session.get(DocumentEntity, document_id)
        return None if entity is None else document_of(entity)

    async def revisions(self, ctx: SecurityContext, document_ids: Sequence[UUID]) -> dict[UUID, str]:
        document = DocumentEntity
        statement = select(col(document.id), col(document.revision)).where(col(document.id).in_(document_ids))
        async with self._database.read(ctx) as session:
            return {row[0]: row[1] for row in await session.rows(statement, DocumentEntity)}

    async def put_many(
        self, ctx: SecurityContext, documents: Sequence[AnalysedDocument]
    ) -> tuple[list[PutReport], list[int]]:
        """All in one transaction."""
        slots: list[int] = []
        async with self._database.write(ctx) as session:
            there = await _entities(session, [one.document.id for one in documents])
            new = [one for one in documents if one.document.id not in there]
            await _add(session, new)
            reports = {one.document.id: PutReport(len(one.passages), 0, 0) for one in new}
            for one in documents:
                if (entity := there.get(one.document.id)) is not None:
                    reports[one.document.id] = await _replace(session, entity, one, slots)
        return [reports[one.document.id] for one in documents], slots

    async def delete(self, ctx: SecurityContext, *conditions: Any, erase: bool = False) -> tuple[int, list[int]]:
        """Remove the documents that meet the conditions: how many there were, and the slots.

        ``erase``: they are marked to be made unreadable.
        """
        async with self._database.write(ctx) as session:
            query = session.select(DocumentEntity).where(*conditions)
            documents = await session.all(query)
            slots: list[int] = []
            for entity in documents:
                doc = _key(entity)
                slots += await _forget(session, doc, list((await _keys_by_id(session, doc)).values()))
            await session.delete_where(DocumentEntity, *conditions)
            if erase:
                await session.mark_for_erasing(self._database.module, FULL_TEXT)
        return len(documents), slots

    async def passages(self, ctx: SecurityContext, document_id: UUID, *, start: int, limit: int) -> list[Passage]:
        statement = _passages_statement().where(col(DocumentEntity.id) == document_id, PASSAGES.c.ordinal >= start)
        async with self._database.read(ctx) as session:
            rows = await session.rows(statement.order_by(PASSAGES.c.ordinal).limit(limit), DocumentEntity)
        return _passages(rows)

    async def passages_by_id(self, ctx: SecurityContext, passage_ids: Sequence[UUID]) -> dict[UUID, Passage]:
        wanted = json.dumps([one.hex for one in passage_ids])
        return await self._database.snapshot(ctx, lambda snapshot: _passages_by_id(snapshot, wanted))


async def _entities(session: ReadSession, ids: Sequence[UUID]) -> dict[UUID, DocumentEntity]:
    found = await session.all(session.select(DocumentEntity).where(col(DocumentEntity.id).in_(ids)))
    return {entity.id: entity for entity in found}


async def _add(session: WriteSession, new: Sequence[AnalysedDocument]) -> None:
    """Documents that are not there yet: nothing to compare, so all rows of a kind go in together."""
    if not new:
        return
    await _run(session, _INSERT_DOCUMENT, [document_values(session.ctx, one) for one in new])
    keys = {entity_id: _key(entity) for entity_id, entity in (await _entities(session, _ids(new))).items()}
    rows = (passage_values(passage, keys[one.document.id]) for one in new for passage in one.passages)
    await _run(session, _INSERT_PASSAGE, rows)
    terms = (term_values(passage, keys[one.document.id], one.names) for one in new for passage in one.passages)
    await _run(session, _INDEX_TERMS, terms)


_FOUND = Prepared(
    select(*DOCUMENT_COLUMNS, *PASSAGE_COLUMNS)
    .select_from(PASSAGES)
    .join(DocumentEntity, col(DocumentEntity.key) == PASSAGES.c.doc)
    .where(text("lsi_passages.id IN (SELECT unhex(value) FROM json_each(:ids))")),
    DocumentEntity,
)


def _passages_by_id(snapshot: Snapshot, ids: str) -> dict[UUID, Passage]:
    documents: dict[UUID, IndexDocument] = {}
    passages = (found_passage(row, documents) for row in snapshot.rows(_FOUND, ids=ids))
    return {passage.id: passage for passage in passages}


def _ids(documents: Sequence[AnalysedDocument]) -> list[UUID]:
    return [one.document.id for one in documents]


async def _replace(session: WriteSession, entity: DocumentEntity, one: AnalysedDocument, slots: list[int]) -> PutReport:
    """Change a document that is there; the slots of vectors that lost their passages are added to ``slots``."""
    renamed = (entity.file_name, entity.title) != (one.document.file_name, one.document.title)
    write_document(entity, one.document)
    entity.passages, entity.characters = len(one.passages), characters_of(one)
    doc = _key(await session.update(entity))
    before = await _keys_by_id(session, doc)
    wanted = {passage.id for passage in one.passages}
    gone = [key for passage_id, key in before.items() if passage_id not in wanted]
    added = [passage for passage in one.passages if passage.id not in before]
    kept = [passage for passage in one.passages if passage.id in before]
    slots += await _forget(session, doc, gone)
    await _run(session, _INSERT_PASSAGE, (passage_values(passage, doc) for passage in added))
    await _run(session, _MOVE_PASSAGE, (place_values(passage, doc) for passage in kept))
    changed = [*added, *kept] if renamed else added
    await _run(session, _INDEX_TERMS, (term_values(passage, doc, one.names) for passage in changed))
    return PutReport(len(added), len(kept), len(gone))


async def _keys_by_id(session: ReadSession, doc: int) -> dict[UUID, int]:
    statement = (
        select(PASSAGES.c.id, PASSAGES.c.key)
        .select_from(DocumentEntity)
        .join(PASSAGES, PASSAGES.c.doc == col(DocumentEntity.key))
        .where(col(DocumentEntity.key) == doc)
    )
    return {UUID(bytes=row[0]): row[1] for row in await session.rows(statement, DocumentEntity)}


async def _forget(session: WriteSession, doc: int, keys: Sequence[int]) -> list[int]:
    """Remove passages of a document; gives the slots of their vectors."""
    if not keys:
        return []
    coded = (
        select(CODES.c.slot, CODES.c.passage)
        .select_from(DocumentEntity)
        .join(PASSAGES, PASSAGES.c.doc == col(DocumentEntity.key))
        .join(CODES, CODES.c.passage == PASSAGES.c.key)
        .where(col(DocumentEntity.key) == doc)
    )
    gone = set(keys)
    slots = [row[0] for row in await session.rows(coded, DocumentEntity) if row[1] in gone]
    for statement in _FORGET_PASSAGE:
        await _run(session, statement, [{"key": key} for key in keys])
    return slots


async def _run(session: WriteSession, sql: str, rows: Iterable[dict[str, Any]]) -> None:
    """In slices: between them others have their turn on the loop, on which parameters are prepared."""
    rest = iter(rows)
    while part := list(islice(rest, _AT_ONCE)):
        await session.execute(sql, part)


def _passages_statement() -> Select[Any]:
    return (
        select(DocumentEntity, *PASSAGE_COLUMNS)
        .select_from(DocumentEntity)
        .join(PASSAGES, PASSAGES.c.doc == col(DocumentEntity.key))
    )


def _passages(rows: Sequence[Any]) -> list[Passage]:
    documents: dict[UUID, IndexDocument] = {}
    found: list[Passage] = []
    for row in rows:
        entity: DocumentEntity = row[0]
        document = documents.setdefault(entity.id, document_of(entity))
        found.append(passage_of(row, document))
    return found


def _key(entity: DocumentEntity) -> int:
    assert entity.key is not None  # given by the database
    return entity.key
