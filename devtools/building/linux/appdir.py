"""Lays the frozen program out as a folder for an AppImage, with the libraries that small systems lack."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from devtools.building.linux.sonames import library_paths, packages_of, path_of, system_libraries
from devtools.building.linux.tree import ICON, fill_tree, put
from devtools.building.places import INSTALLED, NAME, Places, epoch, settle
from devtools.console import Console

STAYS_THE_SYSTEMS = (
    # The C and C++ run-times: drivers of the system are loaded beside us and need theirs, which are newer.
    *("ld-linux*", "libc.so.*", "libdl.so.*", "libm.so.*", "libpthread.so.*", "libresolv.so.*", "librt.so.*"),
    *("libutil.so.*", "libgcc_s.so.*", "libstdc++.so.*"),
    # OpenGL and what its drivers talk to the display with.
    *("libEGL.so.*", "libGL.so.*", "libGLX.so.*", "libGLdispatch.so.*", "libOpenGL.so.*", "libdrm.so.*", "libgbm.so.*"),
    *("libX11.so.*", "libX11-xcb.so.*", "libxcb.so.*", "libwayland-client.so.*"),
    # Fonts: the configuration of the system is written for its own version.
    *("libfontconfig.so.*", "libfreetype.so.*"),
    # Every desktop runs on these.
    *("libdbus-1.so.*", "libglib-2.0.so.*", "libgthread-2.0.so.*", "libz.so.*"),
    # Under the GPL, with an exception for what is linked to it: not passed on. Most systems need it themselves.
    "libgomp.so.*",
)
"""Sonames that an AppImage must not bring, or need not; for most see the excludelist of the AppImage project."""


def make_appdir(places: Places, console: Console, program: Path) -> Path:
    """A folder as AppImage wants it; its run-time is joined outside.

    Raises:
        SetupError: a library that it should bring is missing here.
    """
    target = places.artefacts / f"{NAME}.AppDir"
    shutil.rmtree(target, ignore_errors=True)
    fill_tree(places, target, program)
    for link in (target / "usr" / "bin").iterdir():
        link.unlink()
        link.symlink_to(f"../..{INSTALLED}/{NAME}")
    put(places.linux / "AppRun", target / "AppRun")
    (target / "AppRun").chmod(0o755)
    (target / "hyperspot.desktop").symlink_to("usr/share/applications/hyperspot.desktop")
    for name in ("hyperspot.svg", ".DirIcon"):
        (target / name).symlink_to(ICON)
    put(places.linux / "copyright", target / "usr" / "share" / "doc" / NAME / "copyright")
    with console.step("Bringing libraries that small systems lack") as step:
        for soname in bring_libraries(target):
            step.update(soname)
    settle(target, int(epoch(places.layout)))
    return target


def bring_libraries(target: Path) -> Iterator[str]:
    """Copy them to where the start of the program makes the loader look first, each with its licence; their sonames."""
    known = library_paths()
    inside = target / INSTALLED.relative_to("/") / "_internal"
    # What is brought may need more.
    while wanted := brought(system_libraries(target)):
        libraries = {soname: path_of(soname, known) for soname in wanted}
        for package in set(packages_of(libraries.values()).values()):
            said = Path("usr/share/doc") / package / "copyright"
            put("/" / said, target / said)
        for soname, library in libraries.items():
            put(library.resolve(), inside / soname)
            yield soname


def brought(sonames: Iterable[str]) -> list[str]:
    """Those of the libraries that an AppImage brings."""
    return [soname for soname in sonames if not any(fnmatch(soname, pattern) for pattern in STAYS_THE_SYSTEMS)]
