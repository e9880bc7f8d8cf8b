"""Which models are too small to be taken at their word."""

from __future__ import annotations

from typing import Protocol

from modkit.security import SecurityContext
from modules.llm_manager.contract import LlmManagerClient

SMALL = 1_000_000_000
"""Models with fewer parameters follow instructions by chance."""
_LOCAL = "local::"


class ModelSizes(Protocol):
    """Knows the models of the gateway."""

    async def is_small(self, ctx: SecurityContext, model: str) -> bool:
        """``model`` as the gateway names it; one that is not here is taken for large."""


class LocalModelSizes:
    """Implements ModelSizes by the models on this computer."""

    def __init__(self, models: LlmManagerClient) -> None:
        self._models = models

    async def is_small(self, ctx: SecurityContext, model: str) -> bool:
        if not model.startswith(_LOCAL):
            return False
        wanted = model.removeprefix(_LOCAL)
        return any(one.id == wanted and 0 < one.parameters < SMALL for one in await self._models.installed(ctx))
