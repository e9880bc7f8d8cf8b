"""All queries over collections and their sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import col

from modkit.db import ReadSession, uuid7
from modkit.security import AccessScope, SecurityContext
from modules.rag.contract import Collection, FileState, Source
from modules.rag.domain.ports import TrashedCollection
from modules.rag.infra.storage.entities import CollectionEntity, FileEntity, SourceEntity
from modules.rag.infra.storage.files import SqlFiles
from modules.rag.infra.storage.rows import collection_of, owner_values, source_of, storable

_LIVE = col(CollectionEntity.deleted_at).is_(None)
_TRASHED = col(CollectionEntity.deleted_at).is_not(None)


class SqlRagStore(SqlFiles):
    """Implements RagStore on the module's database."""

    async def collections(self, ctx: SecurityContext) -> list[Collection]:
        async with self._database.read(ctx) as session:
            live = session.select(CollectionEntity).where(_LIVE)
            rows = await session.all(live.order_by(col(CollectionEntity.name)))
        return [collection_of(row) for row in rows]

    async def collection(self, ctx: SecurityContext, name: str | UUID) -> Collection | None:
        async with self._database.read(ctx) as session:
            return await _named(session, name)

    async def make_collection(self, ctx: SecurityContext, name: str) -> tuple[Collection, bool]:
        async with self._database.write(ctx) as session:
            if (there := await _named(session, name)) is not None:
                return there, False
            return collection_of(await session.insert(CollectionEntity(name=name))), True

    async def adopt_collection(
        self, ctx: SecurityContext, collection: Collection, sources: Mapping[Path, bool]
    ) -> bool:
        async with self._database.write(ctx) as session:
            if await _named(session, collection.name) is not None:
                return False
            row = {"id": collection.id, "name": collection.name, "created_at": collection.created_at}
            await session.insert_synced_rows(CollectionEntity, [{**row, "deleted_at": None}])
            mine = {**owner_values(ctx), "collection_id": collection.id}
            await session.insert_many(
                [
                    SourceEntity(id=uuid7(), **mine, path=storable(str(path)), watched=watched)
                    for path, watched in sources.items()
                ]
            )
        return True

    async def rename_collection(self, ctx: SecurityContext, collection_id: UUID, name: str) -> Collection | None:
        async with self._database.write(ctx) as session:
            row = await session.get(CollectionEntity, collection_id)
            if row is None:
                return None
            taken = await _named(session, name)
            if taken is not None and taken.id != collection_id:
                return None
            row.name = name
            return collection_of(await session.update(row))

    async def trash_collection(self, ctx: SecurityContext, collection_id: UUID) -> None:
        async with self._database.write(ctx) as session:
            row = await session.get(CollectionEntity, collection_id)
            if row is not None and row.deleted_at is None:
                await session.trash(row)

    async def restore_collection(self, ctx: SecurityContext, collection_id: UUID, name: str) -> Collection | None:
        async with self._database.write(ctx) as session:
            row = await session.get(CollectionEntity, collection_id)
            if row is None or row.deleted_at is None or await _named(session, name) is not None:
                return None
            row.name = name
            return collection_of(await session.restore(row))

    async def trash(self, ctx: SecurityContext) -> list[TrashedCollection]:
        async with self._database.read(ctx) as session:
            trashed = session.select(CollectionEntity).where(_TRASHED)
            rows = await session.all(trashed.order_by(col(CollectionEntity.name), col(CollectionEntity.id)))
        return [_trashed(ctx, row) for row in rows]

    async def expired(self, before: datetime) -> list[TrashedCollection]:
        # Over all users, as with watched_sources: at start nobody asks, the program looks after its own.
        async with self._database.read(SecurityContext.anonymous(), scope=AccessScope.allow_all()) as session:
            old = session.select(CollectionEntity).where(_TRASHED, col(CollectionEntity.deleted_at) < before)
            rows = await session.all(old)
        return [_trashed(SecurityContext(row.owner_id, row.tenant_id), row) for row in rows]

    async def delete_collection(self, ctx: SecurityContext, collection_id: UUID) -> None:
        async with self._database.write(ctx) as session:
            await session.delete_where(CollectionEntity, col(CollectionEntity.id) == collection_id)
            await session.mark_for_erasing(self._database.module)

    async def erase_deleted(self) -> bool:
        return await self._database.erase_deleted()

    async def sources(self, ctx: SecurityContext, collection_id: UUID | None = None) -> list[Source]:
        async with self._database.read(ctx) as session:
            return [source_of(row) for row in await _sources_of(session, collection_id)]

    async def watched_sources(self) -> list[tuple[SecurityContext, Source]]:
        async with self._database.read(SecurityContext.anonymous(), scope=AccessScope.allow_all()) as session:
            trashed = [row.id for row in await session.all(session.select(CollectionEntity).where(_TRASHED))]
            watched = session.select(SourceEntity).where(col(SourceEntity.watched).is_(True))
            rows = await session.all(watched.order_by(col(SourceEntity.path)))
        live = [row for row in rows if row.collection_id not in trashed]
        return [(SecurityContext(row.owner_id, row.tenant_id), source_of(row)) for row in live]

    async def add_sources(
        self, ctx: SecurityContext, collection_id: UUID, paths: Sequence[Path], *, watch: bool = False
    ) -> None:
        async with self._database.write(ctx) as session:
            there = {row.path for row in await _sources_of(session, collection_id)}
            wanted = list(dict.fromkeys(storable(str(path)) for path in paths))
            new = [
                SourceEntity(id=uuid7(), **owner_values(ctx), collection_id=collection_id, path=path, watched=watch)
                for path in wanted
                if path not in there
            ]
            await session.insert_many(new)
            if watch:
                mine = (col(SourceEntity.collection_id) == collection_id, col(SourceEntity.path).in_(wanted))
                await session.update_where(SourceEntity, {"watched": True}, *mine)

    async def delete_source(self, ctx: SecurityContext, source_id: UUID) -> None:
        async with self._database.write(ctx) as session:
            await session.delete_where(SourceEntity, col(SourceEntity.id) == source_id)

    async def set_watched(self, ctx: SecurityContext, source_id: UUID, watched: bool) -> None:
        async with self._database.write(ctx) as session:
            await session.update_where(SourceEntity, {"watched": watched}, col(SourceEntity.id) == source_id)

    async def set_away(self, ctx: SecurityContext, source_id: UUID, away: bool) -> None:
        async with self._database.write(ctx) as session:
            await session.update_where(SourceEntity, {"away": away}, col(SourceEntity.id) == source_id)
            there = (col(FileEntity.source_id) == source_id, col(FileEntity.state) != FileState.REMOVED.value)
            await session.update_where(FileEntity, {"away": away}, *there)


async def _named(session: ReadSession, name: str | UUID) -> Collection | None:
    """A live collection by its name or id."""
    key: Any = CollectionEntity.id if isinstance(name, UUID) else CollectionEntity.name
    row = await session.first(session.select(CollectionEntity).where(col(key) == name, _LIVE))
    return None if row is None else collection_of(row)


async def _sources_of(session: ReadSession, collection_id: UUID | None) -> list[SourceEntity]:
    query = session.select(SourceEntity).order_by(col(SourceEntity.path))
    return await session.all(
        query if collection_id is None else query.where(col(SourceEntity.collection_id) == collection_id)
    )


def _trashed(ctx: SecurityContext, row: CollectionEntity) -> TrashedCollection:
    assert row.deleted_at is not None  # asked for by the query
    return TrashedCollection(ctx, collection_of(row), row.deleted_at)
