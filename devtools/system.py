"""System libraries that wheels do not bring: found, installed where we may, named exactly where we may not."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools.console import Console
from devtools.errors import CommandFailed, SetupError
from devtools.layout import Layout
from devtools.process import environment, run_logged


@dataclass(frozen=True)
class Library:
    """A shared library and the package that has it, by package manager."""

    soname: str
    apt: str
    dnf: str
    pacman: str

    def package(self, manager: str) -> str:
        names = {"apt-get": self.apt, "dnf": self.dnf, "pacman": self.pacman}
        return names[manager]


# Qt opens these at run time, also when it draws offscreen; llama.cpp needs the last one.
LIBRARIES = (
    Library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Library("libgomp.so.1", "libgomp1", "libgomp", "gcc-libs"),
)
# A window on X11 needs these besides.
WINDOW_LIBRARIES = (
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
)
# The package's dependencies are read from the libraries that are installed where it is made.
PACKAGE_LIBRARIES = (
    "libegl1",
    "libfontconfig1",
    "libwayland-client0",
    "libwayland-cursor0",
    "libwayland-egl1",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
)
COMPILER_PACKAGES = {"apt-get": ["g++"], "dnf": ["gcc-c++"], "pacman": ["gcc"]}
INSTALL = {
    "apt-get": ["apt-get", "install", "-y", "--no-install-recommends"],
    "dnf": ["dnf", "install", "-y"],
    "pacman": ["pacman", "-S", "--noconfirm", "--needed"],
}


def has_display() -> bool:
    """Whether a window can be opened here."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_libraries(wanted: Iterable[Library]) -> list[Library]:
    """The libraries that the dynamic loader cannot find."""
    known = _loader_cache()
    return [library for library in wanted if library.soname not in known and not _loads(library.soname)]


def ensure_libraries(layout: Layout, console: Console) -> list[Library]:
    """Install what Qt and the engine need; return what is still missing (after saying so).

    Nothing here is fatal: the terminal works without Qt's libraries, and the caller knows what it needs.
    """
    if sys.platform != "linux":
        return []
    wanted = LIBRARIES + (WINDOW_LIBRARIES if os.environ.get("DISPLAY") else ())
    missing = missing_libraries(wanted)
    if not missing:
        return []
    manager = _manager()
    if manager is not None:
        packages = sorted({library.package(manager) for library in missing})
        _install(manager, packages, layout, console, "Installing system libraries")
        missing = missing_libraries(wanted)
    if missing:
        console.say(f"These system libraries are missing: {', '.join(library.soname for library in missing)}.")
        console.say(f"  {how_to_install(missing)}")
    return missing


def how_to_install(missing: Sequence[Library]) -> str:
    """The exact command for this machine, or the library names where we know no command."""
    manager = _manager()
    if manager is None:
        return "Install them with your system's package manager."
    return f"Run: {command_text(manager, sorted({library.package(manager) for library in missing}))}"


def ensure_compiler(layout: Layout, console: Console) -> None:
    """Make sure that a C++ compiler is there to build the engine with.

    Raises:
        SetupError: there is none, and it could not be installed.
    """
    if has_compiler():
        return
    manager = _manager() if sys.platform == "linux" else None
    if manager is not None:
        _install(manager, COMPILER_PACKAGES[manager], layout, console, "Installing a C++ compiler")
        if has_compiler():
            return
        action = f"Run: {command_text(manager, COMPILER_PACKAGES[manager])}"
    elif sys.platform == "darwin":
        action = "Run: xcode-select --install"
    elif sys.platform == "win32":
        action = 'Install "Desktop development with C++" of the Visual Studio Build Tools.'
    else:
        action = "Install g++ or clang++ with your system's package manager."
    raise SetupError("There is no C++ compiler, and llama.cpp is built on this machine.", action)


