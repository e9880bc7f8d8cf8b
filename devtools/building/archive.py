"""Packs the frozen program as one folder that runs where it lies."""

from __future__ import annotations

import tarfile
from pathlib import Path

from devtools.building.places import NAME, Places
from devtools.console import Console


def make_archive(places: Places, console: Console, program: Path) -> Path:
    """The archive; everything in it belongs to root, whoever packs it."""
    places.artefacts.mkdir(parents=True, exist_ok=True)
    target = places.artefacts / f"{NAME}-{places.version}.tar.xz"

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        return member

    with console.step("Packing it"), tarfile.open(target, "w:xz") as bundle:
        for path in [program, *sorted(program.rglob("*"))]:
            bundle.add(path, Path(NAME) / path.relative_to(program), recursive=False, filter=plain)
    return target
