"""All queries of llm-manager, and the mapping between rows and the contract's models."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from sqlmodel import col

from modkit.db import Database
from modkit.db.errors import ConstraintViolated
from modkit.security import SecurityContext
from modules.llm_manager.contract.errors import ModelAlreadyInstalled
from modules.llm_manager.contract.models import Benchmark, InstalledModel, LoadState, Purpose
from modules.llm_manager.domain.ports import GgufHeader
from modules.llm_manager.domain.purpose import is_slow_quantization
from modules.llm_manager.infra.storage.entities import InstalledModelEntity, OfferedStarterEntity

_PURPOSES: dict[str, Purpose] = {purpose: purpose for purpose in get_args(Purpose)}
_HEADER_FIELDS = frozenset(field.name for field in fields(GgufHeader))


class SqlModelStore:
    """Implements ModelStore on the module's database."""

    def __init__(self, database: Database, home: Path) -> None:
        self._database = database
        self._home = home

    async def all(self, ctx: SecurityContext) -> list[InstalledModel]:
        return await self._models(ctx, trashed=False)

    async def trashed(self, ctx: SecurityContext) -> list[InstalledModel]:
        return await self._models(ctx, trashed=True)

    async def _models(self, ctx: SecurityContext, *, trashed: bool) -> list[InstalledModel]:
        deleted_at = col(InstalledModelEntity.deleted_at)
        async with self._database.read(ctx) as session:
            query = session.select(InstalledModelEntity).where(
                deleted_at.is_not(None) if trashed else deleted_at.is_(None)
            )
            rows = await session.all(query.order_by(col(InstalledModelEntity.added_at), col(InstalledModelEntity.id)))
        return [self._model(row) for row in rows]

    async def set_deleted(self, ctx: SecurityContext, model_id: str, moment: datetime | None) -> None:
        async with self._database.write(ctx) as session:
            await session.update_where(
                InstalledModelEntity, {"deleted_at": moment}, col(InstalledModelEntity.id) == model_id
            )

    async def header(self, ctx: SecurityContext, model_id: str) -> GgufHeader | None:
        async with self._database.read(ctx) as session:
            row = await session.get(InstalledModelEntity, model_id)
        return None if row is None else _header(row)

    async def add(self, ctx: SecurityContext, model: InstalledModel, header: GgufHeader) -> None:
        try:
            async with self._database.write(ctx) as session:
                await session.insert(self._row(ctx, model, header))
        except ConstraintViolated as err:
            raise ModelAlreadyInstalled(f"A model with the name {model.id} is installed already.") from err

    async def set_benchmark(self, ctx: SecurityContext, model_id: str, benchmark: Benchmark) -> None:
        text = json.dumps(asdict(benchmark) | {"measured_at": benchmark.measured_at.isoformat()})
        async with self._database.write(ctx) as session:
            await session.update_where(
                InstalledModelEntity, {"benchmark_json": text}, col(InstalledModelEntity.id) == model_id
            )

    async def delete(self, ctx: SecurityContext, model_id: str) -> None:
        async with self._database.write(ctx) as session:
            await session.delete_where(InstalledModelEntity, col(InstalledModelEntity.id) == model_id)

    async def offered(self, ctx: SecurityContext) -> set[str]:
        async with self._database.read(ctx) as session:
            return {row.catalogue_id for row in await session.all(session.select(OfferedStarterEntity))}

    async def set_offered(self, ctx: SecurityContext, catalogue_id: str) -> None:
        async with self._database.write(ctx) as session:
            row = OfferedStarterEntity(
                tenant_id=ctx.subject_tenant_id, owner_id=ctx.subject_id, catalogue_id=catalogue_id
            )
            await session.insert(row)

    def _row(self, ctx: SecurityContext, model: InstalledModel, header: GgufHeader) -> InstalledModelEntity:
        return InstalledModelEntity(
            tenant_id=ctx.subject_tenant_id,
            owner_id=ctx.subject_id,
            id=model.id,
            name=model.name,
            purpose=model.purpose,
            path=self._stored_path(model.path),
            size_bytes=model.size_bytes,
            sha256=model.sha256,
            licence=model.licence,
            linked=model.linked,
            added_at=model.added_at,
            catalogue_id=model.catalogue_id,
            header_json=json.dumps(asdict(header)),
        )

    def _model(self, row: InstalledModelEntity) -> InstalledModel:
        header = _header(row)
        return InstalledModel(
            id=row.id,
            name=row.name,
            purpose=_PURPOSES.get(row.purpose, "chat"),
            path=self._home / row.path,
            size_bytes=row.size_bytes,
            sha256=row.sha256,
            architecture=header.architecture,
            parameters=header.parameters,
            quantization=header.quantization,
            context_length=header.context_length,
            embedding_length=header.embedding_length,
            licence=row.licence,
            chat_template=header.chat_template,
            linked=row.linked,
            state=LoadState.ON_DISK,
            added_at=row.added_at,
            catalogue_id=row.catalogue_id,
            benchmark=_benchmark(row.benchmark_json),
            slow_quantization=is_slow_quantization(header.quantization),
            format=header.format,
            deleted_at=row.deleted_at,
        )

    def _stored_path(self, path: Path) -> str:
        # An absolute path joined to the home gives itself, so one column serves both.
        return path.relative_to(self._home).as_posix() if path.is_relative_to(self._home) else str(path)


def _header(row: InstalledModelEntity) -> GgufHeader:
    data: dict[str, Any] = json.loads(row.header_json)
    return GgufHeader(**{name: value for name, value in data.items() if name in _HEADER_FIELDS})


def _benchmark(text: str | None) -> Benchmark | None:
    if text is None:
        return None
    data: dict[str, Any] = json.loads(text)
    return Benchmark(**(data | {"measured_at": datetime.fromisoformat(data["measured_at"])}))
