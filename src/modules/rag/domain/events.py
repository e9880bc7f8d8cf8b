"""Tells watchers what changed in their collections."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Literal
from uuid import UUID

from modkit.events import Broadcaster, Subscription
from modkit.security import SecurityContext
from modules.rag.contract import CollectionChanged

Change = Literal["added", "updated", "files", "progress", "trashed", "restored", "removed", "pace"]
_INTERVAL_S = 0.25


class RagEvents:
    """One stream of changes for each user."""

    def __init__(self) -> None:
        self._changes: Broadcaster[tuple[SecurityContext, CollectionChanged]] = Broadcaster(256)
        self._published: dict[tuple[UUID | None, str], float] = {}

    def publish(self, ctx: SecurityContext, collection_id: UUID | None, change: Change) -> None:
        self._changes.publish((ctx, CollectionChanged(collection_id, change)))

    def tell_now_and_then(self, ctx: SecurityContext, collection_id: UUID, *changes: Change) -> None:
        """What happens for every file: only a few times a second. Publish once more when it is over."""
        now = time.monotonic()
        for change in changes:
            if now - self._published.get((collection_id, change), 0.0) >= _INTERVAL_S:
                self._published[collection_id, change] = now
                self.publish(ctx, collection_id, change)

    def watch(self, ctx: SecurityContext) -> AsyncIterator[CollectionChanged]:
        # Subscribed here and not in the generator, which would only begin when it is first read.
        return _of_subject(self._changes.subscribe(), ctx)

    def subscribe(self) -> Subscription[tuple[SecurityContext, CollectionChanged]]:
        """The changes of all users."""
        return self._changes.subscribe()

    def close(self) -> None:
        """End all watchers."""
        self._changes.close()


async def _of_subject(
    changes: Subscription[tuple[SecurityContext, CollectionChanged]], ctx: SecurityContext
) -> AsyncIterator[CollectionChanged]:
    async with changes:
        async for whose, change in changes:
            if (whose.subject_tenant_id, whose.subject_id) == (ctx.subject_tenant_id, ctx.subject_id):
                yield change
