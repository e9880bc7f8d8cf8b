"""Looks after the open databases: checks every page of them each night, and keeps room for a full disk."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

from loguru import logger

from modkit.db.engine import DatabaseFile
from modkit.db.errors import DatabaseError
from modkit.db.files import os_reason
from modkit.db.recovery.pages import checked_pages
from modkit.db.recovery.record_of_checks import CheckResult, last_check, remember_check
from modkit.db.translate import driver_error, translate_error
from modkit.db.types import utc_now

CHECK_HOUR = 3
"""In the user's own time, when hardly anybody works."""
_AFTER_START_S = 120.0
_RETRY_S = 3600.0
_BREATH_S = 0.005

Sleep = Callable[[float], Awaitable[None]]
OnDamage = Callable[[DatabaseFile, CheckResult], None]


class IntegrityWatch:
    """Runs as one task of its owner. ``on_damage`` is told once for every check that finds some."""

    def __init__(
        self,
        files: Callable[[], Sequence[DatabaseFile]],
        on_damage: OnDamage,
        *,
        now: Callable[[], datetime] = utc_now,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._files = files
        self._on_damage = on_damage
        self._now = now
        self._sleep = sleep

    async def run(self) -> None:
        """Check each file once a night, and soon after the start if the last night was missed; until cancelled."""
        await self._sleep(_AFTER_START_S)
        while True:
            wait_s = _RETRY_S
            for file in self._files():
                if file.ballast is not None:
                    # Not while the program starts: that has more urgent things to write.
                    await asyncio.to_thread(file.ballast.lay)
                wait_s = min(wait_s, await self._check_if_due(file))
            await self._sleep(wait_s)

    async def _check_if_due(self, file: DatabaseFile) -> float:
        """Check a file whose time has come; gives the seconds until it has to be looked at again."""
        if file.rebuildable:
            return _RETRY_S
        last = await asyncio.to_thread(last_check, file.path)
        now = self._now()
        due = now if last is None or last.time > now else next_check(last.time)
        if due > now:
            return (due - now).total_seconds()
        try:
            await self.check(file)
        except (DatabaseError, OSError) as err:
            logger.warning("{} could not be checked: {}", file.path.name, os_reason(err))
        return _RETRY_S

    async def check(self, file: DatabaseFile) -> CheckResult:
        """Check every page of an open file, and how they hang together; the result is noted beside the file.

        Reading and writing go on meanwhile; writers wait only while a suspicion is looked into.

        Raises:
            DatabaseError, OSError: the file could not be looked at.
        """
        count, bad = await asyncio.to_thread(checked_pages, file.path, file.key, _breathe)
        if bad:
            # A page may just have been written: it is bad if it still is when nobody writes.
            async with file.writer_turn():
                count, bad = await asyncio.to_thread(checked_pages, file.path, file.key)
        fault = "" if bad else await _fault(file)
        result = CheckResult(self._now().isoformat(), count, bad, fault)
        await asyncio.to_thread(remember_check, file.path, result)
        if result.sound:
            logger.info("{} is sound: {} pages checked", file.path.name, count)
        else:
            logger.error("{} is damaged: pages {} {}", file.path.name, list(bad), fault)
            self._on_damage(file, result)
        return result


def next_check(last: datetime) -> datetime:
    """The first night hour after a check, in UTC."""
    local = last.astimezone()
    night = local.replace(hour=CHECK_HOUR, minute=0, second=0, microsecond=0)
    return (night if night > local else night + timedelta(days=1)).astimezone(UTC)


def _breathe() -> None:
    time.sleep(_BREATH_S)  # on a worker thread: the window and the answers come first


async def _fault(file: DatabaseFile) -> str:
    try:
        async with file.reading() as connection:
            found = (await connection.exec_driver_sql("PRAGMA quick_check(1)")).scalars().all()
    except Exception as err:
        inner = driver_error(err)
        if inner is None:
            raise
        return str(translate_error(inner, file.path) or inner)
    return "" if found == ["ok"] else str(found[0])
