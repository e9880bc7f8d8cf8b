"""aiosqlite with one visit to the connection's thread per statement, where its own cursor makes four."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import aiosqlite
from sqlcipher3 import dbapi2 as sqlcipher

T = TypeVar("T")


class EagerCursor:
    """Runs a statement and fetches all its rows in one go; what SQLAlchemy's adapter needs of a cursor."""

    arraysize = 1

    def __init__(self, connection: OneVisitConnection) -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> EagerCursor:
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> EagerCursor:
        return await self._visit(lambda cursor: cursor.execute(sql, parameters))

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> EagerCursor:
        return await self._visit(lambda cursor: cursor.executemany(sql, parameters))

    async def fetchall(self) -> Sequence[Any]:
        rows, self._rows = self._rows, ()
        return rows

    async def close(self) -> None:
        """Nothing to do: the driver's cursor was closed when its rows were fetched."""

    async def _visit(self, run: Callable[[sqlcipher.Cursor], object]) -> EagerCursor:
        await self._connection.run_on_thread(self._run, run)
        return self

    def _run(self, connection: sqlcipher.Connection, run: Callable[[sqlcipher.Cursor], object]) -> None:
        cursor = connection.cursor()
        try:
            run(cursor)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else ()
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


class OneVisitConnection(aiosqlite.Connection):
    """A connection whose thread does not keep the process from ending when the disk hangs."""

    def __init__(self, connector: Callable[[], sqlcipher.Connection]) -> None:
        super().__init__(connector, 64)
        self._thread.daemon = True
        self._stopping: asyncio.Future[Any] | None = None

    async def opened(self) -> OneVisitConnection:
        """Connect. When that fails, the thread has ended first: it must not speak to a loop that is closed by then."""
        try:
            await self
        except Exception:
            if (ended := self.stop()) is not None:
                await ended
            raise
        return self

    def stop(self) -> asyncio.Future[Any] | None:
        """End the thread, once: a second wish would be queued behind its end, and waited for in vain.

        SQLAlchemy asks again when a graceful close is cancelled.
        """
        if self._stopping is None:
            self._stopping = super().stop()
        return self._stopping

    def cursor(self) -> EagerCursor:  # type: ignore[override]  # SQLAlchemy only enters it
        return EagerCursor(self)

    async def run_on_thread(self, function: Callable[..., T], *args: object) -> T:
        """Call ``function(driver connection, *args)`` on the connection's thread; gives what that gives."""
        # The thread goes on when the caller is cancelled; what comes next queues behind it.
        result: T = await self._execute(function, self._conn, *args)  # type: ignore[no-untyped-call]  # aiosqlite's
        return result
