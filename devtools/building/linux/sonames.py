"""Which libraries of the system a tree of programs needs, and where those lie."""

from __future__ import annotations

import platform
import re
import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from devtools.building.elf import elf_files
from devtools.errors import CommandFailed, SetupError
from devtools.process import environment, run_quiet

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)", re.M)
_VERSIONED = re.compile(r"^\s+required from (\S+):\n((?:\s+0x\S+ 0x\S+ \d+ \S+\n?)+)", re.M)
_VERSION = re.compile(r"0x\S+ 0x(\S+) \d+ (\S+)")
_WEAK = 0x2
_CACHED = re.compile(r"^\s+(\S+) \(([^)]*)\) => (\S+)", re.M)


def system_libraries(tree: Path) -> dict[str, frozenset[str]]:
    """By the soname of a library that the tree needs and does not have: the versions of symbols that it must offer."""
    found: dict[str, set[str]] = {}
    files = list(elf_files(tree))
    if files:
        said = run_quiet(["objdump", "--private-headers", *files], env=environment({"LC_ALL": "C"}))
        for soname in _NEEDED.findall(said):
            found.setdefault(soname, set())
        for soname, lines in _VERSIONED.findall(said):
            strong = {name for flags, name in _VERSION.findall(lines) if not int(flags, 16) & _WEAK}
            found.setdefault(soname, set()).update(strong)
    present = {path.name for path in tree.rglob("*")}
    return {soname: frozenset(found[soname]) for soname in sorted(found.keys() - present)}


def library_paths() -> Mapping[str, Path]:
    """By soname, where this system's loader finds a library of this processor's kind."""
    # It lies outside of an ordinary user's PATH on Debian.
    program = shutil.which("ldconfig") or shutil.which("ldconfig", path="/sbin:/usr/sbin")
    if program is None:
        return {}
    own = {"x86_64": "x86-64", "aarch64": "AArch64"}.get(platform.machine(), "")
    said = run_quiet([program, "-p"])
    return {soname: Path(path) for soname, kind, path in reversed(_CACHED.findall(said)) if own in kind}


def path_of(soname: str, known: Mapping[str, Path]) -> Path:
    """
    Raises:
        SetupError: this system does not have it.
    """
    if soname not in known:
        raise SetupError(f"The program needs {soname}, which is missing here.", "Install it with apt and try again.")
    return known[soname]


def debian_packages(sonames: Iterable[str]) -> list[str]:
    """The Debian packages that have these libraries here, sorted.

    Raises:
        SetupError: one of them is missing here, or came from no package.
    """
    known = library_paths()
    return sorted(set(packages_of([path_of(soname, known) for soname in sonames]).values()))


def packages_of(libraries: Collection[Path]) -> dict[Path, str]:
    """By library of this system: the Debian package that it came with, without its architecture.

    Raises:
        SetupError: one came with none.
    """
    if not libraries:
        return {}
    # The folder may be reached by /lib and by /usr/lib; the package knows one of both.
    by_end = {f"/{library.parent.name}/{library.name}": library for library in libraries}
    try:
        said = run_quiet(["dpkg-query", "--search", *(f"*{end}" for end in by_end)])
    except CommandFailed as error:
        reason = " / ".join(line for line in error.output if "no path found" in line)
        raise SetupError(f"A library came with no package: {reason}", "Install the distribution's own.") from error
    found: dict[Path, str] = {}
    for package, path in (line.split(": ", 1) for line in said.splitlines()):
        end = f"/{Path(path).parent.name}/{Path(path).name}"
        if end in by_end:
            found[by_end[end]] = package.partition(":")[0]
    return found
