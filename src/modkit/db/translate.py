"""Turns errors of the SQLite driver into our own, in one place."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db.errors import (
    ConstraintViolated,
    DamagedDatabase,
    DatabaseError,
    DatabaseIoError,
    DatabaseLocked,
    InvalidStatement,
    NoSpace,
    ReadOnlyDatabase,
    ReadOnlyHome,
    TruncatedDatabase,
    WrongKey,
)

# Less than a few pages free: a failed write is a full disk, whatever the operating system called it.
_FULL_BELOW_BYTES = 256 * 1024


def driver_error(err: BaseException) -> sqlcipher.Error | None:
    """The driver's own error inside ``err``, however SQLAlchemy wrapped it."""
    inner = err.orig if isinstance(err, DBAPIError) else err
    return inner if isinstance(inner, sqlcipher.Error) else None


def _name(err: sqlcipher.Error) -> str:
    """SQLite's result code such as ``SQLITE_BUSY_SNAPSHOT``; empty for errors the driver made itself."""
    return getattr(err, "sqlite_errorname", None) or ""


def translate_open_error(err: sqlcipher.Error, path: Path) -> DatabaseError:
    """What a failure to open means; the file has not been changed."""
    name = _name(err)
    if name.startswith("SQLITE_NOTADB"):
        return WrongKey(path)
    if name.startswith("SQLITE_CORRUPT"):
        # The first page verified, so what SQLite misses lies further on: the header counts more pages than there are.
        return TruncatedDatabase(path) if "malformed" in str(err) else DamagedDatabase(path, str(err))
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
        return ReadOnlyHome(path)
    return translate_error(err, path) or DatabaseIoError(path, str(err))


def translate_error(err: BaseException, path: Path) -> DatabaseError | None:
    """Our error for a failed statement; None when ``err`` is none of the driver's or the pool's."""
    if isinstance(err, PoolTimeout):
        return DatabaseLocked(path)
    inner = driver_error(err)
    if inner is None:
        return None
    name = _name(inner)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DatabaseLocked(path)
    if name.startswith("SQLITE_FULL"):
        return NoSpace(path)
    if name.startswith("SQLITE_IOERR"):
        return NoSpace(path) if _disk_is_full(path) else DatabaseIoError(path, name)
    return _translate_rest(inner, name, path)


def _translate_rest(inner: sqlcipher.Error, name: str, path: Path) -> DatabaseError:
    if name.startswith("SQLITE_CONSTRAINT"):
        return ConstraintViolated(str(inner))
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DamagedDatabase(path, str(inner))
    if name.startswith("SQLITE_READONLY"):
        return ReadOnlyDatabase("this connection may only read.") if os.access(path, os.W_OK) else ReadOnlyHome(path)
    if name.startswith("SQLITE_CANTOPEN"):
        return ReadOnlyHome(path)
    # What is left is SQL that SQLite does not understand or values it cannot bind: our mistake.
    return InvalidStatement(f"The database refused a statement: {inner}.")


def _disk_is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _FULL_BELOW_BYTES
    except OSError:
        return False