def ensure_build_tools(
    layout: Layout, console: Console, tools: Mapping[str, str], packages: Sequence[str] = ()
) -> None:
    """Have programs (by the Debian package that has them) and packages that making or trying an artefact needs.

    Raises:
        SetupError: a program is missing and could not be installed.
    """
    if sys.platform != "linux":
        return
    wanted = sorted({package for tool, package in tools.items() if shutil.which(tool) is None} | _absent(packages))
    if wanted and _manager() == "apt-get":
        _install("apt-get", wanted, layout, console, "Installing what packaging needs")
    missing = sorted(tool for tool in tools if shutil.which(tool) is None)
    if missing:
        raise SetupError(f"Packages are made with {', '.join(missing)}.", f"Run: {command_text('apt-get', wanted)}")


def _absent(packages: Sequence[str]) -> set[str]:
    if shutil.which("dpkg-query") is None:
        return set()
    query = ["dpkg-query", "--show", "--showformat", "${binary:Package} ${db:Status-Status}\n", *packages]
    listing = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    present = {line.split(":")[0].split()[0] for line in listing.splitlines() if line.endswith(" installed")}
    return set(packages) - present


def ensure_venv_module(layout: Layout, console: Console) -> None:
    """Make sure that ``python -m venv`` works; Debian ships it as a package of its own.

    Raises:
        SetupError: it is missing and could not be installed.
    """
    if _venv_works():
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if _manager() == "apt-get":
        _install("apt-get", [package], layout, console, "Installing Python's venv module")
        if _venv_works():
            return
    raise SetupError("This Python cannot create virtual environments.", f"Run: {command_text('apt-get', [package])}")


def has_compiler() -> bool:
    """Whether CMake will find a C++ compiler."""
    if sys.platform == "win32":
        program_files = os.environ.get("ProgramFiles(x86)", r"C:\Program Files (x86)")  # noqa: SIM112 - Windows' own spelling
        installed = Path(program_files) / "Microsoft Visual Studio" / "Installer" / "vswhere.exe"
        return installed.is_file() or shutil.which("cl") is not None
    if sys.platform == "darwin":
        # /usr/bin/c++ exists on every Mac but only opens a dialog until the tools are installed.
        return subprocess.run(["xcode-select", "-p"], capture_output=True, check=False).returncode == 0
    chosen = os.environ.get("CXX", "").split()
    return any(shutil.which(name) for name in (*chosen[:1], "c++", "g++", "clang++"))


def command_text(manager: str, packages: Sequence[str]) -> str:
    """What a person types to install packages."""
    return " ".join(["sudo", *INSTALL[manager], *packages])


def _install(manager: str, packages: Sequence[str], layout: Layout, console: Console, title: str) -> None:
    prefix = _as_root()
    if prefix is None:
        return
    log = layout.logs / "system.log"
    env = environment({"DEBIAN_FRONTEND": "noninteractive"})
    try:
        with console.step(f"{title} ({', '.join(packages)})") as step:
            command = [*prefix, *INSTALL[manager], *packages]
            try:
                run_logged(command, step=step, log=log, env=env)
            except CommandFailed:
                if manager != "apt-get":
                    raise
                # A fresh container has no package lists yet.
                run_logged([*prefix, "apt-get", "update"], step=step, log=log, env=env)
                run_logged(command, step=step, log=log, env=env)
    except CommandFailed as error:
        console.say(f"  {manager} said: {error.output[-1] if error.output else error} (all of it in {log})")


def _as_root() -> list[str] | None:
    """What to put before a command to run it as root without asking; None when we may not."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def _manager() -> str | None:
    return next((name for name in INSTALL if shutil.which(name)), None)


def _venv_works() -> bool:
    check = [sys.executable, "-c", "import venv, ensurepip"]
    return subprocess.run(check, capture_output=True, check=False).returncode == 0


def _loader_cache() -> frozenset[str]:
    # ldconfig lies outside an ordinary user's PATH on Debian.
    program = shutil.which("ldconfig") or shutil.which("ldconfig", path="/sbin:/usr/sbin")
    if program is None:
        return frozenset()
    listing = subprocess.run([program, "-p"], capture_output=True, text=True, errors="replace", check=False).stdout
    return frozenset(line.split()[0] for line in listing.splitlines() if "=>" in line)


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True
