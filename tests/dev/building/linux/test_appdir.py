"""The folder for an AppImage."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from devtools.building.compare import fingerprints
from devtools.building.linux.appdir import brought, make_appdir
from devtools.building.linux.squashfs import make_squashfs
from devtools.building.places import NAME, Places
from devtools.console import Console

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("objdump") is None or shutil.which("dpkg-query") is None,
    reason="made from the libraries of a Debian",
)
needs_squashfs = pytest.mark.skipif(
    shutil.which("mksquashfs") is None, reason="`dev.py build appdir --test` installs squashfs-tools"
)


@pytest.fixture(scope="module")
def appdir(places: Places, program: Path, console: Console) -> Path:
    return make_appdir(places, console, program)


def test_it_has_what_the_run_time_and_desktops_look_for(appdir: Path) -> None:
    assert os.access(appdir / "AppRun", os.X_OK)
    assert (appdir / "hyperspot.desktop").read_text(encoding="utf-8").startswith("[Desktop Entry]")
    assert (appdir / ".DirIcon").read_bytes() == (appdir / "hyperspot.svg").read_bytes()
    assert (appdir / "usr/share/metainfo/org.hyperspot.Desktop.metainfo.xml").is_file()


def test_no_link_leads_out_of_it(appdir: Path) -> None:
    links = [path for path in appdir.rglob("*") if path.is_symlink()]
    assert len(links) > 5
    assert [path for path in links if not path.resolve(strict=True).is_relative_to(appdir.resolve())] == []


@pytest.mark.parametrize(
    ("called", "started"),
    [
        ("/downloads/HyperSpot.AppImage", "hyperspot-desktop"),
        ("/home/me/bin/hyperspot", "hyperspot"),
        ("hyperspot-server", "hyperspot-server"),
    ],
)
def test_it_starts_the_program_that_it_is_called_by(appdir: Path, called: str, started: str) -> None:
    command: list[str | Path] = [appdir / "AppRun", "one", "two words"]
    said = subprocess.run(command, env={"ARGV0": called}, capture_output=True, text=True, check=True).stdout
    assert said == f"{started}  one two words\n"


def test_it_starts_by_a_link_to_it_from_anywhere(appdir: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere"
    link.symlink_to(appdir / "AppRun")
    said = subprocess.run([link], env={}, cwd="/", capture_output=True, text=True, check=True).stdout
    assert said.split() == ["hyperspot-desktop"]


def test_it_brings_libraries_that_systems_may_lack_with_their_licences(appdir: Path) -> None:
    assert (appdir / "opt" / NAME / "_internal" / "libexpat.so.1").is_file()
    assert (appdir / "usr/share/doc/libexpat1/copyright").is_file()


def test_it_leaves_libraries_to_the_system_that_must_fit_it(appdir: Path) -> None:
    assert brought(["libEGL.so.1", "libc.so.6", "ld-linux-x86-64.so.2", "libfontconfig.so.1", "libxcb.so.1"]) == []
    assert brought(["libxcb-cursor.so.0", "libxkbcommon-x11.so.0"]) == ["libxcb-cursor.so.0", "libxkbcommon-x11.so.0"]
    assert not list(appdir.rglob("libc.so*")) + list(appdir.rglob("libfreetype.so*"))


def test_making_it_twice_gives_the_same(
    places: Places, program: Path, console: Console, appdir: Path, age: Callable[[], None]
) -> None:
    first = fingerprints(appdir)
    age()
    assert fingerprints(make_appdir(places, console, program)) == first


@needs_squashfs
def test_its_file_system_is_the_same_every_time(
    places: Places, program: Path, console: Console, appdir: Path, age: Callable[[], None], tmp_path: Path
) -> None:
    first = make_squashfs(places, console, appdir, tmp_path / "first").read_bytes()
    age()
    second = make_squashfs(places, console, make_appdir(places, console, program), tmp_path / "second").read_bytes()
    assert second == first


@needs_squashfs
def test_its_file_system_holds_all_of_it(places: Places, console: Console, appdir: Path, tmp_path: Path) -> None:
    image = make_squashfs(places, console, appdir, tmp_path / "image")
    unpacked = tmp_path / "unpacked"
    subprocess.run(["unsquashfs", "-quiet", "-no-progress", "-dest", unpacked, image], check=True)
    assert fingerprints(unpacked) == fingerprints(appdir)
