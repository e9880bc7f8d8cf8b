"""Gives the host its databases: one encrypted file may serve several modules, each through its own handle."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from loguru import logger

from modkit.db import ballast
from modkit.db.ballast import Ballast
from modkit.db.connect import BUSY_TIMEOUT_MS, PROBE_SUFFIX, OpenOptions
from modkit.db.database import Database
from modkit.db.engine import DatabaseFile, open_database_file
from modkit.db.errors import (
    DAMAGE,
    DamagedDatabase,
    DatabaseError,
    LostDatabase,
    MissingDatabase,
    NothingToRepair,
    NotRepaired,
    OpenError,
)
from modkit.db.files import set_aside, unlink_quietly
from modkit.db.migrations import Migration, MigrationReport, migrate
from modkit.db.recovery.record_of_checks import forget_check, last_check
from modkit.db.repair_notes import note_repair
from modkit.db.restore import PARTIAL_SUFFIX
from modkit.db.translate import translate_error
from modkit.errors import ErrorKind
from modkit.keys.data_key import DataKey

if TYPE_CHECKING:
    from modkit.config.database import DatabaseSettings
    from modkit.db.recovery.report import RepairReport

REBUILDABLE = frozenset({"index.db"})
"""The names of files that are not worth a backup: what is in them can be made again."""


class KeySource(Protocol):
    """Where the key comes from; ``modkit.keys.KeyStore`` is one."""

    async def open_or_create(self) -> DataKey:
        """The key, made at the very first start."""


class UnsupportedEngine(DatabaseError):
    kind = ErrorKind.UNSUPPORTED

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} cannot be used for a module's database here.",
            action="Use engine: sqlite with a file in the configuration.",
        )


class SqlCipherProvider:
    """Opens encrypted SQLite files below a home; asks for the key once, when the first one is opened.

    ``rebuildable`` names files that are not worth a backup before a migration, and that are set aside and made anew
    when they are damaged, so that nothing else has to wait for somebody to repair them.
    """

    def __init__(self, key_source: KeySource, home: Path, *, rebuildable: frozenset[str] = REBUILDABLE) -> None:
        self._key_source = key_source
        self._home = home
        self._rebuildable = rebuildable
        self._key: DataKey | None = None
        self._files: dict[Path, DatabaseFile] = {}
        self._handles: dict[str, Database] = {}
        self._opening = asyncio.Lock()
        self.repairs: tuple[RepairReport, ...] = ()
        """What was repaired while files were opened: for telling the user."""

    @property
    def files(self) -> tuple[DatabaseFile, ...]:
        """The open files: for backups and for telling the user that one is read-only."""
        return tuple(self._files.values())

    async def open(self, module_name: str, settings: DatabaseSettings) -> Database:
        """The module's own handle; always the same one for the same module.

        Raises:
            UnsupportedEngine: not an SQLite file.
            OpenError, DatabaseLocked, NoSpace: the file could not be opened.
            KeyUnavailable: there is a key, but it cannot be had now.
        """
        async with self._opening:
            if module_name not in self._handles:
                file = await self._file(settings)
                self._handles[module_name] = Database(module_name, file)
            return self._handles[module_name]

    async def migrate(self, module_name: str, migrations: Sequence[Migration]) -> MigrationReport:
        """Bring an opened module's tables up to date; see ``modkit.db.migrate``."""
        file = self._handles[module_name].file
        try:
            return await migrate(file, module_name, migrations)
        except Exception as err:
            if not file.rebuildable or not _is_damage(err, file.path):
                raise
            logger.warning("{} is damaged; it is set aside and made anew", file.path.name)
            await file.start_over()
            await asyncio.to_thread(_note_made_anew, file.path)
            return await migrate(file, module_name, migrations)

    async def close(self) -> None:
        """Close every file; calling it again does nothing."""
        files, self._files = self.files, {}
        self._handles.clear()
        for file in files:
            await file.close()

    async def _file(self, settings: DatabaseSettings) -> DatabaseFile:
        if settings.engine != "sqlite":
            raise UnsupportedEngine(f"The engine {settings.engine}")
        if settings.path is None:
            raise UnsupportedEngine("An in-memory database")
        path = settings.path.absolute()
        if path not in self._files:
            self._files[path] = await self._open_file(path, settings)
        return self._files[path]

    async def _open_file(self, path: Path, settings: DatabaseSettings) -> DatabaseFile:
        if not settings.auto_provision and not path.parent.is_dir():
            raise MissingDatabase(path)
        if self._key is None:
            self._key = await self._key_source.open_or_create()
        file = await self._opened(path, self._key, settings)
        file.rebuildable = path.name in self._rebuildable
        file.backup_folder = self._home / "backups"
        file.companions = (self._home / "keys" / "keyring.json",)
        await asyncio.to_thread(_sweep, path, file.backup_folder)
        if not file.rebuildable:
            file.ballast = Ballast(path.with_name(path.name + ballast.SUFFIX), size_bytes=ballast.SIZE_BYTES)
        return file

    async def _opened(self, path: Path, key: DataKey, settings: DatabaseSettings) -> DatabaseFile:
        options = _options(settings)
        rebuildable = path.name in self._rebuildable
        if settings.auto_repair and not rebuildable:
            await self._repair_what_a_check_found(path, key)
        try:
            return await open_database_file(path, key, options)
        except DAMAGE as err:
            # A file that is gone may come back, with its drive or by hand: what replaces it is for the user to say.
            by_itself = settings.auto_repair and not isinstance(err, LostDatabase)
            if not rebuildable and not (by_itself and await self._repaired(path, key, err)):
                raise
            if rebuildable:
                logger.warning("{} It is set aside and made anew.", err.sentence)
                await asyncio.to_thread(set_aside, path)
                await asyncio.to_thread(_note_made_anew, path)
            return await open_database_file(path, key, options)

    async def _repair_what_a_check_found(self, path: Path, key: DataKey) -> None:
        found = await asyncio.to_thread(last_check, path)
        if found is None or found.sound or not await asyncio.to_thread(path.exists):
            return
        what = f"pages {', '.join(map(str, found.bad_pages))}" if found.bad_pages else found.fault
        if not await self._repaired(path, key, DamagedDatabase(path, what)):
            # It opens all the same; what can be read of it is better than nothing.
            logger.warning("{} is used as it is", path.name)

    async def _repaired(self, path: Path, key: DataKey, damage: OpenError) -> bool:
        """Try to repair a file that does not open; False when it is as it was."""
        # Loaded only where there is damage: the start has no time for it.
        from modkit.db.recovery.repair import repair_database

        logger.warning("{} It is being repaired.", damage.sentence)
        try:
            report = await asyncio.to_thread(
                repair_database, path, key, [self._home / "backups"], only_with_its_key=True
            )
        except NothingToRepair:
            await asyncio.to_thread(forget_check, path)
            return False
        except NotRepaired as err:
            logger.warning("{}", err.sentence)
            return False
        logger.warning("{} Kept: {}", report.sentence, report.kept and report.kept.name)
        self.repairs += (report,)
        lines = tuple(report.lines())
        await asyncio.to_thread(lambda: note_repair(path, report.sentence, lines=lines, kept=report.kept))
        return True


