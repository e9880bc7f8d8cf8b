"""``dev.py build``: from a checkout to what people install."""

from __future__ import annotations

import argparse
import shutil
import tarfile
from collections.abc import Sequence
from pathlib import Path

from devtools.building import budget
from devtools.building.chroot import test_package
from devtools.building.compare import fingerprints, hold_same
from devtools.building.deb import fill_tree, installed_size, make_deb
from devtools.building.frozen import freeze
from devtools.building.lint import check_deb, check_descriptions
from devtools.building.places import NAME, Places, epoch, settle
from devtools.console import Console
from devtools.layout import Layout
from devtools.system import ensure_build_tools

KINDS = ("deb", "tar", "appdir", "frozen")


def build(layout: Layout, console: Console, arguments: Sequence[str]) -> int:
    """Make the artefact that is asked for; the exit status.

    Raises:
        SetupError: something is missing, failed, or weighs too much.
    """
    options = _parser().parse_args(arguments)
    places = Places(layout)
    ensure_build_tools(layout, console, chroot=options.test)
    if options.kind in ("deb", "appdir"):
        check_descriptions(places, console)
    program = places.frozen if options.again and places.frozen.is_dir() else freeze(places, console)
    budget.print_sizes(console, program)
    if not options.over_budget:
        budget.hold("The installed program", budget.size_of(program), budget.INSTALLED_LIMIT_BYTES)
    make = {"deb": make_deb, "tar": _tar, "appdir": _appdir, "frozen": _frozen}[options.kind]
    made = make(places, console, program)
    if options.twice:
        first = fingerprints(made)
        made = make(places, console, freeze(places, console))
        hold_same(made.name, first, fingerprints(made))
        console.say(f"Two builds of {made.name} are the same, byte for byte.")
    console.say(f"{made} ({budget.size_of(made) / 1e6:.1f} MB)")
    if options.kind == "deb":
        console.say(f"Installed it takes {installed_size(made) / 1e6:.1f} MB.")
        if not options.over_budget:
            budget.hold("The package", budget.size_of(made), budget.DEB_LIMIT_BYTES)
        check_deb(console, made)
        if options.test:
            test_package(places, console, made)
            console.say("It installs, works for an ordinary user, and leaves nothing behind.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py build", description="Make what people install.")
    parser.add_argument("kind", nargs="?", choices=KINDS, default="deb", help="what to make (default: deb)")
    parser.add_argument("--test", action="store_true", help="install the package on a bare Debian and use it (as root)")
    parser.add_argument("--again", action="store_true", help="pack what was frozen before")
    parser.add_argument("--twice", action="store_true", help="build it twice and compare every byte")
    parser.add_argument("--over-budget", action="store_true", help="only tell when it weighs too much")
    return parser


def _frozen(places: Places, console: Console, program: Path) -> Path:
    return program


def _tar(places: Places, console: Console, program: Path) -> Path:
    """One folder that runs where it lies."""
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


def _appdir(places: Places, console: Console, program: Path) -> Path:
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
