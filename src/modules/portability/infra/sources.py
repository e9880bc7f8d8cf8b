"""Opens what is to be imported: a file, a folder or a ZIP, within limits and without ever unpacking to the disk."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from modkit.db.files import os_reason
from modules.portability.contract import ArchiveDamaged, TooLarge, UnknownHistory
from modules.portability.domain.ports import Source

_SUFFIXES = (".json", ".jsonl", ".chat")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes after unpacking."""

    file_bytes: int
    total_bytes: int
    files: int

    def check(self, name: str, sizes: Sequence[int]) -> None:
        """
        Raises:
            TooLarge: it is more than an import may take.
        """
        if len(sizes) > self.files:
            raise TooLarge(f"{name} holds {len(sizes)} files, more than the {self.files} that an import may have.")
        if max(sizes, default=0) > self.file_bytes:
            raise TooLarge(f"{name} holds a file of more than {self.file_bytes >> 20} MiB.")
        if sum(sizes) > self.total_bytes:
            raise TooLarge(f"{name} holds more than {self.total_bytes >> 20} MiB.")


class FileSources:
    """Implements Sources."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    @contextmanager
    def open(self, path: Path) -> Iterator[Source]:
        try:
            if path.is_dir():
                yield _Folder(path, self._limits)
            elif zipfile.is_zipfile(path) or _begins_as_zip(path):
                with _opened_zip(path) as archive:
                    yield _Zip(path, archive, self._limits)
            elif path.is_file():
                yield _Single(path, self._limits)
            else:
                raise UnknownHistory(f"There is no file {path}.", action="Check its name.")
        except OSError as err:
            raise UnknownHistory(f"{path} cannot be read: {os_reason(err)}.", action="Check its permissions.") from err


class _Single:
    def __init__(self, path: Path, limits: Limits) -> None:
        limits.check(path.name, [path.stat().st_size])
        self.name = path.name
        self._path, self._limits = path, limits

    def names(self) -> Sequence[str]:
        return (self._path.name,)

    def read(self, name: str) -> bytes:
        return _read_file(self._path, self._limits)


class _Folder:
    """The JSON files below a folder; links are not followed."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.name = folder.name
        self._folder, self._limits = folder, limits
        found = sorted(_files_below(folder, limits.files))
        limits.check(self.name, [size for _, size in found])
        self._names = tuple(name for name, _ in found)

    def names(self) -> Sequence[str]:
        return self._names

    def read(self, name: str) -> bytes:
        return _read_file(self._folder / name, self._limits)


class _Zip:
    def __init__(self, path: Path, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.name = path.name
        self._archive = archive
        self._members = _checked_members(path.name, archive, limits)

    def names(self) -> Sequence[str]:
        return sorted(self._members)

    def read(self, name: str) -> bytes:
        info = self._members[name]
        try:
            with self._archive.open(info) as member:
                data = member.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as err:
            raise ArchiveDamaged(f"{name} in {self.name} cannot be unpacked.") from err
        if len(data) != info.file_size:
            raise ArchiveDamaged(f"{name} in {self.name} is not as long as the archive says.")
        return data


def _begins_as_zip(path: Path) -> bool:
    """Also one whose end, where the list of its files stands, is missing: a download that was cut off."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


@contextmanager
def _opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as err:
        raise ArchiveDamaged(f"{path.name} is a damaged ZIP file.") from err
    with archive:
        yield archive


def _checked_members(name: str, archive: zipfile.ZipFile, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """The files of a ZIP by name; nothing of them is unpacked yet."""
    members: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        if info.is_dir():
            continue
        _check_name(name, info)
        if info.filename in members:
            raise ArchiveDamaged(f"{name} holds {info.filename!r} twice.")
        members[info.filename] = info
    wanted = {one: info for one, info in members.items() if one.endswith(_SUFFIXES)}
    limits.check(name, [info.file_size for info in wanted.values()])
    for info in wanted.values():
        if info.flag_bits & _ENCRYPTED:
            raise ArchiveDamaged(f"{info.filename} in {name} is locked with a password.")
        if info.compress_type not in _METHODS:
            raise ArchiveDamaged(f"{info.filename} in {name} is packed in a way that is not used here.")
    return wanted


def _check_name(archive_name: str, info: zipfile.ZipInfo) -> None:
    name = info.filename
    # Nothing is ever unpacked to such a place; but who makes such names means harm.
    climbs = PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name or ":" in name[:3]
    if climbs:
        raise ArchiveDamaged(f"{archive_name} holds a file with the forbidden name {name!r}.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ArchiveDamaged(f"{archive_name} holds the link {name!r}.")


def _files_below(folder: Path, most: int) -> Iterator[tuple[str, int]]:
    seen = 0
    for at, _, names in os.walk(folder, followlinks=False):
        for name in names:
            path = Path(at, name)
            if not name.endswith(_SUFFIXES) or path.is_symlink():
                continue
            seen += 1
            if seen > most:
                raise TooLarge(f"{folder.name} holds more than {most} files.")
            yield path.relative_to(folder).as_posix(), path.stat().st_size


def _read_file(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except OSError as err:
        raise ArchiveDamaged(f"{path.name} cannot be read: {os_reason(err)}.", action="Check the disk.") from err
    if len(data) > limits.file_bytes:
        raise TooLarge(f"{path.name} has more than {limits.file_bytes >> 20} MiB.")
    return data
