"""All queries of rag, and the mapping between rows and records."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import col

from modkit.db import Database, ReadSession, uuid7
from modkit.security import SecurityContext
from modules.rag.contract import Collection, FileState, Source
from modules.rag.domain.ports import FileRecord
from modules.rag.infra.storage.entities import CollectionEntity, FileEntity, SourceEntity

_KEYS = ("id", "collection_id")
_NOT_TEXT = "bytes:"
"""No absolute path begins like this."""


class SqlRagStore:
    """Implements RagStore on the module's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def collections(self, ctx: SecurityContext) -> list[Collection]:
        async with self._database.read(ctx) as session:
            rows = await session.all(session.select(CollectionEntity).order_by(col(CollectionEntity.name)))
        return [_collection(row) for row in rows]

    async def collection(self, ctx: SecurityContext, name: str) -> Collection | None:
        async with self._database.read(ctx) as session:
            return await _named(session, name)

    async def make_collection(self, ctx: SecurityContext, name: str) -> Collection:
        async with self._database.write(ctx) as session:
            return await _named(session, name) or _collection(await session.insert(CollectionEntity(name=name)))

    async def delete_collection(self, ctx: SecurityContext, collection_id: UUID) -> None:
        async with self._database.write(ctx) as session:
            await session.delete_where(CollectionEntity, col(CollectionEntity.id) == collection_id)

    async def sources(self, ctx: SecurityContext, collection_id: UUID) -> list[Source]:
        async with self._database.read(ctx) as session:
            return [_source(row) for row in await _sources_of(session, collection_id)]

    async def add_sources(self, ctx: SecurityContext, collection_id: UUID, paths: Sequence[Path]) -> None:
        async with self._database.write(ctx) as session:
            there = {row.path for row in await _sources_of(session, collection_id)}
            new = [path for path in dict.fromkeys(map(str, paths)) if path not in there]
            owner = _owner(ctx)
            await session.insert_many(
                [SourceEntity(id=uuid7(), **owner, collection_id=collection_id, path=_storable(path)) for path in new]
            )

    async def delete_source(self, ctx: SecurityContext, source_id: UUID) -> None:
        async with self._database.write(ctx) as session:
            await session.delete_where(SourceEntity, col(SourceEntity.id) == source_id)

    async def set_away(self, ctx: SecurityContext, source_id: UUID, away: bool) -> None:
        async with self._database.write(ctx) as session:
            await session.update_where(SourceEntity, {"away": away}, col(SourceEntity.id) == source_id)
            there = (col(FileEntity.source_id) == source_id, col(FileEntity.state) != FileState.REMOVED.value)
            await session.update_where(FileEntity, {"away": away}, *there)

    async def files(self, ctx: SecurityContext, collection_id: UUID) -> list[FileRecord]:
        return await self._records(ctx, col(FileEntity.collection_id) == collection_id)

    async def pending(self, ctx: SecurityContext, collection_id: UUID) -> list[FileRecord]:
        waiting = (col(FileEntity.pending).is_(True), col(FileEntity.away).is_(False))
        return await self._records(ctx, col(FileEntity.collection_id) == collection_id, *waiting)

    async def without_vectors(self, ctx: SecurityContext) -> list[FileRecord]:
        return await self._records(ctx, col(FileEntity.state) == FileState.WITHOUT_VECTORS.value)

    async def twin(self, ctx: SecurityContext, record: FileRecord) -> FileRecord | None:
        same = (col(FileEntity.content_hash) == record.content_hash, col(FileEntity.id) != record.id)
        read = (col(FileEntity.pending).is_(False), col(FileEntity.state) != FileState.REMOVED.value)
        async with self._database.read(ctx) as session:
            row = await session.first(session.select(FileEntity).where(*same, *read))
        return None if row is None else _record(row)

    async def add_files(self, ctx: SecurityContext, records: Sequence[FileRecord]) -> None:
        rows = [FileEntity(**_owner(ctx), **_keys(record), **_values(record)) for record in records]
        async with self._database.write(ctx) as session:
            await session.insert_many(rows)

    async def save_files(self, ctx: SecurityContext, records: Sequence[FileRecord]) -> None:
        async with self._database.write(ctx) as session:
            for record in records:
                await session.update_where(FileEntity, _values(record), col(FileEntity.id) == record.id)

    async def read_again(self, ctx: SecurityContext, collection_id: UUID | None, *states: FileState) -> None:
        conditions: list[Any] = [col(FileEntity.state).in_([state.value for state in states])]
        if collection_id is not None:
            conditions.append(col(FileEntity.collection_id) == collection_id)
        async with self._database.write(ctx) as session:
            await session.update_where(FileEntity, {"pending": True, "content_hash": ""}, *conditions)

    async def await_vectors(self, ctx: SecurityContext) -> None:
        async with self._database.write(ctx) as session:
            waiting = {"state": FileState.WITHOUT_VECTORS.value}
            await session.update_where(FileEntity, waiting, col(FileEntity.state) == FileState.INDEXED.value)

    async def _records(self, ctx: SecurityContext, *conditions: Any) -> list[FileRecord]:
        async with self._database.read(ctx) as session:
            rows = await session.all(session.select(FileEntity).where(*conditions).order_by(col(FileEntity.path)))
        return [_record(row) for row in rows]


async def _named(session: ReadSession, name: str) -> Collection | None:
    row = await session.first(session.select(CollectionEntity).where(col(CollectionEntity.name) == name))
    return None if row is None else _collection(row)


async def _sources_of(session: ReadSession, collection_id: UUID) -> list[SourceEntity]:
    mine = col(SourceEntity.collection_id) == collection_id
    return await session.all(session.select(SourceEntity).where(mine).order_by(col(SourceEntity.path)))


def _collection(row: CollectionEntity) -> Collection:
    return Collection(row.id, row.name, row.created_at)


def _source(row: SourceEntity) -> Source:
    return Source(row.id, row.collection_id, Path(_path(row.path)), row.away)


def _owner(ctx: SecurityContext) -> dict[str, Any]:
    return {"tenant_id": ctx.subject_tenant_id, "owner_id": ctx.subject_id}


def _keys(record: FileRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in _KEYS}


def _values(record: FileRecord) -> dict[str, Any]:
    values = {name: value for name, value in asdict(record).items() if name not in _KEYS}
    return values | {"state": record.state.value, "path": _storable(record.path)}


def _record(row: FileEntity) -> FileRecord:
    values = {name: getattr(row, name) for name in FileRecord.__dataclass_fields__}
    return FileRecord(**(values | {"state": FileState(row.state), "path": _path(row.path)}))


def _storable(path: str) -> str:
    """A file name may hold bytes that are no text (lone surrogates in Python), which the database refuses."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return _NOT_TEXT + os.fsencode(path).hex()
    return path


def _path(stored: str) -> str:
    return os.fsdecode(bytes.fromhex(stored.removeprefix(_NOT_TEXT))) if stored.startswith(_NOT_TEXT) else stored
