"""What can be built: how each is made, looked at, and tried on a system that is not this one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from devtools.building import budget
from devtools.building.linux.appdir import make_appdir
from devtools.building.linux.archive import make_archive
from devtools.building.linux.deb import make_deb, say_size
from devtools.building.linux.lint import check_deb, check_descriptions
from devtools.building.linux.rpm import make_rpm, say_rpm_size
from devtools.building.linux.rpm_trial import try_rpm
from devtools.building.linux.trials import try_appdir, try_archive, try_conditions, try_deb
from devtools.building.macos.app import check_macos_descriptions, hold_mac, make_app, rehearse_app, test_app
from devtools.building.places import Places
from devtools.building.start import test_start
from devtools.building.windows.nsis import make_installer
from devtools.building.windows.nsis_cycle import test_installer
from devtools.building.windows.stand_in import make_stand_in
from devtools.console import Console

DESCRIPTION_TOOLS = {"desktop-file-validate": "desktop-file-utils", "appstreamcli": "appstream"}
CHROOT_TOOLS = {"mmdebstrap": "mmdebstrap", "unshare": "util-linux"}


@dataclass(frozen=True)
class Kind:
    """One thing that people install.

    ``make`` gets the frozen program and returns the artefact; ``check`` stops a build whose artefact has faults;
    ``test`` tries it: a package is installed on a bare system, used and removed; ``hard_test`` does so where things
    are not as they should be. ``rehearse`` shows where it cannot be made how it would be. ``tools`` are programs by
    the Debian package that has them. ``stand_in`` makes what is packed where the program cannot be frozen for that
    system; ``system`` is the only ``sys.platform`` to try it on.
    """

    about: str
    make: Callable[[Places, Console, Path], Path]
    before: tuple[Callable[[Places, Console], None], ...] = ()
    check: tuple[Callable[[Places, Console, Path], None], ...] = ()
    test: Callable[[Places, Console, Path], None] | None = None
    hard_test: Callable[[Places, Console, Path], None] | None = None
    rehearse: Callable[[Places, Console], None] | None = None
    tools: Mapping[str, str] = field(default_factory=dict)
    test_tools: Mapping[str, str] = field(default_factory=dict)
    limit_bytes: int | None = None
    stand_in: Callable[[Places, Console], Path] | None = None
    system: str = ""


KINDS: Mapping[str, Kind] = {
    "deb": Kind(
        "the package for Debian and Ubuntu",
        make_deb,
        before=(check_descriptions,),
        check=(say_size, check_deb),
        test=try_deb,
        hard_test=try_conditions,
        system="linux",
        tools={**DESCRIPTION_TOOLS, "dpkg-shlibdeps": "dpkg-dev", "lintian": "lintian"},
        test_tools=CHROOT_TOOLS,
        limit_bytes=budget.DEB_LIMIT_BYTES,
    ),
    "rpm": Kind(
        "the package for Fedora, openSUSE and their kin",
        make_rpm,
        before=(check_descriptions,),
        check=(say_rpm_size,),
        test=try_rpm,
        system="linux",
        tools={**DESCRIPTION_TOOLS, "rpmbuild": "rpm", "objdump": "binutils"},
        test_tools=CHROOT_TOOLS,
    ),
    "tar": Kind(
        "one folder that runs where it lies",
        make_archive,
        test=try_archive,
        system="linux",
        tools={"zstd": "zstd"},
        test_tools={**CHROOT_TOOLS, "objdump": "binutils"},
    ),
    "appdir": Kind(
        "the folder for an AppImage, whose run-time is joined outside",
        make_appdir,
        before=(check_descriptions,),
        test=try_appdir,
        system="linux",
        tools={**DESCRIPTION_TOOLS, "objdump": "binutils"},
        test_tools={**CHROOT_TOOLS, "mksquashfs": "squashfs-tools"},
    ),
    "frozen": Kind(
        "the program as PyInstaller leaves it; its test times its start",
        lambda _places, _console, program: program,
        test=test_start,
    ),
    "app": Kind(
        "the disk image for macOS",
        make_app,
        before=(hold_mac, check_macos_descriptions),
        test=test_app,
        rehearse=rehearse_app,
        system="darwin",
    ),
    "nsis": Kind(
        "the installer for Windows; not on Windows, around a program that only stands for the real one",
        make_installer,
        test=test_installer,
        tools={"makensis": "nsis"},
        test_tools={"wine": "wine", "wineserver": "wine", "osslsigncode": "osslsigncode", "openssl": "openssl"},
        stand_in=None if sys.platform == "win32" else make_stand_in,
    ),
}
