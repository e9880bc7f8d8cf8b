"""The loaded models: load, lease, evict, unload when idle, within a memory limit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext

from loguru import logger

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.llm_manager.contract.engine import EngineSession
from modules.llm_manager.contract.errors import EngineDied, ModelLoadFailed
from modules.llm_manager.contract.models import InstalledModel, LoadedModel, LoadState
from modules.llm_manager.domain.chat_use import ChatUse
from modules.llm_manager.domain.events import ModelEvents
from modules.llm_manager.domain.library import Library
from modules.llm_manager.domain.load_plan import LoadPlan, LoadPlanner
from modules.llm_manager.domain.ports import EngineFactory, ManagedEngine, ModelFiles
from modules.llm_manager.domain.preferences import Preferences
from modules.llm_manager.domain.room import evictions
from modules.llm_manager.domain.slot import Slot

Clock = Callable[[], float]

_SETTLE_S = 0.5


class EnginePool:
    """At most one engine per model. Loading one model never holds up the use of another.

    ``_room`` guards decisions about memory, so that two loads cannot count on the same free bytes; it is held while
    idle models end, but not while a model loads: what is loading has its memory reserved by its slot.
    """

    def __init__(
        self,
        library: Library,
        files: ModelFiles,
        planner: LoadPlanner,
        preferences: Preferences,
        events: ModelEvents,
        factory: Callable[[InstalledModel], EngineFactory],
        *,
        load_timeout_s: float,
        clock: Clock,
    ) -> None:
        self._library = library
        self._files = files
        self._planner = planner
        self._preferences = preferences
        self._events = events
        self._factory = factory
        self._load_timeout_s = load_timeout_s
        self._clock = clock
        self._slots: dict[str, Slot] = {}
        self._room = asyncio.Lock()
        self._changed = asyncio.Event()
        self.chat_use = ChatUse()

    def state_of(self, model_id: str) -> LoadState:
        slot = self._slots.get(model_id)
        if slot is None or slot.ended or slot.dead:
            return LoadState.ON_DISK
        return LoadState.LOADED if slot.ready else LoadState.LOADING

    def loaded(self) -> list[LoadedModel]:
        """What is loaded now, oldest first."""
        return [slot.engine.loaded for slot in self._slots.values() if slot.engine is not None and slot.ready]

    async def load(
        self, ctx: SecurityContext, model_id: str, *, context_length: int | None, keep_warm: bool
    ) -> LoadedModel:
        """
        Raises:
            ModelNotFound, ModelFileMissing, InvalidModelFile, NotEnoughMemory, ModelLoadFailed
        """
        model = await self._library.present(ctx, model_id)
        engine = await self._engine(ctx, model, context_length)
        slot = self._slots.get(model.id)
        if slot is not None and keep_warm:
            slot.keep_warm = True
        return engine.loaded

    @asynccontextmanager
    async def lease(self, ctx: SecurityContext, model_id: str) -> AsyncIterator[EngineSession]:
        """Hold a model for the length of the block; errors as for ``load``."""
        model = await self._library.get(ctx, model_id)
        with self.chat_use.counted() if model.purpose == "chat" else nullcontext():
            slot, engine = await self._leased(ctx, model)
            try:
                yield engine
            finally:
                slot.give_back()
                self._touch(slot)

    async def unload(self, model_id: str) -> None:
        """End the model's engine, also one that is in use: its generation ends with EngineDied."""
        async with self._room:
            slot = self._slots.get(model_id)
            if slot is not None:
                await self._end(slot)

    async def unload_all(self) -> None:
        """End every engine; part of stopping."""
        async with self._room:
            await asyncio.gather(*(self._end(slot) for slot in list(self._slots.values())))

    async def unload_idle(self, ctx: SecurityContext) -> float | None:
        """Unload what was idle for too long; gives the seconds until the next one is due, None when there is none."""
        limit_s = await self._preferences.idle_unload_s(ctx)
        if limit_s is None:
            return None
        async with self._room:
            idle = [slot for slot in self._slots.values() if slot.idle and not slot.keep_warm]
            for slot in idle:
                if self._clock() - slot.last_used >= limit_s:
                    logger.bind(model_id=slot.model_id).info("Unloading an idle model")
                    await self._end(slot)
            rest = [slot.last_used for slot in idle if not slot.ended]
        return max(0.0, min(rest) + limit_s - self._clock()) if rest else None

    async def wait_changed(self) -> None:
        """Return when something was loaded, used or unloaded since the last call."""
        await self._changed.wait()
        self._changed.clear()

    async def _leased(self, ctx: SecurityContext, model: InstalledModel) -> tuple[Slot, ManagedEngine]:
        # A slot can end between the load and the lease (evicted, unloaded, died): then load again, once.
        for _ in range(2):
            engine = await self._engine(ctx, model, None)
            slot = self._slots.get(model.id)
            if slot is not None and slot.engine is engine and not (slot.ending or slot.ended):
                slot.take()
                self._touch(slot)
                return slot, engine
        raise EngineDied(f"The engine of {model.name} ended right after it had started.")

    async def _engine(self, ctx: SecurityContext, model: InstalledModel, context_length: int | None) -> ManagedEngine:
        """The model's engine, loading it or joining a load that is under way."""
        slot = self._slots.get(model.id)
        if slot is None or not slot.usable or self._must_grow(slot, context_length):
            slot = await self._reserve(ctx, model, context_length)
        engine = await slot.joined()
        self._touch(slot)
        return engine

    def _must_grow(self, slot: Slot, context_length: int | None) -> bool:
        return context_length is not None and context_length > slot.plan.context_length and slot.idle

    async def _reserve(self, ctx: SecurityContext, model: InstalledModel, context_length: int | None) -> Slot:
        model = await self._library.present(ctx, model.id)
        # Read again before the engine gets it: the file may have changed since it was installed.
        header = await self._files.header(model.path)
        keep_warm = model.purpose == "embedding" and await self._preferences.keep_embedder_warm(ctx)
        async with self._room:
            slot = self._slots.get(model.id)
            plan = await self._planner.plan(ctx, model, header, context_length)
            if slot is not None and not slot.ended:
                if slot.usable and (slot.plan.context_length >= plan.context_length or not slot.idle):
                    return slot
                await self._end(slot)
            await self._make_room(ctx, plan)
            slot = Slot(plan, keep_warm=keep_warm or (slot.keep_warm if slot is not None else False))
            slot.last_used = self._clock()
            self._slots[model.id] = slot
            slot.begin(self._load(slot))
        return slot

    async def _make_room(self, ctx: SecurityContext, plan: LoadPlan) -> None:
        budget = await self._planner.budget(ctx)
        for slot in evictions(plan, list(self._slots.values()), budget):
            logger.bind(model_id=slot.model_id).info("Unloading a model to make room for {}", plan.model.id)
            await self._end(slot)

    async def _load(self, slot: Slot) -> ManagedEngine:
        """The slot's own task: start the engine, then watch over it until it ends."""
        model = slot.plan.model
        self._events.publish(model.id, "loading")
        try:
            async with asyncio.timeout(self._load_timeout_s):
                engine = await self._factory(model).start(model, context_length=slot.plan.context_length)
        except BaseException as err:
            self._drop(slot)
            raise self._load_failed(model, err) from err
        slot.engine = engine
        slot.watch(self._watch(slot, engine))
        self._events.publish(model.id, "loaded")
        self._changed.set()
        return engine

    def _load_failed(self, model: InstalledModel, err: BaseException) -> BaseException:
        if isinstance(err, TimeoutError):
            err = ModelLoadFailed(f"{model.name} did not load within {self._load_timeout_s:.0f} s.")
        if isinstance(err, HyperSpotError):
            self._events.publish(model.id, "load_failed", err)
        elif isinstance(err, asyncio.CancelledError):
            self._events.publish(model.id, "unloaded")
        return err

    async def _watch(self, slot: Slot, engine: ManagedEngine) -> None:
        """Drop the slot when its engine has ended and nobody is there whose next call would start it again."""
        while not slot.dead:
            await engine.wait_ended()
            await slot.free.wait()
            if engine.alive:
                # Started again for the last user, or given up half-way: its own bookkeeping settles soon.
                await asyncio.sleep(_SETTLE_S)
        logger.bind(model_id=slot.model_id).warning("The engine ended by itself")
        self._drop(slot)
        await engine.stop()
        error = EngineDied(f"The engine of {slot.plan.model.name} ended unexpectedly.")
        self._events.publish(slot.model_id, "unloaded", error)

    async def _end(self, slot: Slot) -> None:
        was_loaded = slot.engine is not None
        await slot.end()
        self._drop(slot)
        if was_loaded:
            self._events.publish(slot.model_id, "unloaded")

    def _drop(self, slot: Slot) -> None:
        slot.ended = True
        if self._slots.get(slot.model_id) is slot:
            del self._slots[slot.model_id]
        self._changed.set()

    def _touch(self, slot: Slot) -> None:
        slot.last_used = self._clock()
        self._changed.set()
