"""LlmManagerClient, put together from the use cases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import UUID

from modkit.security import SecurityContext
from modules.llm_manager.contract.engine import EngineSession
from modules.llm_manager.contract.errors import ModelNotFound
from modules.llm_manager.contract.models import (
    CatalogueEntry,
    EngineBuild,
    Fit,
    Hardware,
    InstalledModel,
    LoadedModel,
    ModelChanged,
    Purpose,
)
from modules.llm_manager.domain.catalogue import Catalogue
from modules.llm_manager.domain.events import ModelEvents
from modules.llm_manager.domain.fit import effective_context, fit_of, needs_of_entry
from modules.llm_manager.domain.import_model import Importer
from modules.llm_manager.domain.library import Library
from modules.llm_manager.domain.load_plan import LoadPlanner
from modules.llm_manager.domain.orders import Orders
from modules.llm_manager.domain.pool import EnginePool
from modules.llm_manager.domain.ports import EngineBuilds, HardwareProbe
from modules.llm_manager.domain.preferences import Preferences


@dataclass(frozen=True, slots=True)
class LlmManagerService:
    """Implements LlmManagerClient; every verb is decided in the use case it delegates to."""

    library: Library
    importer: Importer
    catalogue_of: Catalogue
    pool: EnginePool
    planner: LoadPlanner
    orders: Orders
    preferences: Preferences
    probe: HardwareProbe
    builds: EngineBuilds
    events: ModelEvents

    async def hardware(self, ctx: SecurityContext) -> Hardware:
        return await self.probe.look(await self.preferences.models_folder(ctx))

    async def engine_builds(self, ctx: SecurityContext) -> list[EngineBuild]:
        return await self.builds.builds()

    async def catalogue(self, ctx: SecurityContext) -> list[CatalogueEntry]:
        return await self.catalogue_of.entries()

    async def installed(self, ctx: SecurityContext) -> list[InstalledModel]:
        return await self.library.all(ctx)

    async def get(self, ctx: SecurityContext, model_id: str) -> InstalledModel:
        return await self.library.get(ctx, model_id)

    async def default_model(self, ctx: SecurityContext, purpose: Purpose) -> InstalledModel:
        return await self.library.default(ctx, purpose, (await self.hardware(ctx)).memory_free_bytes)

    async def fit(self, ctx: SecurityContext, model_id: str, *, context_length: int | None = None) -> Fit:
        free_bytes = (await self.hardware(ctx)).memory_free_bytes
        try:
            model = await self.library.get(ctx, model_id)
        except ModelNotFound:
            entry = await self.catalogue_of.entry(model_id)
            wanted = context_length or await self.preferences.context_length(ctx)
            effective = effective_context(wanted, entry.context_length)
            return fit_of(needs_of_entry(entry, effective), free_bytes, effective)
        plan = await self.planner.plan(ctx, model, await self.library.header(ctx, model), context_length)
        return fit_of(plan.needs, free_bytes, plan.context_length)

    async def inspect_file(self, ctx: SecurityContext, path: Path) -> InstalledModel:
        return await self.importer.inspect(path)

    async def import_file(
        self, ctx: SecurityContext, path: Path, *, mode: Literal["copy", "link"] = "copy", name: str | None = None
    ) -> InstalledModel:
        return await self.importer.import_file(ctx, path, mode=mode, name=name)

    async def pull(self, ctx: SecurityContext, entry_or_address: str) -> UUID:
        return await self.orders.pull(ctx, entry_or_address)

    async def benchmark(self, ctx: SecurityContext, model_id: str) -> UUID:
        return await self.orders.benchmark(ctx, model_id)

    async def optimise(self, ctx: SecurityContext, model_id: str, quantization: str = "Q8_0") -> UUID:
        return await self.orders.optimise(ctx, model_id, quantization)

    async def load(
        self, ctx: SecurityContext, model_id: str, *, context_length: int | None = None, keep_warm: bool = False
    ) -> LoadedModel:
        return await self.pool.load(ctx, model_id, context_length=context_length, keep_warm=keep_warm)

    async def unload(self, ctx: SecurityContext, model_id: str) -> None:
        await self.pool.unload((await self.library.get(ctx, model_id)).id)

    async def loaded(self, ctx: SecurityContext) -> list[LoadedModel]:
        return self.pool.loaded()

    async def trash(self, ctx: SecurityContext, model_id: str) -> InstalledModel:
        model = await self.library.get(ctx, model_id)
        await self.pool.unload(model.id)
        await self.library.trash(ctx, model)
        return model

    async def restore(self, ctx: SecurityContext, model_id: str) -> InstalledModel:
        return await self.library.restore(ctx, model_id)

    async def trashed(self, ctx: SecurityContext) -> list[InstalledModel]:
        return await self.library.trashed(ctx)

    async def remove(self, ctx: SecurityContext, model_id: str) -> None:
        try:
            model = await self.library.in_trash(ctx, model_id)
        except ModelNotFound:
            model = await self.library.get(ctx, model_id)
            await self.pool.unload(model.id)
        await self.library.forget(ctx, model)

    def lease(self, ctx: SecurityContext, model_id: str) -> AbstractAsyncContextManager[EngineSession]:
        return self.pool.lease(ctx, model_id)

    def chat_in_use(self) -> bool:
        return self.pool.chat_use.now

    async def chat_idle(self) -> None:
        await self.pool.chat_use.ended()

    def watch(self, ctx: SecurityContext) -> AsyncIterator[ModelChanged]:
        return self.events.watch()
