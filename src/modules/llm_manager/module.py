"""Wires llm-manager: storage, files, sources and engines behind the client, and the jobs that use them."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Sequence

from modkit.cancellation import CancellationToken, cancel_and_wait
from modkit.db import Migration
from modkit.module import module
from modkit.module_context import ModuleContext
from modkit.security import SecurityContext
from modules.jobs_manager.contract import JobsClient
from modules.llm_manager.config import LlmManagerConfig
from modules.llm_manager.contract import LlmManagerClient
from modules.llm_manager.domain.bench import BenchmarkHandler, Measurer
from modules.llm_manager.domain.catalogue import Catalogue
from modules.llm_manager.domain.events import ModelEvents
from modules.llm_manager.domain.first_start import FirstStart
from modules.llm_manager.domain.import_model import Importer
from modules.llm_manager.domain.library import Library
from modules.llm_manager.domain.load_plan import LoadPlanner
from modules.llm_manager.domain.optimise import OptimiseHandler
from modules.llm_manager.domain.orders import BENCHMARK, OPTIMISE, Orders
from modules.llm_manager.domain.places import PULL, Places
from modules.llm_manager.domain.pool import EnginePool
from modules.llm_manager.domain.ports import EngineFactory, Requantizer
from modules.llm_manager.domain.preferences import SPECS, Preferences
from modules.llm_manager.domain.pull import PullHandler
from modules.llm_manager.domain.service import LlmManagerService
from modules.llm_manager.infra.catalogue_file import CatalogueFile
from modules.llm_manager.infra.files import LocalModelFiles
from modules.llm_manager.infra.hardware import LocalHardware
from modules.llm_manager.infra.plugins import ENGINE_SCOPE, register_engines, register_sources, source_plugins
from modules.llm_manager.infra.starter_folder import StarterFolder
from modules.llm_manager.infra.storage.migrations import MIGRATIONS
from modules.llm_manager.infra.storage.repository import SqlModelStore
from modules.settings.contract import SettingsClient

_LONGEST_NAP_S = 60.0
"""A changed idle time takes effect within a minute."""


@module(
    name="llm-manager",
    deps=["settings", "jobs-manager"],
    capabilities=["db", "stateful"],
    client=LlmManagerClient,
    stop_timeout="30s",
)
class LlmManagerModule:
    """Models on this computer."""

    def __init__(self) -> None:
        self._service: LlmManagerService | None = None
        self._first_start: FirstStart | None = None
        self._idle: asyncio.Task[None] | None = None

    def migrations(self) -> Sequence[Migration]:
        return MIGRATIONS

    async def init(self, ctx: ModuleContext) -> None:
        hub, config = ctx.client_hub, ctx.config(LlmManagerConfig)
        settings, jobs = hub.get(SettingsClient), hub.get(JobsClient)
        settings.declare(SPECS)
        preferences, events = Preferences(settings, ctx.home), ModelEvents()
        files, hardware = LocalModelFiles(), LocalHardware()
        catalogue_file = CatalogueFile(config.catalogue)
        store = SqlModelStore(ctx.db_required(), ctx.home)
        user = SecurityContext.local_user()
        register_sources(hub, config, files, lambda: preferences.parallel_downloads(user))

        library = Library(store, files, catalogue_file, preferences, events)
        planner = LoadPlanner(preferences, hardware, ctx.home)
        scope = ENGINE_SCOPE + config.engine
        engines = {"gguf": scope, "onnx": ENGINE_SCOPE + config.onnx_engine}
        pool = EnginePool(
            library,
            files,
            planner,
            preferences,
            events,
            lambda model: hub.get_scoped(EngineFactory, engines[model.format]),
            load_timeout_s=config.load_timeout_s,
            clock=time.monotonic,
        )
        builds = register_engines(hub, ctx.home, lambda: pool.chat_use.now)
        library.state_of = pool.state_of
        places = Places(jobs, files, preferences)
        importer = Importer(library, files, places)
        catalogue = Catalogue(catalogue_file, lambda: source_plugins(hub))
        measurer = Measurer(library, pool)
        puller = PullHandler(importer, files, places, catalogue, lambda: source_plugins(hub))
        jobs.register_handler(PULL, puller, concurrency=2)
        jobs.register_handler(BENCHMARK, BenchmarkHandler(measurer), pausable=False)
        jobs.register_handler(
            OPTIMISE,
            OptimiseHandler(library, importer, files, measurer, lambda: hub.get_scoped(Requantizer, scope)),
            pausable=False,
        )
        self._first_start = FirstStart(StarterFolder.from_environment(), importer, catalogue, store, files)
        self._service = LlmManagerService(
            library=library,
            importer=importer,
            catalogue_of=catalogue,
            pool=pool,
            planner=planner,
            orders=Orders(jobs, library, catalogue, places),
            preferences=preferences,
            probe=hardware,
            builds=builds,
            events=events,
        )
        hub.register(LlmManagerClient, self._service)

    async def start(self, cancel: CancellationToken) -> None:
        if self._service is not None:
            await self._service.library.empty_old_trash(SecurityContext.local_user())
        if self._first_start is not None:
            await self._first_start.install(SecurityContext.local_user())
        if self._service is not None:
            self._idle = asyncio.create_task(_unload_idle(self._service.pool), name="unload idle models")

    async def stop(self, cancel: CancellationToken) -> None:
        if self._idle is not None:
            await cancel_and_wait(self._idle)
        if self._service is not None:
            await self._service.pool.unload_all()
            self._service.events.close()


async def _unload_idle(pool: EnginePool) -> None:
    """Sleep until something changes or a model has been idle for long enough."""
    while True:
        due_s = await pool.unload_idle(SecurityContext.local_user())
        nap_s = None if not pool.loaded() else min(due_s if due_s is not None else _LONGEST_NAP_S, _LONGEST_NAP_S)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(nap_s):
                await pool.wait_changed()
