"""A module's handle on its database: the only way to get a session."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TypeVar

from loguru import logger
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db.driver import OneVisitConnection
from modkit.db.engine import DatabaseFile
from modkit.db.erasing import erase_deleted
from modkit.db.errors import DatabaseError, NoSpace
from modkit.db.guard import check_outside_transaction, inside_transaction
from modkit.db.outbox import Outbox
from modkit.db.prepared import Snapshot
from modkit.db.session import ReadSession, WriteSession
from modkit.db.translate import translate_error
from modkit.security import AccessScope, SecurityContext

T = TypeVar("T")


class Database:
    """One module's handle. Several handles may share one file."""

    def __init__(self, module: str, file: DatabaseFile) -> None:
        self.module = module
        self.file = file

    @property
    def path(self) -> Path:
        return self.file.path

    @property
    def read_only_reason(self) -> str | None:
        """A sentence when the file can only be read (a newer version made it), else None."""
        return self.file.read_only_reason

    @asynccontextmanager
    async def read(self, ctx: SecurityContext, *, scope: AccessScope | None = None) -> AsyncIterator[ReadSession]:
        """A session that sees one consistent state and cannot write.

        ``scope`` defaults to the subject's own rows.

        Raises:
            NestedTransaction: called inside a transaction of the same task.
        """
        check_outside_transaction()
        with self._translated():
            async with self.file.reading() as connection, _session(connection) as session:
                yield ReadSession(session, ctx, scope or AccessScope.for_owner(ctx), self.path)

    async def snapshot(
        self, ctx: SecurityContext, work: Callable[[Snapshot], T], *, scope: AccessScope | None = None
    ) -> T:
        """Run prepared statements in a row on one consistent state, on the connection's thread: no waits in between.

        A statement through a session costs milliseconds in the ORM; here it costs what SQLite takes. ``work`` must
        not touch anything but its snapshot and values of its own.

        Raises:
            NestedTransaction: called inside a transaction of the same task.
        """
        check_outside_transaction()
        with self._translated():
            async with self.file.reading() as connection:
                raw = await connection.get_raw_connection()
                driver = raw.driver_connection
                assert isinstance(driver, OneVisitConnection)  # what the engine makes
                return await driver.run_on_thread(_in_snapshot, work, scope or AccessScope.for_owner(ctx))

    @asynccontextmanager
    async def write(self, ctx: SecurityContext, *, scope: AccessScope | None = None) -> AsyncIterator[WriteSession]:
        """One transaction: stored on disk when the block ends, undone by any error or cancellation.

        Writers queue; keep the block short and wait for nothing but the database in it.

        Raises:
            NestedTransaction: called inside a transaction of the same task.
            ReadOnlyDatabase, DatabaseLocked, NoSpace: see their docstrings; nothing was stored.
        """
        try:
            with inside_transaction(), self._translated():
                async with self.file.writing() as connection, _session(connection) as session:
                    outbox = Outbox(self.file.clock)
                    yield WriteSession(session, ctx, scope or AccessScope.for_owner(ctx), self.path, outbox)
                    self.file.changed_since_backup = True
                    await _commit(connection)
                    self.file.out_of_room = False
        except NoSpace:
            await self.file.make_room()
            raise

    async def erase_deleted(self) -> bool:
        """Make what was deleted and marked unreadable in the file and its log, also what an earlier run left marked.

        Gives whether nothing is left to do; False: it is tried again at the next call. Older backups are not touched.

        Raises:
            NestedTransaction: called inside a transaction of the same task.
        """
        check_outside_transaction()
        try:
            await erase_deleted(self.file)
        except DatabaseError as err:
            logger.bind(code=err.code).warning("{}", err.sentence)
            return False
        return True

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except Exception as err:
            if (translated := translate_error(err, self.path)) is not None:
                raise translated from err
            raise


def _in_snapshot(connection: sqlcipher.Connection, work: Callable[[Snapshot], T], scope: AccessScope) -> T:
    connection.execute("BEGIN")
    try:
        return work(Snapshot(connection, scope))
    finally:
        connection.execute("ROLLBACK")


def _session(connection: AsyncConnection) -> AsyncSession:
    return AsyncSession(connection, expire_on_commit=False, autoflush=False)


async def _commit(connection: AsyncConnection) -> None:
    """Commit, and wait for the outcome even when cancelled: otherwise nobody would know it."""
    committing = asyncio.ensure_future(connection.commit())
    try:
        await asyncio.shield(committing)
    except asyncio.CancelledError:
        await asyncio.wait([committing])
        raise
