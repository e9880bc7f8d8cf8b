"""Makes an index file that cannot be read anew: everything in it can be had from the documents again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from loguru import logger

from modkit.db import DatabaseFile, migrate
from modkit.db.errors import DAMAGE, DatabaseError
from modules.local_search_index.contract import IndexRebuilt
from modules.local_search_index.infra.embedded.migrations import MIGRATIONS

MODULE = "local-search-index"


class Recovery:
    """Watches over the calls that use the file."""

    def __init__(self, file: DatabaseFile, on_new_file: Callable[[], None]) -> None:
        self._file = file
        self._on_new_file = on_new_file
        self._rebuilding = asyncio.Lock()
        self._rebuilt = 0

    @asynccontextmanager
    async def guarded(self) -> AsyncIterator[None]:
        """
        Raises:
            IndexRebuilt: the file was damaged or gone; now there is an empty one.
        """
        rebuilt = self._rebuilt
        try:
            yield
        except DatabaseError as err:
            if not isinstance(err, DAMAGE) and await asyncio.to_thread(self._file.path.exists):
                raise
            await self._start_over(rebuilt)
            raise IndexRebuilt(self._file.path.name) from err

    async def _start_over(self, seen: int) -> None:
        async with self._rebuilding:
            if self._rebuilt != seen:
                # Another call, begun on the same bad file, was faster.
                return
            logger.warning("{} is damaged or gone; it is made anew", self._file.path.name)
            await self._file.start_over()
            await migrate(self._file, MODULE, MIGRATIONS)
            self._on_new_file()
            self._rebuilt += 1
