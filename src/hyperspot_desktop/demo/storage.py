"""Storage in memory: all is well, until somebody says otherwise."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

from hyperspot_desktop.demo.feed import Feed
from modkit.db.health import StorageHealth


class DemoStorage:
    """As ``modkit.db.health.StorageWatch``; ``become`` changes how it is."""

    def __init__(self, health: StorageHealth | None = None) -> None:
        self.health = health or StorageHealth()
        self._feed: Feed[StorageHealth] = Feed()

    async def watch(self) -> AsyncIterator[StorageHealth]:
        yield self.health
        async for health in self._feed.watch():
            yield health

    async def put_away(self) -> None:
        self.become(replace(self.health, repairs=()))

    def become(self, health: StorageHealth) -> None:
        """On the host's thread: tell every watcher."""
        self.health = health
        self._feed.publish(health)
