"""What lies in a Linux system once the program is installed, whichever package brings it."""

from __future__ import annotations

import shutil
from pathlib import Path

from devtools.building.places import INSTALLED, NAME, PROGRAMS, Places

_SHARED = {
    "hyperspot.desktop": "usr/share/applications/hyperspot.desktop",
    "hyperspot.metainfo.xml": "usr/share/metainfo/org.hyperspot.Desktop.metainfo.xml",
    "hyperspot-gguf.xml": "usr/share/mime/packages/hyperspot-gguf.xml",
}
ICON = Path("usr/share/icons/hicolor/scalable/apps/hyperspot.svg")


def fill_tree(places: Places, stage: Path, program: Path) -> None:
    """Put it below ``stage``: the program, its names, and what desktops want to know."""
    shutil.copytree(program, stage / INSTALLED.relative_to("/"), symlinks=True)
    programs = stage / "usr" / "bin"
    programs.mkdir(parents=True)
    for name in PROGRAMS:
        (programs / name).symlink_to(INSTALLED / NAME)
    for name, target in _SHARED.items():
        put(places.linux / name, stage / target)
    put(places.layout.root / "resources" / "icons" / "hyperspot.svg", stage / ICON)


def put(source: Path, target: Path) -> None:
    """Copy a file, and make the folders that it goes into."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
