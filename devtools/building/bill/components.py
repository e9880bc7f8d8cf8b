"""What a component is, and the list of those that no package's metadata tells of (``packaging/components.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from devtools.building.bill.spdx import Licence


@dataclass(frozen=True)
class Text:
    """A licence text, by the name that its file had; ``telling`` when that name says by itself whose it is."""

    name: str
    content: str
    telling: bool = False


@dataclass(frozen=True)
class Component:
    """Something by others that is in the program. ``parts`` are inside it, and have no files of their own."""

    name: str
    version: str
    licence: str
    purl: str
    source: str = ""
    authors: str = ""
    notice: str = ""
    reason: str = ""
    texts: tuple[Text, ...] = ()
    parts: tuple[Component, ...] = ()
    files: tuple[str, ...] = ()
    taken: frozenset[Licence] = frozenset()


@dataclass(frozen=True)
class Entry:
    """One entry of the list, as it is written.

    Files are patterns of paths below the program's folder, modules of names. What is ``within`` a package or another
    entry is a part of it. ``version_of`` asks the environment (or a package, ``package:NAME``); a written ``version``
    is that of the package ``of``, and has to be looked at again when that one changes. ``only_if_found``: there is
    such a component when the environment tells a version of it. ``parts`` are licences of what else is in it, by name:
    no version of that can be read, and its texts are among those of the whole.
    """

    name: str
    licence: str
    files: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    within: str = ""
    version: str = ""
    version_of: str = ""
    of: str = ""
    only_if_found: bool = False
    of_the_system: bool = False
    purl: str = ""
    source: str = ""
    texts: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""
    reason: str = ""

    def has_file(self, path: str) -> bool:
        return any(fnmatchcase(path, pattern) for pattern in self.files)

    def has_module(self, name: str) -> bool:
        return any(fnmatchcase(name, pattern) for pattern in self.modules)


@dataclass(frozen=True)
class Note:
    """What is known of a package besides its metadata.

    ``leave_texts`` are patterns of texts that concern other systems; ``passed_over_bill`` is the reason why the bill
    that it brings along is not believed.
    """

    licence: str = ""
    texts: tuple[str, ...] = ()
    leave_texts: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    passed_over_bill: str = ""
    source: str = ""
    notice: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Listing:
    """The whole list: the licences that may be shipped, whose files are ours, notes on packages, and the entries."""

    allowed: frozenset[str]
    own_files: tuple[str, ...] = ()
    own_modules: tuple[str, ...] = ()
    notes: Mapping[str, Note] = field(default_factory=dict)
    part_licences: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()


def read_listing(path: Path) -> Listing:
    """
    Raises:
        TypeError: something has a key that there is not.
    """
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    return Listing(
        allowed=frozenset(said["allowed"]),
        own_files=tuple(said["own"]["files"]),
        own_modules=tuple(said["own"]["modules"]),
        notes={name: Note(**_frozen(note)) for name, note in said.get("package", {}).items()},
        part_licences=said.get("part_licences", {}),
        entries=tuple(Entry(**_frozen(one)) for one in said["component"]),
    )


def _frozen(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
