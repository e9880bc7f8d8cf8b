"""What loading a model would take, and what there is to spend."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from modkit.security import SecurityContext
from modules.llm_manager.contract.models import InstalledModel
from modules.llm_manager.domain.fit import Needs, effective_context, needs_of_header
from modules.llm_manager.domain.ports import GgufHeader, HardwareProbe
from modules.llm_manager.domain.preferences import Preferences


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """A model, the context it will have, and the memory that takes."""

    model: InstalledModel
    context_length: int
    needs: Needs


@dataclass(frozen=True, slots=True)
class Budget:
    """Bytes that all models may use together, and bytes that are free on this computer now."""

    limit_bytes: int
    free_bytes: int


class LoadPlanner:
    """Turns a wish to load into numbers."""

    def __init__(self, preferences: Preferences, hardware: HardwareProbe, home: Path) -> None:
        self._preferences = preferences
        self._hardware = hardware
        self._home = home

    async def plan(
        self, ctx: SecurityContext, model: InstalledModel, header: GgufHeader, context_length: int | None
    ) -> LoadPlan:
        """``context_length`` None takes the user's setting; a model's own limit always holds."""
        wanted = context_length or await self._preferences.context_length(ctx)
        effective = effective_context(wanted, header.context_length)
        return LoadPlan(model, effective, needs_of_header(header, effective, embedding=model.purpose != "chat"))

    async def budget(self, ctx: SecurityContext) -> Budget:
        hardware = await self._hardware.look(self._home)
        limit = await self._preferences.memory_limit_bytes(ctx, hardware.memory_bytes)
        return Budget(limit, hardware.memory_free_bytes)
