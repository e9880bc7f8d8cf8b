"""How much of the computer indexing may take now: the user's wish, the battery, and answers that go first."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID

from modkit.security import SecurityContext
from modules.llm_manager.contract import LlmManagerClient
from modules.rag.contract import IndexingPace, Pace
from modules.rag.domain.events import RagEvents
from modules.rag.domain.ports import Computer
from modules.settings.contract import SettingsClient, SettingSpec

PACE = "documents.indexing_pace"
PAUSED = "documents.indexing_paused"
SPECS = (
    SettingSpec(
        PACE,
        "choice",
        Pace.BALANCED.value,
        "Pace of indexing",
        "How much of this computer indexing may take. On battery it is always gentle.",
        choices=tuple(pace.value for pace in Pace),
    ),
    SettingSpec(PAUSED, "bool", False, "Pause indexing", "No document is read until this is switched off."),
)
PAUSED_NOTE = "Indexing is paused."
ANSWERING_NOTE = "An answer is being written, which goes first."
_LOOK_AGAIN_S = 2.0
"""So soon at the latest a changed setting, a plug or a load is noticed."""
_BUSY = 0.5
"""Share of the processors in other programs' hands from which balanced indexing reads one file at a time."""
_LONGEST_REST_S = 2.0
_REST_BESIDE_ANSWERS = 4.0
"""While an answer is written, a file is followed by a rest of so many times its length: where there are two processors,
reading and storing it take what the engine has left, and some more."""
Told = Callable[[str], None]


class Pacing:
    """Lets files be read one by one. ``most`` is how many may be under way at full pace."""

    def __init__(
        self,
        settings: SettingsClient,
        models: LlmManagerClient,
        computer: Computer,
        events: RagEvents,
        *,
        most: int,
    ) -> None:
        self._settings = settings
        self._models = models
        self._computer = computer
        self._events = events
        self._most = most
        self._under_way = 0
        self._wishes: dict[tuple[UUID, UUID], tuple[float, Pace, bool]] = {}
        self._changed = asyncio.Event()

    async def pace(self, ctx: SecurityContext) -> IndexingPace:
        whose = (ctx.subject_tenant_id, ctx.subject_id)
        known_since, wished, paused = self._wishes.get(whose, (0.0, Pace.BALANCED, False))
        # Asked for every file: the settings themselves are looked at now and then.
        if time.monotonic() - known_since >= _LOOK_AGAIN_S or not known_since:
            wished = Pace(str(await self._settings.get(ctx, PACE)))
            paused = bool(await self._settings.get(ctx, PAUSED))
            self._wishes[whose] = (time.monotonic(), wished, paused)
        return IndexingPace(wished, paused, PAUSED_NOTE if paused else self._waits_for())

    async def set_pace(self, ctx: SecurityContext, *, pace: Pace | None, paused: bool | None) -> IndexingPace:
        if pace is not None:
            await self._settings.set(ctx, PACE, pace.value)
        if paused is not None:
            await self._settings.set(ctx, PAUSED, paused)
        self._wishes.clear()
        self._wake()
        self._events.publish(ctx, None, "pace")
        return await self.pace(ctx)

    @asynccontextmanager
    async def file(self, ctx: SecurityContext, told: Told) -> AsyncIterator[None]:
        """Read one file in this block, which begins when it may; ``told`` hears what it waits for."""
        allowed = await self._enter(ctx, told)
        started = time.monotonic()
        try:
            yield
            # Before the place is free: otherwise the next file would be read in the rest of this one.
            if self._models.chat_in_use():
                await self._rest(_REST_BESIDE_ANSWERS * (time.monotonic() - started))
            elif allowed is Pace.GENTLE:
                await self._rest(time.monotonic() - started)
        finally:
            self._under_way -= 1
            self._wake()

    async def batch(self, ctx: SecurityContext, told: Told, took_s: float) -> None:
        """Called between two pieces of work, the last of which took so long: return when the next one may begin."""
        while note := await self._hindrance(ctx):
            told(note)
            await self._until_something_changes()
        if await self._allowed(ctx) is Pace.GENTLE:
            await self._rest(took_s)

    async def _enter(self, ctx: SecurityContext, told: Told) -> Pace:
        while True:
            if (await self.pace(ctx)).paused:
                told(PAUSED_NOTE)
            else:
                allowed = await self._allowed(ctx)
                # Nothing is awaited from here on: nobody else can take the place.
                if self._under_way < self._readers(allowed):
                    self._under_way += 1
                    return allowed
            await self._until_something_changes()

    async def _hindrance(self, ctx: SecurityContext) -> str:
        return (await self.pace(ctx)).waits_for

    def _waits_for(self) -> str:
        return ANSWERING_NOTE if self._models.chat_in_use() else ""

    async def _allowed(self, ctx: SecurityContext) -> Pace:
        conditions, wished = await self._computer.conditions(), (await self.pace(ctx)).pace
        if conditions.on_battery or (wished is Pace.BALANCED and conditions.others >= _BUSY):
            return Pace.GENTLE
        return wished

    def _readers(self, allowed: Pace) -> int:
        if allowed is Pace.GENTLE or self._models.chat_in_use():
            return 1
        return self._most if allowed is Pace.FULL else max(1, self._most // 2)

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def _until_something_changes(self) -> None:
        changed, idle = asyncio.ensure_future(self._changed.wait()), asyncio.ensure_future(self._idle())
        try:
            await asyncio.wait({changed, idle}, timeout=_LOOK_AGAIN_S, return_when=asyncio.FIRST_COMPLETED)
        finally:
            changed.cancel()
            idle.cancel()

    async def _idle(self) -> None:
        """Return when an answer has ended; never when none is being written."""
        if not self._models.chat_in_use():
            await asyncio.Event().wait()
        await self._models.chat_idle()

    async def _rest(self, took_s: float) -> None:
        await asyncio.sleep(min(took_s, _LONGEST_REST_S))
