"""One model in the pool, from the decision to load it until its engine has ended."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from modkit.cancellation import cancel_and_wait
from modules.llm_manager.contract.errors import EngineDied
from modules.llm_manager.domain.load_plan import LoadPlan
from modules.llm_manager.domain.ports import ManagedEngine


class Slot:
    """Owns the load and the engine. ``leases`` counts users, ``last_used`` is the pool's clock."""

    def __init__(self, plan: LoadPlan, *, keep_warm: bool) -> None:
        self.plan = plan
        self.keep_warm = keep_warm
        self.engine: ManagedEngine | None = None
        self.leases = 0
        self.free = asyncio.Event()
        self.free.set()
        self.last_used = 0.0
        self.ending = False
        self.ended = False
        self._joined = 0
        self._loading: asyncio.Task[ManagedEngine] | None = None
        self._watching: asyncio.Task[None] | None = None

    @property
    def model_id(self) -> str:
        return self.plan.model.id

    @property
    def memory_bytes(self) -> int:
        return self.plan.needs.total_bytes

    @property
    def ready(self) -> bool:
        return self.engine is not None and self.engine.alive and not self.ended

    @property
    def dead(self) -> bool:
        """The engine ended by itself while nobody used it. In use, its session starts it again at the next call."""
        return self.engine is not None and not self.engine.alive and self.leases == 0

    @property
    def usable(self) -> bool:
        """Loading or loaded, and nobody is ending it: it may be joined."""
        return not (self.ending or self.ended or self.dead)

    @property
    def idle(self) -> bool:
        """Loaded and in nobody's hands: it may be unloaded."""
        return self.ready and self.leases == 0 and self._joined == 0

    def take(self) -> None:
        """One more user."""
        self.leases += 1
        self.free.clear()

    def give_back(self) -> None:
        self.leases -= 1
        if self.leases == 0:
            self.free.set()

    def begin(self, work: Coroutine[Any, Any, ManagedEngine]) -> None:
        """Start loading in a task of the slot's own."""
        self._loading = asyncio.create_task(work, name=f"load {self.model_id}")

    def watch(self, work: Coroutine[Any, Any, None]) -> None:
        self._watching = asyncio.create_task(work, name=f"watch {self.model_id}")

    async def joined(self) -> ManagedEngine:
        """Wait for the engine. When the last one who waits is cancelled, the load is given up.

        Raises:
            ModelLoadFailed: the engine refused the file.
            EngineDied: the model was unloaded while it was loading.
        """
        assert self._loading is not None
        self._joined += 1
        try:
            return await asyncio.shield(self._loading)
        except asyncio.CancelledError:
            if self._loading.cancelled() and not _is_cancelled():
                raise EngineDied(f"{self.plan.model.name} was unloaded while it was loading.") from None
            if self._joined == 1 and not self._loading.done():
                # Said before the load ends, which takes its child's time: whoever comes meanwhile gets a new slot.
                self.ending = True
                await self._give_up(self._loading)
            raise
        finally:
            self._joined -= 1

    async def end(self) -> None:
        """Stop the load or the engine, whichever there is."""
        self.ending = True
        if self._loading is not None:
            await self._give_up(self._loading)
        if self.engine is not None:
            await self.engine.stop()
        if self._watching is not None:
            await cancel_and_wait(self._watching)

    async def _give_up(self, loading: asyncio.Task[ManagedEngine]) -> None:
        """Cancel the load once and wait: a second cancellation would break off the end of its child."""
        if not loading.cancelling():
            loading.cancel()
        await asyncio.wait({loading})
        if not loading.cancelled():
            loading.exception()  # who waits for the load is told; nobody else wants to know


def _is_cancelled() -> bool:
    """Whether somebody cancelled the task that asks, and not only what it waits for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
