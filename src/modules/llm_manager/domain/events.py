"""Tells watchers what changed about models."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Literal

from modkit.errors import HyperSpotError
from modkit.events import Broadcaster
from modules.llm_manager.contract.models import ModelChanged

Change = Literal["added", "removed", "loading", "loaded", "unloaded", "measured", "load_failed"]


class ModelEvents:
    """One stream of changes for the whole process; model files and engines belong to the computer, not to a user."""

    def __init__(self) -> None:
        self._changes: Broadcaster[ModelChanged] = Broadcaster(256)

    def publish(self, model_id: str, change: Change, error: HyperSpotError | None = None) -> None:
        self._changes.publish(ModelChanged(model_id, change, None if error is None else error.to_dict()))

    async def watch(self) -> AsyncIterator[ModelChanged]:
        async with self._changes.subscribe() as changes:
            async for change in changes:
                yield change

    def close(self) -> None:
        """End all watchers."""
        self._changes.close()
