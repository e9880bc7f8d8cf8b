"""Whose every file and every module of the frozen program is."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from devtools.building.bill.components import Entry, Listing

INTERNAL = "_internal/"
PYTHON = "CPython"
"""The entry that the modules of the standard library belong to."""
OWN = ""
"""Stands for ourselves as an owner."""


@dataclass(frozen=True)
class Mapped:
    """Files by the package and by the entry that they belong to, and those that belong to none."""

    packages: Mapping[str, list[str]] = field(default_factory=dict)
    entries: Mapping[str, list[str]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


class Mapper:
    """Knows the list, and which package has which file of the folder of packages."""

    def __init__(self, listing: Listing, owners: Mapping[str, str]) -> None:
        self._listing = listing
        self._owners = owners
        self._folders = _folders(owners)

    def map(self, files: Iterable[str], modules: Iterable[str]) -> Mapped:
        """Files are paths below the program's folder; modules are those inside the executable."""
        packages: dict[str, list[str]] = {}
        entries: dict[str, list[str]] = {}
        unknown: list[str] = []
        whose = [(path, self.owner_of_file(path)) for path in files]
        whose += [(f"module {name}", self.owner_of_module(name)) for name in modules]
        for name, owner in whose:
            if owner is None:
                unknown.append(name)
            elif isinstance(owner, Entry):
                entries.setdefault(owner.name, []).append(name)
            elif owner != OWN:
                packages.setdefault(owner, []).append(name)
        return Mapped(packages, entries, tuple(unknown))

    def owner_of_file(self, path: str) -> Entry | str | None:
        """An entry, a package's name, OWN, or None when nobody knows it. What is written by hand goes first."""
        entry = next((one for one in self._listing.entries if one.has_file(path)), None)
        if entry is not None:
            return entry
        if _any(path, self._listing.own_files):
            return OWN
        return self._owners.get(path.removeprefix(INTERNAL)) if path.startswith(INTERNAL) else None

    def owner_of_module(self, name: str) -> Entry | str | None:
        if _any(name, self._listing.own_modules):
            return OWN
        entry = next((one for one in self._listing.entries if one.has_module(name)), None)
        if entry is not None:
            return entry
        path = name.replace(".", "/")
        owner = self._owners.get(f"{path}.py") or self._owners.get(f"{path}/__init__.py")
        if owner is not None:
            return owner
        if name.partition(".")[0] in sys.stdlib_module_names:
            return next((one for one in self._listing.entries if one.name == PYTHON), None)
        # A folder that several packages share is no file of any of them.
        return OWN if path in self._folders else None


def files_of(program: Path) -> list[str]:
    """All files below the program's folder, in order; a link is only another name."""
    paths = (path for path in sorted(program.rglob("*")) if path.is_file() and not path.is_symlink())
    return [path.relative_to(program).as_posix() for path in paths]


def _any(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _folders(paths: Iterable[str]) -> Collection[str]:
    folders: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    return folders
