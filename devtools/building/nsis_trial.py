"""Tries an installer for Windows on one that Wine makes: the whole cycle, and signatures."""

from __future__ import annotations

from pathlib import Path

from devtools.building.nsis import Recipe, compile_installer
from devtools.building.nsis_cycle import NEWER, OLDER, STEPS, Cycle
from devtools.building.nsis_signatures import try_signatures
from devtools.building.places import Places
from devtools.building.stand_in import fill_stand_in
from devtools.building.wine import Wine
from devtools.console import Console, Step


def test_installer(places: Places, console: Console, installer: Path) -> None:
    """
    Raises:
        SetupError: a step did not do what it should; the sentence says which and how.
    """
    wine = Wine(places.root / "wine")
    try:
        with console.step("Making a Windows"):
            wine.create()
        with console.step("Making an older and a newer version") as step:
            cycle = _versions(places, step, wine, installer)
        for title, act in STEPS:
            with console.step(title):
                act(cycle)
        with console.step("Signatures, and what was changed after signing") as step:
            try_signatures(cycle, step)
        console.say("It installs, repairs, upgrades, refuses what it should, signs, and leaves what it should.")
    finally:
        wine.remove()


def _versions(places: Places, step: Step, wine: Wine, installer: Path) -> Cycle:
    """The installers lie on the drive, in a folder with an odd name."""
    folder = wine.drive / "Downloads (neu) 下载"
    folder.mkdir()
    current = folder / installer.name
    current.write_bytes(installer.read_bytes())
    for version in (OLDER, NEWER):
        program = fill_stand_in(places, step, places.root / "other-version", version)
        compile_installer(places, step, Recipe(program, version, folder / f"{version}.exe"), None)
    return Cycle(places, wine, current, folder / f"{OLDER}.exe", folder / f"{NEWER}.exe")
