"""Makes the program for macOS; on another system, shows step by step how it would be made."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from devtools.building.macos import keys as signing_keys
from devtools.building.macos.bundle import BUNDLE, lay_out
from devtools.building.macos.commands import Command, run_all, script
from devtools.building.macos.descriptions import hold_entitlements, hold_minimum, info_for
from devtools.building.macos.keys import KeyFiles, Keys
from devtools.building.macos.macho import macho_files, minimum_system
from devtools.building.macos.releasing import (
    image_commands,
    notarise_commands,
    release_image_commands,
    trial_commands,
)
from devtools.building.macos.signing import AD_HOC, sign_commands
from devtools.building.macos.stand_in import make_stand_in
from devtools.building.places import NAME, Places, epoch
from devtools.console import Console
from devtools.errors import CommandFailed, SetupError
from devtools.process import environment, run_quiet

_SHOWN_FOLDER = Path("/private/tmp/hyperspot-signing")
_OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def hold_mac(_places: Places, _console: Console) -> None:
    """
    Raises:
        SetupError: this is no Mac.
    """
    if sys.platform != "darwin":
        raise SetupError("A program for macOS is made on a Mac.", "Add --dry-run to see how it would be made.")


def check_macos_descriptions(places: Places, console: Console) -> None:
    """Info.plist and the entitlements.

    Raises:
        SetupError: they have faults; the sentence names them.
    """
    with console.step("Checking what macOS is told"):
        info_for(_descriptions(places) / "Info.plist", places.version)
        hold_entitlements(_entitlements(places))


def make_app(places: Places, console: Console, program: Path) -> Path:
    """The disk image; signed and notarised when the environment has the keys.

    Raises:
        SetupError: keys are missing while others are there, a library asks for a newer macOS than Info.plist
            promises, or a command failed.
    """
    keys = signing_keys.keys_from(os.environ)
    bundle, info = _lay_out(places, console, program)
    hold_system(bundle, info)
    image = _image(places)
    log = places.layout.logs / "app.log"
    if keys is None:
        console.say(f"It is signed for this Mac alone, because there are no keys: {', '.join(signing_keys.VARIABLES)}.")
        run_all([*_trial_signature(places, bundle), *_image_commands(places, bundle, info)], console, log)
        return image
    with tempfile.TemporaryDirectory(prefix="hyperspot-") as folder:
        files = KeyFiles(Path(folder))
        files.write(keys)
        try:
            run_all(signing_keys.open_keychain(keys, files), console, log)
            run_all(_release(places, bundle, info, keys, files), console, log)
        finally:
            run_all(signing_keys.close_keychain(keys, files), console, log)
    return image


def rehearse_app(places: Places, console: Console) -> None:
    """Lay the bundle out around the frozen program, or around something that stands for it, and print every command.

    Raises:
        SetupError: the descriptions have faults, or the bundle cannot be laid out or signed in an order.
    """
    check_macos_descriptions(places, console)
    program = places.frozen
    if not any(macho_files(program)):
        console.say("There is no program for macOS here, so something small stands for it.")
        program = make_stand_in(places.root / "stand-in")
    bundle, info = _lay_out(places, console, program)
    hold_system(bundle, info)
    keys, files = signing_keys.stand_in_keys(), KeyFiles(_SHOWN_FOLDER)
    commands = [
        *signing_keys.open_keychain(keys, files),
        *_release(places, bundle, info, keys, files),
        *signing_keys.close_keychain(keys, files),
    ]
    print(script(commands))
    trial, end = _trial(places, _image(places))
    print(f"# With --test:\n{script([*trial, *end])}")
    console.say(f"The bundle is {bundle}; nothing was signed.")


def test_app(places: Places, console: Console, image: Path) -> None:
    """
    Raises:
        SetupError: the program does not pass its own test from the image.
    """
    trial, end = _trial(places, image)
    log = places.layout.logs / "app-test.log"
    try:
        run_all(trial, console, log)
    finally:
        run_all(end, console, log)


def hold_system(bundle: Path, info: dict[str, Any]) -> None:
    """
    Raises:
        SetupError: a file of the bundle asks for a newer macOS than Info.plist promises.
    """
    asked = [(version, file) for file in macho_files(bundle) if (version := minimum_system(file)) is not None]
    if asked:
        newest, file = max(asked)
        hold_minimum(info, newest, str(file.relative_to(bundle)))


def _lay_out(places: Places, console: Console, program: Path) -> tuple[Path, dict[str, Any]]:
    """The bundle lies in the folder that the disk image shows, beside a link to where programs are put."""
    folder = _shown_folder(places)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "Applications").symlink_to("/Applications")
    info = info_for(_descriptions(places) / "Info.plist", places.version)
    icon = places.root / str(info["CFBundleIconFile"])
    drawing = places.layout.root / "resources" / "icons" / "hyperspot.svg"
    command: Sequence[str | Path] = [places.layout.python, _descriptions(places) / "icon.py", drawing, icon]
    with console.step("Laying out the bundle"):
        try:
            run_quiet(command, env=environment(_OFFSCREEN))
        except CommandFailed as error:
            raise SetupError(f"The icon could not be drawn: {error.output[-1]}", f"Look at {drawing}.") from error
        lay_out(program, folder / BUNDLE, info, icon, int(epoch(places.layout)))
    return folder / BUNDLE, info


def _trial_signature(places: Places, bundle: Path) -> list[Command]:
    return sign_commands(bundle, AD_HOC, _entitlements(places))


def _release(places: Places, bundle: Path, info: dict[str, Any], keys: Keys, files: KeyFiles) -> list[Command]:
    return [
        *sign_commands(bundle, keys.identity, _entitlements(places)),
        *notarise_commands(bundle, places.root / f"{NAME}.zip", keys, files),
        *_image_commands(places, bundle, info),
        *release_image_commands(_image(places), f"{info['CFBundleIdentifier']}.image", keys, files),
    ]


def _image_commands(places: Places, bundle: Path, info: dict[str, Any]) -> list[Command]:
    places.artefacts.mkdir(parents=True, exist_ok=True)
    return image_commands(bundle.parent, _image(places), f"{info['CFBundleName']} {places.version}")


def _trial(places: Places, image: Path) -> tuple[list[Command], list[Command]]:
    return trial_commands(image, places.root / "mounted", BUNDLE, NAME)


def _image(places: Places) -> Path:
    machine = platform.machine() if sys.platform == "darwin" else "arm64"
    return places.artefacts / f"{NAME}-{places.version}-{machine}.dmg"


def _shown_folder(places: Places) -> Path:
    return places.root / "image"


def _descriptions(places: Places) -> Path:
    return places.layout.root / "packaging" / "macos"


def _entitlements(places: Places) -> Path:
    return _descriptions(places) / "entitlements.plist"
