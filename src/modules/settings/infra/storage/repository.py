"""All queries of settings."""

from __future__ import annotations

import json

from sqlmodel import col

from modkit.db import Database, WriteSession
from modkit.security import SecurityContext
from modules.settings.contract import SettingValue
from modules.settings.infra.storage.entities import SettingEntity


class SqlSettingStore:
    """Implements SettingStore on the module's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, ctx: SecurityContext) -> dict[str, SettingValue]:
        async with self._database.read(ctx) as session:
            rows = await session.all(session.select(SettingEntity).where(col(SettingEntity.deleted_at).is_(None)))
        values = {row.key: _decoded(row.value_json) for row in rows}
        return {key: value for key, value in values.items() if value is not None}

    async def find(self, ctx: SecurityContext, key: str) -> SettingValue | None:
        query_key = col(SettingEntity.key) == key
        async with self._database.read(ctx) as session:
            live = session.select(SettingEntity).where(query_key, col(SettingEntity.deleted_at).is_(None))
            row = await session.first(live)
        return None if row is None else _decoded(row.value_json)

    async def put(self, ctx: SecurityContext, key: str, value: SettingValue) -> None:
        async with self._database.write(ctx) as session:
            row = await _row(session, key)
            if row is None:
                await session.insert(SettingEntity(key=key, value_json=json.dumps(value)))
                return
            row.value_json = json.dumps(value)
            await (session.update(row) if row.deleted_at is None else session.restore(row))

    async def remove(self, ctx: SecurityContext, key: str) -> None:
        async with self._database.write(ctx) as session:
            row = await _row(session, key)
            # A tombstone, not a deletion: another device must learn that the value was taken back.
            if row is not None and row.deleted_at is None:
                await session.trash(row)


async def _row(session: WriteSession, key: str) -> SettingEntity | None:
    return await session.first(session.select(SettingEntity).where(col(SettingEntity.key) == key))


def _decoded(value_json: str) -> SettingValue | None:
    try:
        value = json.loads(value_json)
    except ValueError:
        return None
    return value if isinstance(value, (bool, int, float, str)) else None
