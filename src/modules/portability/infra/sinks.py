"""Writes files, folders and archives so that they are complete under their names, or not there."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from modkit.db.files import fsync_folder, os_reason, unlink_quietly
from modules.portability.contract import CannotWrite, TargetExists
from modules.portability.domain.ports import Sink

# The same content gives the same bytes, whenever it is written.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


class FileSinks:
    """Implements Sinks."""

    def file(self, target: Path, *, replace: bool) -> Sink:
        return _FileSink(target, replace)

    def folder(self, target: Path) -> Sink:
        return _FolderSink(target)

    def archive(self, target: Path, *, replace: bool, about: dict[str, Any]) -> Sink:
        return _ArchiveSink(target, replace, about)


class _Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...


class _FileSink:
    def __init__(self, target: Path, replace: bool) -> None:
        _check_free(target, replace)
        self._target, self._replace = target, replace
        self._part = _part_of(target)
        with _cannot_write(target):
            self._file: BinaryIO = self._part.open("wb")
        self._bytes = 0

    def add(self, name: str, pieces: Iterable[str | bytes]) -> None:
        with _cannot_write(self._target):
            self._bytes += _write(self._file, pieces)

    def finish(self) -> tuple[int, int]:
        with _cannot_write(self._target):
            _close_durably(self._file)
            _check_free(self._target, self._replace)
            self._part.replace(self._target)
            fsync_folder(self._target.parent)
        return 1, self._bytes

    def abandon(self) -> None:
        _close_quietly(self._file)
        unlink_quietly(self._part)


class _FolderSink:
    def __init__(self, target: Path) -> None:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise TargetExists(target)
        self._target = target
        self._part = _part_of(target)
        with _cannot_write(target):
            self._part.mkdir()
        self._files = self._bytes = 0

    def add(self, name: str, pieces: Iterable[str | bytes]) -> None:
        with _cannot_write(self._target):
            file = (self._part / name).open("xb")
            try:
                self._bytes += _write(file, pieces)
            finally:
                _close_durably(file)
        self._files += 1

    def finish(self) -> tuple[int, int]:
        with _cannot_write(self._target):
            fsync_folder(self._part)
            if self._target.exists():
                self._target.rmdir()
            self._part.replace(self._target)
            fsync_folder(self._target.parent)
        return self._files, self._bytes

    def abandon(self) -> None:
        shutil.rmtree(self._part, ignore_errors=True)


class _ArchiveSink:
    """A ZIP whose last member is the manifest: names, sizes and checksums of all others."""

    def __init__(self, target: Path, replace: bool, about: dict[str, Any]) -> None:
        _check_free(target, replace)
        self._target, self._replace, self._about = target, replace, about
        self._part = _part_of(target)
        with _cannot_write(target):
            self._file: BinaryIO = self._part.open("wb")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)
        self._listed: list[dict[str, Any]] = []

    def add(self, name: str, pieces: Iterable[str | bytes]) -> None:
        digest = hashlib.sha256()
        with _cannot_write(self._target), self._zip.open(_member(name), "w", force_zip64=True) as member:
            size = _write(member, pieces, digest)
        self._listed.append({"path": name, "size_bytes": size, "sha256": digest.hexdigest()})

    def finish(self) -> tuple[int, int]:
        manifest = json.dumps({**self._about, "files": self._listed}, ensure_ascii=False, indent=1) + "\n"
        with _cannot_write(self._target):
            self._zip.writestr(_member("manifest.json"), manifest)
            self._zip.close()
            _close_durably(self._file)
            _check_free(self._target, self._replace)
            size = self._part.stat().st_size
            self._part.replace(self._target)
            fsync_folder(self._target.parent)
        return 1, size

    def abandon(self) -> None:
        # Closing the ZIP would write its directory; without the file nothing of it can be finished.
        _close_quietly(self._file)
        self._zip.fp = None
        unlink_quietly(self._part)


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _ZIP_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    # Readable by its owner only, where somebody unpacks it: these are private texts.
    info.external_attr = 0o600 << 16
    return info


def _write(file: Any, pieces: Iterable[str | bytes], digest: _Digest | None = None) -> int:
    """Write pieces in chunks of some size; gives the number of bytes."""
    total = 0
    for chunk in _chunks(pieces):
        file.write(chunk)
        total += len(chunk)
        if digest is not None:
            digest.update(chunk)
    return total


def _chunks(pieces: Iterable[str | bytes]) -> Iterator[bytes]:
    gathered = io.BytesIO()
    for piece in pieces:
        gathered.write(piece.encode() if isinstance(piece, str) else piece)
        if gathered.tell() >= 1 << 18:
            yield gathered.getvalue()
            gathered = io.BytesIO()
    yield gathered.getvalue()


def _part_of(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.part")


def _close_durably(file: BinaryIO) -> None:
    try:
        file.flush()
        os.fsync(file.fileno())
    finally:
        file.close()


def _close_quietly(file: BinaryIO) -> None:
    """Close a file that nobody wants any more: what a full disk refuses is not worth a word."""
    with suppress(OSError):
        file.close()


def _check_free(target: Path, replace: bool) -> None:
    if target.is_dir() or (target.exists() and not replace):
        raise TargetExists(target)


@contextmanager
def _cannot_write(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as err:
        raise CannotWrite(target, os_reason(err)) from err
