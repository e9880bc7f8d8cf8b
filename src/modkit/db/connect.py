"""Opens one SQLCipher connection: sets the key, then sets and checks every pragma that durability rests on."""

from __future__ import annotations

import contextlib
import errno
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db.errors import (
    DatabaseError,
    ForeignDatabase,
    MissingDatabase,
    NoSpace,
    ReadOnlyHome,
    TruncatedDatabase,
    UnreadableDatabase,
)
from modkit.db.translate import translate_open_error
from modkit.keys.data_key import DataKey

PAGE_BYTES = 4096
BUSY_TIMEOUT_MS = 5000
PLAIN_HEADER = b"SQLite format 3\x00"
PROBE_SUFFIX = ".probe-"


@dataclass(frozen=True, slots=True)
class OpenOptions:
    """How a file is opened. ``busy_timeout_ms`` is how long SQLite waits for another process."""

    busy_timeout_ms: int = BUSY_TIMEOUT_MS
    synchronous: str = "FULL"
    cache_kib: int = 8192


def uri_of(path: Path, mode: str, *, immutable: bool = False) -> str:
    """The SQLite URI of a file; quotes what a path may contain (spaces, ``?``, non-ASCII)."""
    return f"{path.absolute().as_uri()}?mode={mode}{'&immutable=1' if immutable else ''}"


def raw_connect(path: Path, key: DataKey, mode: str, *, immutable: bool = False) -> sqlcipher.Connection:
    """A keyed connection without further pragmas. Nothing is read yet, so a wrong key is not noticed here."""
    connection = sqlcipher.connect(
        uri_of(path, mode, immutable=immutable), uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        # Its own log goes to stderr and only repeats what the errors say.
        connection.execute("PRAGMA cipher_log_level = NONE")
        # The x'..' form is the key itself: no derivation, so opening costs nothing.
        connection.execute(f"PRAGMA key = \"x'{key.raw.hex()}'\"")
        # Plain text must not reach temporary files.
        connection.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        connection.close()
        raise
    return connection


def probe(path: Path, key: DataKey) -> None:
    """Look at a file without changing a byte of it or beside it. A copy is made only where a log may heal the file.

    Raises:
        OpenError: a kin of it says why the file cannot be ours.
        DatabaseLocked: somebody holds it exclusively.
        NoSpace: no room for that copy.
    """
    if not path.is_file():
        raise MissingDatabase(path) if not path.exists() else ForeignDatabase(path, "not a file")
    size_bytes = path.stat().st_size
    try:
        with path.open("rb") as file:
            head = file.read(len(PLAIN_HEADER))
    except OSError as err:
        raise UnreadableDatabase(path, err.strerror or str(err)) from err
    if head == PLAIN_HEADER:
        raise ForeignDatabase(path, "an unencrypted SQLite file")
    if size_bytes < PAGE_BYTES:
        raise TruncatedDatabase(path)
    _probe_with_key(path, key, size_bytes)
    if size_bytes % PAGE_BYTES != 0 and not has_log(path):
        raise TruncatedDatabase(path)


def _probe_with_key(path: Path, key: DataKey, size_bytes: int) -> None:
    try:
        connection = raw_connect(path, key, "ro", immutable=True)
    except sqlcipher.Error as err:
        # It could be read a moment ago: too many files are open, or somebody changes its permissions.
        raise UnreadableDatabase(path, str(err)) from err
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.Error as err:
        if "not a database" in str(err) and has_log(path) and _opens_with_its_log(path, key):
            # A crash while the log was being folded in tore the first page: the log has it whole.
            return
        if "not a database" in str(err) and size_bytes % PAGE_BYTES != 0:
            # With the right key, the first page of a file that was merely cut off would have verified.
            raise ForeignDatabase(path, "something else") from err
        if "malformed" in str(err) and has_log(path):
            # A crash while the log was being folded in: the file alone is behind its own header, the log heals it.
            return
        raise translate_open_error(err, path) from err
    finally:
        connection.close()


def _opens_with_its_log(path: Path, key: DataKey) -> bool:
    """Whether file and log together can be read; tried on a copy, for whoever reads a log also writes beside it."""
    try:
        with tempfile.TemporaryDirectory(prefix=f"{path.name}{PROBE_SUFFIX}", dir=path.parent) as folder:
            copy = Path(folder) / path.name
            shutil.copyfile(path, copy)
            shutil.copyfile(log_of(path), log_of(copy))
            return _opens(copy, key)
    except OSError as err:
        if err.errno == errno.ENOSPC:
            raise NoSpace(path) from err
        raise ReadOnlyHome(path) from err


def _opens(path: Path, key: DataKey) -> bool:
    try:
        with contextlib.closing(raw_connect(path, key, "rw")) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.Error:
        return False
    return True


def log_of(path: Path) -> Path:
    """Where a database keeps its write-ahead log: what was committed and not yet folded into the file."""
    return path.with_name(path.name + "-wal")


def has_log(path: Path) -> bool:
    """Whether something committed may be missing from the file itself."""
    log = log_of(path)
    return log.exists() and log.stat().st_size > 0


def open_connection(path: Path, key: DataKey, options: OpenOptions, *, read_only: bool) -> sqlcipher.Connection:
    """A connection ready for use; blocks, so call it in a thread.

    ``read_only`` connections refuse writes but still take part in the write-ahead log.

    Raises:
        OpenError, DatabaseLocked, NoSpace: see their docstrings.
    """
    try:
        connection = raw_connect(path, key, "rw")
    except sqlcipher.Error as err:
        raise translate_open_error(err, path) from err
    try:
        _configure(connection, options, read_only=read_only)
    except sqlcipher.Error as err:
        connection.close()
        raise translate_open_error(err, path) from err
    except BaseException:
        connection.close()
        raise
    return connection


_SYNCHRONOUS = {"OFF": 0, "NORMAL": 1, "FULL": 2, "EXTRA": 3}


def _configure(connection: sqlcipher.Connection, options: OpenOptions, *, read_only: bool) -> None:
    # Waiting first: switching to WAL may have to wait for another process.
    _set(connection, "busy_timeout", options.busy_timeout_ms, options.busy_timeout_ms)
    _set(connection, "journal_mode", "WAL", "wal")
    _set(connection, "synchronous", options.synchronous, _SYNCHRONOUS[options.synchronous])
    # On macOS fsync alone leaves data in the drive's cache.
    _set(connection, "fullfsync", 1, 1)
    _set(connection, "checkpoint_fullfsync", 1, 1)
    _set(connection, "foreign_keys", 1, 1)
    _set(connection, "trusted_schema", 0, 0)
    _set(connection, "cache_size", -options.cache_kib, -options.cache_kib)
    # Locking every page buffer in memory costs a third of the speed and fails under usual mlock limits; what it
    # protects (this process's memory) also holds the shown conversation.
    _set(connection, "cipher_memory_security", 0, 0)
    _set(connection, "query_only", int(read_only), int(read_only))
    _expect(connection, "temp_store", 2)
    _expect(connection, "encoding", "UTF-8")


def _set(connection: sqlcipher.Connection, pragma: str, value: object, expected: object) -> None:
    connection.execute(f"PRAGMA {pragma} = {value}").fetchall()
    _expect(connection, pragma, expected)


def _expect(connection: sqlcipher.Connection, pragma: str, expected: object) -> None:
    row = connection.execute(f"PRAGMA {pragma}").fetchone()
    if row is None or str(row[0]).lower() != str(expected).lower():
        raise DatabaseError(
            f"The database engine refused {pragma} = {expected}.",
            action="Keep the home on a local disk (not on a network share) and try again.",
        )
