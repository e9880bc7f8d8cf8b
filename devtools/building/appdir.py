"""Lays the frozen program out as a folder for an AppImage."""

from __future__ import annotations

import shutil
from pathlib import Path

from devtools.building.deb import fill_tree
from devtools.building.places import NAME, Places, epoch, settle
from devtools.console import Console


def make_appdir(places: Places, console: Console, program: Path) -> Path:
    """A folder as AppImage wants it; its run-time is joined outside."""
    target = places.artefacts / f"{NAME}.AppDir"
    shutil.rmtree(target, ignore_errors=True)
    fill_tree(places, target, program)
    (target / "AppRun").symlink_to(f"opt/{NAME}/{NAME}")
    (target / "hyperspot.desktop").symlink_to("usr/share/applications/hyperspot.desktop")
    (target / "hyperspot.svg").symlink_to("usr/share/icons/hicolor/scalable/apps/hyperspot.svg")
    for name in (target / "usr" / "bin").iterdir():
        name.unlink()
        name.symlink_to(f"../../opt/{NAME}/{NAME}")
    settle(target, int(epoch(places.layout)))
    return target
