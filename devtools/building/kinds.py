"""What can be built: how each is made, looked at, and tried on a system that is not this one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from devtools.building import budget
from devtools.building.appdir import make_appdir
from devtools.building.archive import make_archive
from devtools.building.chroot import test_package
from devtools.building.deb import make_deb, say_size
from devtools.building.lint import check_deb, check_descriptions
from devtools.building.nsis import make_installer
from devtools.building.nsis_cycle import test_installer
from devtools.building.places import Places
from devtools.building.stand_in import make_stand_in
from devtools.console import Console

CHROOT_TOOLS = {"mmdebstrap": "mmdebstrap", "unshare": "util-linux"}


@dataclass(frozen=True)
class Kind:
    """One thing that people install.

    ``make`` gets the frozen program and returns the artefact; ``check`` stops a build whose artefact has faults;
    ``test`` installs it, uses it and removes it again. ``tools`` are programs by the Debian package that has them.
    ``stand_in`` makes what is packed where the program cannot be frozen for that system.
    """

    about: str
    make: Callable[[Places, Console, Path], Path]
    before: tuple[Callable[[Places, Console], None], ...] = ()
    check: tuple[Callable[[Places, Console, Path], None], ...] = ()
    test: Callable[[Places, Console, Path], None] | None = None
    tools: Mapping[str, str] = field(default_factory=dict)
    test_tools: Mapping[str, str] = field(default_factory=dict)
    limit_bytes: int | None = None
    stand_in: Callable[[Places, Console], Path] | None = None


KINDS: Mapping[str, Kind] = {
    "deb": Kind(
        "the package for Debian and Ubuntu",
        make_deb,
        before=(check_descriptions,),
        check=(say_size, check_deb),
        test=test_package,
        tools={
            "dpkg-shlibdeps": "dpkg-dev",
            "lintian": "lintian",
            "desktop-file-validate": "desktop-file-utils",
            "appstreamcli": "appstream",
        },
        test_tools=CHROOT_TOOLS,
        limit_bytes=budget.DEB_LIMIT_BYTES,
    ),
    "tar": Kind("one folder that runs where it lies", make_archive),
    "appdir": Kind(
        "the folder for an AppImage, whose run-time is joined outside",
        make_appdir,
        before=(check_descriptions,),
        tools={"desktop-file-validate": "desktop-file-utils", "appstreamcli": "appstream"},
    ),
    "nsis": Kind(
        "the installer for Windows; not on Windows, around a program that only stands for the real one",
        make_installer,
        test=test_installer,
        tools={"makensis": "nsis"},
        test_tools={"wine": "wine", "wineserver": "wine", "osslsigncode": "osslsigncode", "openssl": "openssl"},
        stand_in=None if sys.platform == "win32" else make_stand_in,
    ),
    "frozen": Kind("the program as PyInstaller leaves it", lambda _places, _console, program: program),
}
