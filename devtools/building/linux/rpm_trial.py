"""The rpm on a system of its own: installed, compared, damaged, repaired, used and removed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from devtools.building.linux.chroot import System, bare_system
from devtools.building.linux.everyday import add_user, hold_libraries_found, use
from devtools.building.linux.rpm import required_sonames
from devtools.building.linux.sonames import debian_packages
from devtools.building.linux.trials import hold_nothing_left
from devtools.building.places import INSTALLED, NAME, Places
from devtools.console import Console
from devtools.errors import SetupError
from devtools.process import environment

# Packages of every distribution with rpm own these folders.
_SHARED_FOLDERS = (
    "opt",
    "usr/share/applications",
    "usr/share/icons/hicolor/scalable/apps",
    "usr/share/licenses",
    "usr/share/metainfo",
    "usr/share/mime/packages",
)
_DATABASE = "var/lib/rpm"
_DAMAGED = INSTALLED / "_internal" / "resources" / "icons" / "hyperspot.svg"


def try_rpm(places: Places, console: Console, package: Path) -> None:
    """Installed by rpm among Debian's libraries, which its database does not know: their names are compared here.

    Raises:
        SetupError: a step failed, or the removal left something; the sentence has the last that was said.
    """
    with bare_system(places, console) as system:
        rpm: list[str | Path] = ["rpm", "--root", system.root, "--dbpath", f"/{_DATABASE}"]
        verify = [*rpm, "--verify", "--nodeps", NAME]
        required = required_sonames(package)
        system.install("Installing the libraries that it asks for", debian_packages(required))
        _hold_provided(system, required)
        add_user(system)
        for folder in _SHARED_FOLDERS:
            (system.root / folder).mkdir(parents=True, exist_ok=True)
        before = system.files()
        system.outside("Making a database of packages", [*rpm, "--initdb"])
        system.outside("Installing it with rpm", [*rpm, "--nodeps", "--install", package])
        system.outside("Comparing every file with the package", verify)
        _damage(system, verify)
        system.outside("Repairing it", [*rpm, "--nodeps", "--upgrade", "--replacepkgs", package])
        system.outside("Comparing every file once more", verify)
        hold_libraries_found(system, INSTALLED)
        use(system)
        system.outside("Removing it", [*rpm, "--nodeps", "--erase", NAME])
        shutil.rmtree(system.root / _DATABASE)
        hold_nothing_left(system.files() - before - {_DATABASE})
    console.say("It installs, is checked and repaired, works for an ordinary user, and leaves nothing behind.")


def _hold_provided(system: System, required: list[str]) -> None:
    known = {line.split()[0] for line in system.inside("Looking for them", "/sbin/ldconfig -p") if "=>" in line}
    absent = [soname for soname in required if soname not in known]
    if absent:
        raise SetupError(f"The rpm asks for {', '.join(absent)}, which Debian does not have.", "Correct its needs.")


def _damage(system: System, verify: list[str | Path]) -> None:
    """Change one byte; rpm has to say which file has another digest."""
    damaged = system.root / _DAMAGED.relative_to("/")
    content = damaged.read_bytes()
    damaged.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    said = subprocess.run(verify, capture_output=True, text=True, env=environment(), check=False)
    noticed = [line for line in said.stdout.splitlines() if line.endswith(str(_DAMAGED)) and "5" in line.split()[0]]
    if said.returncode == 0 or not noticed:
        raise SetupError("rpm did not notice a changed byte.", f"Look at what it says: rpm --verify {NAME}")
