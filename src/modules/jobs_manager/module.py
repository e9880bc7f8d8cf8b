"""Wires jobs-manager: the durable table, and the service that runs it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from modkit.cancellation import CancellationToken
from modkit.db import Migration, uuid7
from modkit.module import module
from modkit.module_context import ModuleContext
from modules.jobs_manager.contract import JobsClient
from modules.jobs_manager.domain.service import JobsService
from modules.jobs_manager.infra.storage.migrations import MIGRATIONS
from modules.jobs_manager.infra.storage.repository import SqlJobStore

_STOP_GRACE_S = 20.0


@module(name="jobs-manager", capabilities=["db", "stateful"], client=JobsClient, stop_timeout="30s")
class JobsManagerModule:
    """Durable background work."""

    def __init__(self) -> None:
        self._service: JobsService | None = None
        self._forget_shutdown: Callable[[], None] | None = None

    def migrations(self) -> Sequence[Migration]:
        return MIGRATIONS

    async def init(self, ctx: ModuleContext) -> None:
        self._service = JobsService(SqlJobStore(ctx.db_required()), uuid7)
        ctx.client_hub.register(JobsClient, self._service)
        loop, shut = asyncio.get_running_loop(), self._service.shut
        # Modules stop in reverse order, so those that jobs use end before this one: their work ends at the signal.
        self._forget_shutdown = ctx.cancellation_token.on_cancel(lambda: loop.call_soon_threadsafe(shut))

    async def start(self, cancel: CancellationToken) -> None:
        if self._service is not None:
            await self._service.start()

    async def stop(self, cancel: CancellationToken) -> None:
        if self._forget_shutdown is not None:
            self._forget_shutdown()
        if self._service is not None:
            await self._service.stop(_STOP_GRACE_S)
