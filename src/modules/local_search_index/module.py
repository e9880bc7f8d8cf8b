"""Wires the index: the built-in plugin, the Qdrant plugin when it is configured, and the client on the chosen one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from modkit.cancellation import CancellationToken, cancel_and_wait
from modkit.db import Migration
from modkit.module import module
from modkit.module_context import ModuleContext
from modkit.plugins import PluginInstance, PluginPoint
from modules.local_search_index.config import LocalSearchIndexConfig
from modules.local_search_index.contract import LocalSearchIndexClient
from modules.local_search_index.domain.ports import IndexStore
from modules.local_search_index.domain.service import LocalSearchIndexService
from modules.local_search_index.infra.embedded.migrations import MIGRATIONS
from modules.local_search_index.infra.embedded.store import EmbeddedStore

TYPE_ID = "gts.x.core.plugin.instance.v1~x.search.index.plugin.v1~"
EMBEDDED_ID = TYPE_ID + "hyperspot.search.embedded.index.v1"
QDRANT_ID = TYPE_ID + "qdrant.search.server.index.v1"


@module(
    name="local-search-index",
    capabilities=["db", "stateful"],
    client=LocalSearchIndexClient,
    stop_timeout="10s",
)
class LocalSearchIndexModule:
    """Finds passages of the user's documents."""

    def __init__(self) -> None:
        self._stores: list[IndexStore] = []
        self._embedded: EmbeddedStore | None = None
        self._finishing: asyncio.Task[None] | None = None

    def migrations(self) -> Sequence[Migration]:
        return MIGRATIONS

    async def init(self, ctx: ModuleContext) -> None:
        hub, config = ctx.client_hub, ctx.config(LocalSearchIndexConfig)
        point: PluginPoint[IndexStore] = PluginPoint(hub, IndexStore, TYPE_ID, vendor=config.vendor)
        embedded = EmbeddedStore(ctx.db_required(), memory_bytes=config.memory_mb * 2**20)
        self._embedded = embedded
        self._add(point, PluginInstance(EMBEDDED_ID), embedded)
        if config.qdrant.url:
            # Its client is an optional package, wanted only by those who configured a server.
            from modules.local_search_index.infra.qdrant.connect import open_store

            self._add(point, PluginInstance(QDRANT_ID, vendor="qdrant"), open_store(config.qdrant))
        hub.register(LocalSearchIndexClient, LocalSearchIndexService(point.choose))

    def _add(self, point: PluginPoint[IndexStore], instance: PluginInstance, store: IndexStore) -> None:
        point.register(instance, store)
        self._stores.append(store)

    async def start(self, cancel: CancellationToken) -> None:
        """Only what an earlier run left begins by itself: codes are read at the first search."""
        if self._embedded is not None:
            self._finishing = asyncio.create_task(self._embedded.finish_erasing(), name="finish erasing")

    async def stop(self, cancel: CancellationToken) -> None:
        if self._finishing is not None:
            await cancel_and_wait(self._finishing)
        for store in self._stores:
            await store.close()
