"""An environment of two packages, and an assembler that knows only them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from devtools.building.bill.assemble import Assembler
from devtools.building.bill.components import Listing
from devtools.building.bill.installed import packages
from devtools.building.bill.texts import TextPlaces

AddPackage = Callable[..., None]
MakeAssembler = Callable[..., Assembler]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture
def add_package(site: Path) -> AddPackage:
    """Installs a package as pip leaves it."""

    def add(name: str, version: str, fields: str, files: Mapping[str, str]) -> None:
        info = f"{name}-{version}.dist-info"
        metadata = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{fields}\n"
        all_files = {f"{info}/METADATA": metadata, **{path.format(info=info): text for path, text in files.items()}}
        for path, text in all_files.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, encoding="utf-8")
        record = "".join(f"{path},,\n" for path in [*all_files, f"{info}/RECORD"])
        (site / info / "RECORD").write_text(record, encoding="utf-8")

    return add


@pytest.fixture
def make_assembler(site: Path, tmp_path: Path) -> MakeAssembler:
    """Of a listing and the versions that the environment tells; the system has no packages."""

    def make(listing: Listing, versions: Mapping[str, str] | None = None) -> Assembler:
        installed = packages([site])
        places = TextPlaces(tmp_path, tmp_path / "kept", site, site, installed)
        return Assembler(listing, installed, versions or {}, places, lambda _library: None)

    return make
