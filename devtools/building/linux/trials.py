"""Each kind of artefact on a bare system: brought there, used by an ordinary user, and taken away again."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from devtools.building.linux.chroot import HOME, USER, System, bare_system
from devtools.building.linux.conditions import conditions
from devtools.building.linux.everyday import Call, add_user, hold_libraries_found, use, use_again
from devtools.building.linux.sonames import debian_packages, system_libraries
from devtools.building.linux.squashfs import make_squashfs
from devtools.building.places import INSTALLED, NAME, Places
from devtools.console import Console
from devtools.errors import SetupError

_WRITTEN_BY_USE = ("home/", "media/", "var/cache/", "var/log/", "tmp/")
_MOUNTED = "tmp/.mount_hyperspot"
_MOVED = f"{HOME}/Programme, neu/hyperspot"


def try_deb(places: Places, console: Console, package: Path) -> None:
    """Installed and removed by apt.

    Raises:
        SetupError: a step failed, or the removal left something; the sentence has the last that was said.
    """
    with bare_system(places, console) as system:
        before = system.files()
        shutil.copyfile(package, system.root / "media" / package.name)
        system.install("Installing it with apt", [f"/media/{package.name}"])
        add_user(system)
        hold_libraries_found(system, INSTALLED)
        use(system)
        system.inside("Removing it", f"apt-get -q -y purge {NAME}")
        # apt keeps what it installed besides.
        hold_nothing_left(name for name in system.files() - before if "hyperspot" in name)
    console.say("It installs, works for an ordinary user, and leaves nothing behind.")


def try_archive(places: Places, console: Console, archive: Path) -> None:
    """Unpacked by an ordinary user at home, then moved to a folder with another name that nobody may write to.

    Raises:
        SetupError: a step failed; the sentence has the last that was said.
    """
    with bare_system(places, console) as system:
        add_user(system)
        shutil.copyfile(archive, system.root / "media" / archive.name)
        system.install("Installing what unpacks it", ["zstd"])
        system.as_user("Unpacking it", f"tar --extract --zstd --file /media/{archive.name}")
        unpacked = Path(HOME) / NAME
        _install_libraries_for(system, system.root / unpacked.relative_to("/"))
        hold_libraries_found(system, unpacked)
        use(system, in_folder(str(unpacked)))
        moved = shlex.quote(_MOVED)
        move = f"mkdir -p {shlex.quote(str(Path(_MOVED).parent))} && mv {unpacked} {moved} && chmod -R a-w {moved}"
        system.as_user("Moving it and forbidding to write there", move)
        use_again(system, in_folder(_MOVED))
    console.say("It works where an ordinary user unpacks it, and moved and read-only as well.")


def try_appdir(places: Places, console: Console, appdir: Path) -> None:
    """Started from a file system that cannot be written to, as the run-time of an AppImage mounts it.

    Raises:
        SetupError: a step failed; the sentence has the last that was said.
    """
    with bare_system(places, console) as system:
        image = make_squashfs(places, console, appdir, places.root / f"{NAME}.squashfs")
        _install_libraries_for(system, appdir)
        add_user(system)
        (system.root / _MOUNTED).mkdir()
        mount = f"mount -t squashfs -o loop,ro,nosuid,nodev {shlex.quote(str(image))} {_MOUNTED}"
        mounted = replace(system, mounts=(mount,))
        hold_libraries_found(mounted, Path("/", _MOUNTED) / INSTALLED.relative_to("/"))
        use(mounted, lambda program: f"ARGV0={program} /{_MOUNTED}/AppRun")
    console.say(f"It works for an ordinary user from a read-only file system ({image.stat().st_size / 1e6:.1f} MB).")


def in_folder(folder: str) -> Call:
    """Programs that are called by the path of their folder."""
    return lambda program: shlex.quote(f"{folder}/{program}")


def hold_nothing_left(left: Iterable[str]) -> None:
    """
    Raises:
        SetupError: something is left that use does not explain.
    """
    ours = sorted(name for name in left if not f"{name}/".startswith(_WRITTEN_BY_USE))
    if ours:
        raise SetupError(f"The removal left {', '.join(ours[:5])}.", "Correct what the package installs.")


def _install_libraries_for(system: System, tree: Path) -> None:
    packages = debian_packages(system_libraries(tree))
    system.install("Installing the libraries that it expects of a system", packages)


def try_conditions(places: Places, console: Console, package: Path) -> None:
    """The deb again, on computers that are not as they should be: what it meets is in conditions.py.

    Raises:
        SetupError: it neither worked nor explained itself under one of them; the sentence has what it said.
    """
    with bare_system(places, console) as system:
        shutil.copyfile(package, system.root / "media" / package.name)
        system.install("Installing it with apt", [f"/media/{package.name}"])
        add_user(system)
        use(system)
        met = conditions(USER, HOME)
        for condition in met:
            system.inside(condition.title, condition.script)
    console.say(f"Under {len(met)} bad conditions it works or says what is wrong.")
