"""What the environment's own metadata tells of the packages in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath
from typing import Any

from devtools.building.bill.components import Text

_LICENCE_FILE = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|COPYRIGHT)", re.I)
_CLASSIFIERS = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_SPDX_LIKE = re.compile(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*")


@dataclass(frozen=True)
class Package:
    """One installed distribution."""

    distribution: Distribution

    @cached_property
    def name(self) -> str:
        return normalised(self.distribution.metadata["Name"])

    @property
    def version(self) -> str:
        return self.distribution.version

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Its files, as they lie below the folder of packages."""
        return tuple(PurePosixPath(file).as_posix() for file in self.distribution.files or ())

    @property
    def licence(self) -> str | None:
        """What the metadata says in SPDX's words, or in words that mean only one of them."""
        fields: Mapping[str, Any] = self.distribution.metadata.json
        if fields.get("license_expression"):
            return str(fields["license_expression"])
        said = str(fields.get("license", "")).strip()
        if _SPDX_LIKE.fullmatch(said):
            return said
        known = {_CLASSIFIERS[one] for one in fields.get("classifier", []) if one in _CLASSIFIERS}
        return known.pop() if len(known) == 1 else None

    @property
    def source(self) -> str:
        """Where the project lives, as its metadata says; "" when it does not."""
        fields: Mapping[str, Any] = self.distribution.metadata.json
        links = dict(link.partition(", ")[::2] for link in fields.get("project_url", []))
        by_name = {name.lower(): link for name, link in links.items()}
        wanted = ("source", "source code", "repository", "github", "code", "homepage", "home")
        return next((by_name[name] for name in wanted if name in by_name), str(fields.get("home_page", "")))

    @property
    def authors(self) -> str:
        fields: Mapping[str, Any] = self.distribution.metadata.json
        return str(fields.get("author") or fields.get("author_email") or "")

    def texts(self) -> tuple[Text, ...]:
        """The licence texts that it brings along."""
        return tuple(
            Text("-".join(PurePosixPath(path).parts[1:]).removeprefix("licenses-"), _read(self._path(path)))
            for path in self.paths
            if _is_licence(PurePosixPath(path)) and self._path(path).is_file()
        )

    def bills(self) -> tuple[Mapping[str, Any], ...]:
        """The bills of materials that it brings along (PEP 770), in CycloneDX's form."""
        paths = (self._path(path) for path in self.paths if re.search(r"\.dist-info/sboms/[^/]+\.json$", path))
        return tuple(json.loads(path.read_text(encoding="utf-8")) for path in paths)

    def _path(self, path: str) -> Path:
        return Path(str(self.distribution.locate_file(path)))


def packages(folders: Iterable[Path]) -> dict[str, Package]:
    """All installed packages by name; of two with one name, that of the folder that comes first."""
    found: dict[str, Package] = {}
    for one in distributions(path=[str(folder) for folder in folders]):
        package = Package(one)
        found.setdefault(package.name, package)
    return found


def owners(installed: Iterable[Package]) -> dict[str, str]:
    """Whose each file below the folder of packages is."""
    return {path: package.name for package in installed for path in package.paths}


def normalised(name: str) -> str:
    """As the index writes names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _is_licence(path: PurePosixPath) -> bool:
    if not path.parts[0].endswith(".dist-info") or len(path.parts) < 2:
        return False
    return path.parts[1] == "licenses" or _LICENCE_FILE.match(path.name) is not None


def _read(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
