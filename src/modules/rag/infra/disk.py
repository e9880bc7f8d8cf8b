"""Looks at the user's files: finds them, reads and hashes them, and never follows a link."""

from __future__ import annotations

import asyncio
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import xxhash

from modules.rag.domain.ports import Content, FoundFile
from modules.rag.infra.ignore import IgnoreRules

_CHUNK = 1 << 20
# Absent on Windows, where opening a link or a device is refused by other means.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class LocalDisk:
    """Implements Disk; everything runs on threads. ``excluded`` is a folder that is left out wherever it lies."""

    def __init__(self, max_bytes: int, excluded: Path | None = None) -> None:
        self._max_bytes = max_bytes
        self._excluded = str(excluded) if excluded is not None else None

    async def look(self, source: Path) -> list[FoundFile] | None:
        return await asyncio.to_thread(self._look, source)

    async def read(self, path: str) -> Content:
        return await asyncio.to_thread(_read, path, self._max_bytes)

    async def content_hash(self, path: str) -> str:
        return await asyncio.to_thread(_hash, path)

    def _look(self, source: Path) -> list[FoundFile] | None:
        try:
            status = source.stat()
        except OSError:
            return None
        if not stat.S_ISDIR(status.st_mode):
            return [self._found(str(source), status)]
        try:
            return list(self._walk(str(source)))
        except OSError:
            return None

    def _walk(self, root: str) -> Iterator[FoundFile]:
        """Every visible file below; a folder that cannot be opened is one entry with its reason.

        Raises:
            OSError: the root itself cannot be opened.
        """
        waiting = [(root, IgnoreRules())]
        while waiting:
            folder, outer = waiting.pop()
            try:
                with os.scandir(folder) as entries:
                    visible = sorted((one for one in entries if not one.name.startswith(".")), key=lambda one: one.name)
            except OSError as error:
                if folder == root:
                    raise
                yield FoundFile(folder, 0, 0, f"The folder cannot be opened: {error.strerror}.", unknown=True)
                continue
            rules = outer.within(folder)
            for entry in visible:
                if rules.ignores(entry.path, is_folder=entry.is_dir(follow_symlinks=False)):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if entry.path != self._excluded:
                        waiting.append((entry.path, rules))
                else:
                    yield from self._entry(entry)

    def _entry(self, entry: os.DirEntry[str]) -> Iterator[FoundFile]:
        try:
            yield self._found(entry.path, entry.stat(follow_symlinks=False))
        except FileNotFoundError:
            return  # it vanished between being listed and being looked at
        except OSError as error:
            yield FoundFile(entry.path, 0, 0, f"It cannot be looked at: {error.strerror}.", unknown=True)

    def _found(self, path: str, status: os.stat_result) -> FoundFile:
        return FoundFile(path, status.st_size, status.st_mtime_ns, self._skip(status))

    def _skip(self, status: os.stat_result) -> str:
        if stat.S_ISLNK(status.st_mode):
            return "It is a link; links are not followed."
        if not stat.S_ISREG(status.st_mode):
            return "It is not a file that could be read: a pipe, a socket or a device."
        if status.st_size > self._max_bytes:
            return f"It is larger than {self._max_bytes >> 20} MiB."
        return ""


def _read(path: str, max_bytes: int) -> Content:
    with _open(path) as file:
        before = os.fstat(file.fileno())
        data = file.read(max_bytes + 1)
        after = os.fstat(file.fileno())
    if len(data) > max_bytes or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise OSError(errno.EAGAIN, "It changed while it was read")
    return Content(data, xxhash.xxh3_128_hexdigest(data), after.st_size, after.st_mtime_ns)


def _hash(path: str) -> str:
    state = xxhash.xxh3_128()
    with _open(path) as file:
        while chunk := file.read(_CHUNK):
            state.update(chunk)
    return state.hexdigest()


def _open(path: str) -> BinaryIO:
    descriptor = os.open(path, _FLAGS)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "It is not a file")
    return os.fdopen(descriptor, "rb")
