"""A small broadcast for the demo clients: every watcher gets what is published after it began."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Feed(Generic[T]):
    def __init__(self) -> None:
        self._watchers: set[asyncio.Queue[T]] = set()

    def publish(self, item: T) -> None:
        for watcher in self._watchers:
            watcher.put_nowait(item)

    async def watch(self) -> AsyncIterator[T]:
        watcher: asyncio.Queue[T] = asyncio.Queue()
        self._watchers.add(watcher)
        try:
            while True:
                yield await watcher.get()
        finally:
            self._watchers.discard(watcher)
