"""All queries over the files of collections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlmodel import col

from modkit.db import Database, Snapshot
from modkit.security import SecurityContext
from modules.rag.contract import FileQuery, FileState
from modules.rag.domain.ports import FileCount, FileRecord
from modules.rag.infra.storage.conditions import containing
from modules.rag.infra.storage.entities import CollectionEntity, FileEntity
from modules.rag.infra.storage.rows import file_values, new_file, record_of, storable
from modules.rag.infra.storage.statements import (
    CONTENTS,
    COUNTS,
    OF_COLLECTION,
    OF_SOURCE,
    RECORD,
    page_statements,
)

_IDS_AT_ONCE = 500


class SqlFiles:
    """Implements FileStore on the module's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def files(self, ctx: SecurityContext, collection_id: UUID) -> list[FileRecord]:
        def read(snapshot: Snapshot) -> list[FileRecord]:
            return list(map(record_of, snapshot.rows(OF_COLLECTION, of=collection_id)))

        return await self._database.snapshot(ctx, read)

    async def files_of(self, ctx: SecurityContext, source_id: UUID) -> list[FileRecord]:
        def read(snapshot: Snapshot) -> list[FileRecord]:
            return list(map(record_of, snapshot.rows(OF_SOURCE, of=source_id)))

        return await self._database.snapshot(ctx, read)

    async def file(self, ctx: SecurityContext, file_id: UUID) -> FileRecord | None:
        found = await self._records(ctx, col(FileEntity.id) == file_id)
        return found[0] if found else None

    async def page(self, ctx: SecurityContext, collection_id: UUID, query: FileQuery) -> tuple[list[FileRecord], int]:
        text = query.text.strip()
        window, total = page_statements(query.order, query.descending, frozenset(query.states), bool(text))
        where: dict[str, Any] = {"of": collection_id} | ({"text": containing(text)} if text else {})

        def read(snapshot: Snapshot) -> tuple[list[FileRecord], int]:
            rows = snapshot.rows(window, **where, most=query.limit, skipped=query.offset)
            return list(map(record_of, rows)), int(snapshot.rows(total, **where)[0][0])

        return await self._database.snapshot(ctx, read)

    async def counts(self, ctx: SecurityContext) -> list[FileCount]:
        rows = await self._database.snapshot(ctx, lambda snapshot: snapshot.rows(COUNTS))
        return [FileCount(row[0], FileState(row[1]), row[2], row[3], row[4], int(row[5])) for row in rows]

    async def pending(
        self, ctx: SecurityContext, collection_id: UUID, *, after: FileRecord | None = None, limit: int | None = None
    ) -> list[FileRecord]:
        waiting: list[Any] = [col(FileEntity.pending).is_(True), col(FileEntity.away).is_(False)]
        if after is not None:
            path = storable(after.path)
            behind = and_(col(FileEntity.path) == path, col(FileEntity.id) > after.id)
            waiting += [col(FileEntity.path) >= path, or_(col(FileEntity.path) > path, behind)]
        return await self._records(ctx, col(FileEntity.collection_id) == collection_id, *waiting, limit=limit)

    async def count_pending(self, ctx: SecurityContext, collection_id: UUID) -> int:
        waiting = (col(FileEntity.pending).is_(True), col(FileEntity.away).is_(False))
        async with self._database.read(ctx) as session:
            mine = session.select(FileEntity).where(col(FileEntity.collection_id) == collection_id, *waiting)
            return await session.count(mine.only(col(FileEntity.id)))

    async def without_vectors(self, ctx: SecurityContext) -> list[FileRecord]:
        live = select(col(CollectionEntity.id)).where(col(CollectionEntity.deleted_at).is_(None))
        waiting = col(FileEntity.state) == FileState.WITHOUT_VECTORS.value
        return await self._records(ctx, waiting, col(FileEntity.collection_id).in_(live))

    async def contents(self, ctx: SecurityContext) -> set[str]:
        return await self._database.snapshot(ctx, lambda snapshot: {row[0] for row in snapshot.rows(CONTENTS)})

    async def twin(self, ctx: SecurityContext, record: FileRecord) -> FileRecord | None:
        same = (col(FileEntity.content_hash) == record.content_hash, col(FileEntity.id) != record.id)
        read = (col(FileEntity.pending).is_(False), col(FileEntity.state) != FileState.REMOVED.value)
        found = await self._records(ctx, *same, *read, limit=1)
        return found[0] if found else None

    async def add_files(self, ctx: SecurityContext, records: Sequence[FileRecord]) -> None:
        rows = [new_file(ctx, record) for record in records]
        async with self._database.write(ctx) as session:
            await session.insert_rows(FileEntity, rows)

    async def save_files(self, ctx: SecurityContext, records: Sequence[FileRecord]) -> None:
        async with self._database.write(ctx) as session:
            await session.update_rows(FileEntity, [{"id": record.id, **file_values(record)} for record in records])

    async def read_again(
        self,
        ctx: SecurityContext,
        collection_id: UUID | None,
        *states: FileState,
        file_ids: Sequence[UUID] = (),
    ) -> None:
        conditions: list[Any] = [col(FileEntity.state).in_([state.value for state in states])]
        if collection_id is not None:
            conditions.append(col(FileEntity.collection_id) == collection_id)
        if file_ids:
            conditions.append(col(FileEntity.id).in_(file_ids))
        async with self._database.write(ctx) as session:
            unread = {"pending": True, "content_hash": "", "edition": col(FileEntity.edition) + 1}
            await session.update_where(FileEntity, unread, *conditions)

    async def vectors_made(self, ctx: SecurityContext, file_ids: Iterable[UUID]) -> None:
        ids, waiting = list(file_ids), col(FileEntity.state) == FileState.WITHOUT_VECTORS.value
        async with self._database.write(ctx) as session:
            for start in range(0, len(ids), _IDS_AT_ONCE):
                these = col(FileEntity.id).in_(ids[start : start + _IDS_AT_ONCE])
                await session.update_where(FileEntity, {"state": FileState.INDEXED.value}, waiting, these)

    async def await_vectors(self, ctx: SecurityContext) -> None:
        async with self._database.write(ctx) as session:
            waiting = {"state": FileState.WITHOUT_VECTORS.value}
            await session.update_where(FileEntity, waiting, col(FileEntity.state) == FileState.INDEXED.value)

    async def _records(self, ctx: SecurityContext, *conditions: Any, limit: int | None = None) -> list[FileRecord]:
        statement = select(*RECORD).where(*conditions).order_by(col(FileEntity.path), col(FileEntity.id)).limit(limit)
        async with self._database.read(ctx) as session:
            return [record_of(row) for row in await session.rows(statement, FileEntity)]
