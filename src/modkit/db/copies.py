"""Opens a copy of a database (a backup) as one module sees it, without changing a byte of it."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from modkit.db.connect import PROBE_SUFFIX
from modkit.db.database import Database
from modkit.db.engine import DatabaseFile, open_database_file
from modkit.db.errors import BackupDamaged, NoSpace, ReadOnlyHome
from modkit.db.migrations import Migration, migrate
from modkit.db.verify import verify_backup
from modkit.keys.data_key import DataKey


@asynccontextmanager
async def opened_copy(
    beside: DatabaseFile, path: Path, module: str, migrations: Sequence[Migration], *, key: DataKey | None = None
) -> AsyncIterator[Database]:
    """A module's handle on ``path``, whose tables are brought up to date in a throw-away copy beside the open file.

    ``key``: of a file that was made with another one than the open file. What is written through the handle is lost.

    Raises:
        BackupDamaged: it is not usable, or made with another key.
        NoSpace, ReadOnlyHome: there is no place for the throw-away copy.
        MigrationFailed: it is too strange to be brought up to date.
    """
    key = key or beside.key
    await asyncio.to_thread(verify_backup, path, key)
    folder = await asyncio.to_thread(_throw_away_copy, path, beside.path)
    try:
        file = await open_database_file(folder / path.name, key, create=False)
        # A copy needs no copy of its own before its tables change.
        file.rebuildable = True
        try:
            await migrate(file, module, migrations)
            yield Database(module, file)
        finally:
            await asyncio.shield(file.close())
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def _throw_away_copy(path: Path, beside: Path) -> Path:
    """A new folder that holds a copy. After a kill the next start sweeps it away, by its name."""
    try:
        if shutil.disk_usage(beside.parent).free < path.stat().st_size:
            raise NoSpace(beside)
        folder = Path(tempfile.mkdtemp(prefix=f"{beside.name}{PROBE_SUFFIX}", dir=beside.parent))
    except FileNotFoundError as err:
        raise BackupDamaged(path, "it is gone") from err
    except OSError as err:
        raise ReadOnlyHome(beside) from err
    try:
        shutil.copyfile(path, folder / path.name)
    except OSError as err:
        shutil.rmtree(folder, ignore_errors=True)
        raise BackupDamaged(path, err.strerror or str(err)) from err
    return folder
