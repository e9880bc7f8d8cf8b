"""One encrypted file: one writer at a time, a pool of readers, shared by the handles of several modules."""

from __future__ import annotations

import asyncio
import errno
import os
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db.ballast import Ballast
from modkit.db.connect import OpenOptions, open_connection, probe, raw_connect
from modkit.db.driver import OneVisitConnection
from modkit.db.entities import FORMAT_STATEMENTS, FORMAT_VERSION
from modkit.db.errors import DatabaseLocked, LostDatabase, MissingDatabase, NoSpace, ReadOnlyDatabase, ReadOnlyHome
from modkit.db.files import fsync_folder, set_aside, unlink_quietly
from modkit.db.hlc import HybridClock
from modkit.db.restore import finish_restore, remains_of
from modkit.db.rewriting import ERASE_MARK, put_in_place
from modkit.db.translate import translate_error, translate_open_error
from modkit.keys.data_key import DataKey

_READERS = 4
_LOOK_EVERY_S = 1.0
_WRITER_WAIT_S = 30.0


class DatabaseFile:
    """An open file. Make it with ``open_database_file``; close it when the last handle is done."""

    def __init__(self, path: Path, key: DataKey, options: OpenOptions) -> None:
        self.path = path
        self.key = key
        self.clock = HybridClock(node="")
        self.read_only_reason: str | None = None
        self._read_only_action: str | None = None
        # Whether rows may have changed since the last backup made by this process.
        self.changed_since_backup = True
        self.backup_folder = path.parent / "backups"
        # Copied beside every backup: the wrapped keys, without which a copy on another disk could not be opened.
        self.companions: tuple[Path, ...] = ()
        # Gives way when the disk is full; None where no room is kept.
        self.ballast: Ballast | None = None
        # The last write met a full disk; the next one that is stored says that there is room again.
        self.out_of_room = False
        self._looked_at_s = -_LOOK_EVERY_S
        # A run before this one deleted something and ended before it was erased.
        self.erasing_unfinished = False
        # Holds only what can be made again (an index): not worth a backup before a migration.
        self.rebuildable = False
        self._writing = asyncio.Lock()
        # Held while another file takes this one's place; nobody begins to read then.
        self._replacing = asyncio.Lock()
        self._reading = 0
        self._nobody_reads = asyncio.Event()
        self._readers = _engine(path, key, options, size=_READERS, read_only=True)
        self._writer = _engine(path, key, options, size=1, read_only=False)

    def mark_newer(self, reason: str) -> None:
        """From now on the file is only read; ``reason`` is shown to the user."""
        self.read_only_reason = self.read_only_reason or reason

    def mark_read_only(self, reason: str, action: str) -> None:
        """From now on the file is only read, whatever the version that made it; there is nothing new to back up."""
        self.read_only_reason, self._read_only_action = reason, action
        self.changed_since_backup = False

    def refuse_read_only_disk(self) -> None:
        """For what is written beside the file.

        Raises:
            ReadOnlyDatabase: the disk takes nothing; a file that is merely newer has a disk that does.
        """
        if self.read_only_reason is not None and self._read_only_action is not None:
            raise ReadOnlyDatabase(self.read_only_reason, action=self._read_only_action)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one snapshot of the file until it is left."""
        async with self._replacing:
            self._reading += 1
        try:
            async with self._readers.connect() as connection:
                yield connection
        finally:
            self._reading -= 1
            if self._reading == 0:
                self._nobody_reads.set()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """The one writing connection, inside a started transaction; commit it, or it is rolled back.

        Raises:
            ReadOnlyDatabase: the file is open for reading only.
            DatabaseLocked: the writer before took too long, or another process holds the file.
        """
        if self.read_only_reason is not None:
            raise ReadOnlyDatabase(self.read_only_reason, action=self._read_only_action)
        await self._look_at_the_room()
        async with self.writer_turn(), self._writer.connect() as connection:
            await connection.begin()
            yield connection

    @asynccontextmanager
    async def writer_turn(self) -> AsyncIterator[None]:
        """Hold every other writer of this process back.

        Raises:
            DatabaseLocked: the one before took longer than 30 s.
        """
        try:
            async with asyncio.timeout(_WRITER_WAIT_S):
                await self._writing.acquire()
        except TimeoutError as err:
            raise DatabaseLocked(self.path) from err
        try:
            yield
        finally:
            self._writing.release()

    async def make_room(self) -> None:
        """After a write that met a full disk: give the next one the room that is kept for it."""
        self.out_of_room = True
        if self.ballast is not None:
            await asyncio.to_thread(self.ballast.release)

    async def _look_at_the_room(self) -> None:
        now_s = time.monotonic()
        if self.ballast is None or now_s < self._looked_at_s + _LOOK_EVERY_S:
            return
        self._looked_at_s = now_s
        await asyncio.to_thread(self.ballast.release_if_low)

    async def load_state(self) -> None:
        """See whether a newer version made the file, and continue the clock where its last change left it."""
        async with self.reading() as connection:
            version = await connection.exec_driver_sql("PRAGMA user_version")
            if version.scalar_one() > FORMAT_VERSION:
                self.mark_newer(f"{self.path.name} was made by a newer version of HyperSpot.")
            rows: Any = await connection.exec_driver_sql("SELECT key, value FROM modkit_meta")
            meta = {str(key): str(value) for key, value in rows.all()}
        self.erasing_unfinished = any(key.startswith(ERASE_MARK) for key in meta)
        self.clock = HybridClock(node=meta["node"])
        if meta["hlc"]:
            self.clock.observe(meta["hlc"])

    async def start_over(self) -> None:
        """Set the file aside as ``<name>.set-aside`` (replacing an earlier one) and go on with an empty one.

        For rebuildable files that turn out damaged or deleted. Tables are missing until they are migrated again.

        Raises:
            ReadOnlyHome, NoSpace: the file could not be replaced.
            DatabaseLocked: somebody went on reading or writing for longer than 30 s.
        """
        async with self.writer_turn():
            async with self._replacing:
                await self._wait_for_readers()
                await self.close()
                await asyncio.to_thread(_set_aside, self.path)
                await asyncio.to_thread(_prepare, self.path, self.key, True)
            await self.load_state()
            self.changed_since_backup = False

    async def replaced_by(self, make: Callable[[Path, DataKey, Path], None]) -> None:
        """Go on with the new file that ``make(path, key, fresh)`` writes to ``fresh``, on a thread and with every
        writer of this process held back. When it fails, the file is as it was.

        Raises:
            NotErased: see there; or whatever ``make`` raises.
            DatabaseLocked: somebody went on reading or writing for longer than 30 s.
        """
        # To its end, also when cancelled: nobody may begin to write while a file changes places.
        replacing = asyncio.ensure_future(self._replace(make))
        try:
            await asyncio.shield(replacing)
        except asyncio.CancelledError:
            await asyncio.wait([replacing])
            raise

    async def _replace(self, make: Callable[[Path, DataKey, Path], None]) -> None:
        # Swept at the next start when a kill leaves it.
        fresh = self.path.with_name(f"{self.path.name}.new-{os.getpid()}")
        async with self.writer_turn():
            try:
                await asyncio.to_thread(unlink_quietly, fresh)
                await asyncio.to_thread(make, self.path, self.key, fresh)
                async with self._replacing:
                    await self._wait_for_readers()
                    await self.close()
                    await asyncio.to_thread(put_in_place, fresh, self.path)
            finally:
                await asyncio.to_thread(unlink_quietly, fresh, fresh.with_name(fresh.name + "-journal"))

    async def _wait_for_readers(self) -> None:
        try:
            async with asyncio.timeout(_WRITER_WAIT_S):
                while self._reading:
                    self._nobody_reads.clear()
                    await self._nobody_reads.wait()
        except TimeoutError as err:
            raise DatabaseLocked(self.path) from err

    async def close(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        await self._readers.dispose()
        await self._writer.dispose()


def _engine(path: Path, key: DataKey, options: OpenOptions, *, size: int, read_only: bool) -> AsyncEngine:
    def connect() -> sqlcipher.Connection:
        return open_connection(path, key, options, read_only=read_only)

    async def creator(*_: Any, **__: Any) -> aiosqlite.Connection:
        return await OneVisitConnection(connect).opened()

    engine = create_async_engine(
        "sqlite+aiosqlite:///file",  # only the dialect and "it is a file" are taken from here
        async_creator=creator,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=size,
        max_overflow=0,
        # Sessions and snapshots end their transactions themselves; once more would be one more visit to the thread.
        pool_reset_on_return=None if read_only else "rollback",
        pool_timeout=_WRITER_WAIT_S,
        # Values (messages!) must not appear in the text of an exception.
        hide_parameters=True,
    )
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine.sync_engine, "begin")
    def start_transaction(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


async def open_database_file(
    path: Path, key: DataKey, options: OpenOptions | None = None, *, create: bool = True
) -> DatabaseFile:
    """Open a file, or make it when there is none and ``create`` is set.

    Raises:
        OpenError: the file is not ours, damaged, or not accessible; it is left as it was.
        DatabaseLocked: another process holds it.
        NoSpace: no room to create it.
    """
    options = options or OpenOptions()
    existed = await asyncio.to_thread(_prepare, path, key, create)
    file = DatabaseFile(path, key, options)
    # The tables that the first start makes one after the other are not worth a copy in between.
    file.changed_since_backup = existed
    try:
        await file.load_state()
    except BaseException as err:
        await asyncio.shield(file.close())
        if (translated := translate_error(err, path)) is not None:
            raise translated from err
        raise
    return file


def _set_aside(path: Path) -> None:
    try:
        set_aside(path)
    except OSError as err:
        raise ReadOnlyHome(path) from err


def _prepare(path: Path, key: DataKey, create: bool) -> bool:
    """Make the file if it may be made, then look at it; says whether it existed."""
    finish_restore(path, key)
    existed = path.exists()
    if not existed:
        if remains := remains_of(path):
            raise LostDatabase(path, remains)
        if not create:
            raise MissingDatabase(path)
        _create(path, key)
    probe(path, key)
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise ReadOnlyHome(path)
    return existed


def _create(path: Path, key: DataKey) -> None:
    # Made under another name and renamed when complete: an empty file under the real name is always damage.
    fresh = path.with_name(f"{path.name}.new-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        _write_format(fresh, key)
        fresh.chmod(0o600)
        fresh.replace(path)
        fsync_folder(path.parent)
    except OSError as err:
        raise NoSpace(path) if err.errno == errno.ENOSPC else ReadOnlyHome(path) from err
    except sqlcipher.Error as err:
        raise translate_open_error(err, path) from err
    finally:
        unlink_quietly(fresh, fresh.with_name(fresh.name + "-journal"))


def _write_format(path: Path, key: DataKey) -> None:
    connection = raw_connect(path, key, "rwc")
    try:
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("BEGIN IMMEDIATE")
        for statement in FORMAT_STATEMENTS:
            connection.execute(statement)
        connection.execute("INSERT INTO modkit_meta (key, value) VALUES ('node', ?)", (secrets.token_hex(4),))
        connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
        connection.execute("COMMIT")
    finally:
        connection.close()
