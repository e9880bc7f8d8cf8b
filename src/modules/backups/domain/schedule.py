"""When a backup is due, and the task that sees to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from loguru import logger

from modkit.errors import HyperSpotError
from modules.backups.contract import BackupInfo
from modules.backups.domain.ports import Clock
from modules.backups.domain.service import BackupsService

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FIRST_LOOK_S = 120.0
"""Not at once: a start has better things to do with the disk."""
LOOK_EVERY_S = 300.0
SMALL_BYTES = 64_000_000
"""A database up to this size is copied in a fraction of a second, so that a short command may do it as it ends."""


def is_due(backups: Iterable[BackupInfo], now: datetime, distance: timedelta) -> bool:
    """Whether no automatic backup was made within ``distance`` of now.

    Looked for on both sides: after the clock was set back there are backups of the future, and they are no reason
    to make none until it comes, nor to make one at every look.
    """
    return not any(one.label == "automatic" and abs(now - one.created_at) < distance for one in backups)


class Schedule:
    """Makes automatic backups while the program runs: hourly, when something changed."""

    def __init__(self, service: BackupsService, clock: Clock) -> None:
        self._service = service
        self._clock = clock

    async def run(self) -> None:
        """Until it is cancelled."""
        await self._clock.sleep(FIRST_LOOK_S)
        while True:
            await self.look(HOUR)
            await self._clock.sleep(LOOK_EVERY_S)

    async def look(self, distance: timedelta) -> bool:
        """Make what is due and bring the second folder up to date; whether a backup was made."""
        try:
            made = await self._make_due(distance)
            await self._service.delete_old()
            await self._service.copy_out()
        except HyperSpotError as err:
            self._service.remember_problem(err)
            logger.bind(code=err.code).warning("An automatic backup could not be made: {}", err.sentence)
            return False
        self._service.remember_problem(None)
        return made

    async def at_the_end(self) -> None:
        """For who only ever runs short commands: one backup a day, if it costs hardly any time."""
        if self._service.size_bytes() <= SMALL_BYTES:
            try:
                await self._make_due(DAY)
            except HyperSpotError as err:
                logger.bind(code=err.code).warning("An automatic backup could not be made: {}", err.sentence)

    async def _make_due(self, distance: timedelta) -> bool:
        if not self._service.changed() or not await self._service.automatic():
            return False
        if not is_due(await self._service.known(), self._clock.now(), distance):
            return False
        await self._service.make("automatic")
        return True