def _note_made_anew(path: Path) -> None:
    note_repair(path, f"{path.name} was damaged and is made anew; what it held is gathered again, nothing is lost.")


def _is_damage(err: BaseException, path: Path) -> bool:
    """Whether damage of the file is behind an error, however deep."""
    inner: BaseException | None = err
    while inner is not None:
        if isinstance(translate_error(inner, path) or inner, DAMAGE):
            return True
        inner = inner.__cause__
    return False


def _sweep(path: Path, backup_folder: Path) -> None:
    """Remove what a kill left half made; only one process has a home open, so nobody is still at it."""
    for folder, pattern in (
        (path.parent, f"{escape(path.name)}.new-*"),
        (path.parent, f"{escape(path.name)}{PARTIAL_SUFFIX}*"),
        (backup_folder, "*.partial*"),
    ):
        unlink_quietly(*folder.glob(pattern))
    for copy in path.parent.glob(f"{escape(path.name)}{PROBE_SUFFIX}*"):
        shutil.rmtree(copy, ignore_errors=True)


def _options(settings: DatabaseSettings) -> OpenOptions:
    """Only the waiting time and more safety than our own can be configured; less would break the first promise."""
    params = settings.params
    extra = params.get("synchronous", "").upper() == "EXTRA"
    return OpenOptions(
        busy_timeout_ms=int(params.get("busy_timeout", BUSY_TIMEOUT_MS)),
        synchronous="EXTRA" if extra else "FULL",
    )
