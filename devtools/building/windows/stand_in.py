"""A program's folder for Windows that can be made on Linux, to try the installer with."""

from __future__ import annotations

import shutil
from pathlib import Path

from devtools.building.places import PROGRAMS, Places, epoch, settle
from devtools.building.windows.nsis import makensis
from devtools.console import Console, Step

_LIBRARY = Path("/usr/share/nsis/Plugins/amd64-unicode/System.dll")
"""Any library of Windows: what it does is nobody's business."""


def make_stand_in(places: Places, console: Console) -> Path:
    """A folder laid out as PyInstaller does it on Windows, with programs that only say how they were called."""
    with console.step("Making a program that stands for the real one, which only Windows can make") as step:
        return fill_stand_in(places, step, places.root / "stand-in", places.version)


def fill_stand_in(places: Places, step: Step, target: Path, version: str) -> Path:
    """The same, of any version: each has one file that no other version has."""
    shutil.rmtree(target, ignore_errors=True)
    deep = target / "_internal" / "resources" / "Größe 大小"
    deep.mkdir(parents=True)
    program = target / f"{PROGRAMS[0]}.exe"
    script = places.layout.root / "packaging" / "windows" / "stand_in.nsi"
    makensis(places, step, script, {"OUTPUT": str(program), "VERSION": version})
    for name in PROGRAMS[1:]:
        shutil.copyfile(program, target / f"{name}.exe")
    shutil.copyfile(_LIBRARY, target / "_internal" / "library.dll")
    (deep / "$ümlaut & more.txt").write_text("A name that scripts stumble over.\n", encoding="utf-8")
    (target / "_internal" / f"only-in-{version}.txt").write_text(f"{version}\n", encoding="utf-8")
    settle(target, int(epoch(places.layout)))
    return target
