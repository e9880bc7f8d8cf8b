"""Makes the package for Fedora, openSUSE and their kin around the frozen program."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from devtools.building.linux.sonames import system_libraries
from devtools.building.linux.tree import fill_tree, put
from devtools.building.linux.versions import package_version
from devtools.building.places import NAME, Places, epoch, maintainer, settle
from devtools.console import Console
from devtools.errors import CommandFailed, SetupError
from devtools.process import environment, run_logged, run_quiet

_RELEASE = "1"
_SAME_EVERYWHERE = {
    "_buildhost": "hyperspot",
    "use_source_date_epoch_as_buildtime": "1",
    "clamp_mtime_to_source_date_epoch": "1",
    "source_date_epoch_from_changelog": "0",
    # 5 MB smaller than zstd's best, made in less time, and unpacked 5 s later. One thread alone would pack otherwise.
    "_binary_payload": "w6T2.xzdio",
    "_binary_filedigest_algorithm": "8",
    "_source_filedigest_algorithm": "8",
}


def make_rpm(places: Places, console: Console, program: Path) -> Path:
    """The package file.

    Raises:
        SetupError: rpmbuild failed; the sentence has its last line.
    """
    top = places.root / "rpm"
    shutil.rmtree(top, ignore_errors=True)
    tree, made, requirements = top / "tree", top / "made", top / "requirements"
    fill_tree(places, tree, program)
    put(places.linux / "copyright", tree / "usr" / "share" / "licenses" / NAME / "copyright")
    put(places.linux / "README", tree / "usr" / "share" / "doc" / NAME / "README")
    with console.step("Finding the libraries of the system that it needs"):
        requirements.write_text("".join(f"Requires: {one}\n" for one in needs(tree)), encoding="utf-8")
    seconds = epoch(places.layout)
    settle(tree, int(seconds))
    macros: dict[str, str | Path] = {
        **_SAME_EVERYWHERE,
        "_topdir": top,
        "_rpmdir": made,
        "_dbpath": top / "no-database",
        "ready_tree": tree,
        "requirements": requirements,
        "release_version": package_version(places.version),
        "release_packager": maintainer(),
    }
    command: list[str | Path] = ["rpmbuild", "-bb", "--target", f"{platform.machine()}-linux", *_defines(macros)]
    with console.step("Packing it") as step:
        log = places.layout.logs / "rpm.log"
        env = environment({"SOURCE_DATE_EPOCH": seconds, "LC_ALL": "C.UTF-8", "TZ": "UTC"})
        try:
            run_logged([*command, places.linux / f"{NAME}.spec"], step=step, log=log, env=env)
        except CommandFailed as error:
            reason = error.output[-1] if error.output else str(error)
            raise SetupError(f"The rpm could not be made: {reason}", f"All that was said is in {log}.") from error
    (package,) = made.rglob("*.rpm")
    places.artefacts.mkdir(parents=True, exist_ok=True)
    return package.replace(places.artefacts / f"{NAME}-{places.version}-{_RELEASE}.{platform.machine()}.rpm")


def needs(tree: Path) -> Iterator[str]:
    """What the tree asks of the system, as rpm's own generator for libraries writes it: sonames and versions."""
    for soname, versions in system_libraries(tree).items():
        yield f"{soname}()(64bit)"
        yield from (f"{soname}({version})(64bit)" for version in sorted(versions))


def required_sonames(package: Path) -> list[str]:
    """The libraries of the system that a package file asks for."""
    said = run_quiet(["rpm", "--query", "--requires", "--package", package])
    return sorted({line.partition("(")[0] for line in said.splitlines() if ".so" in line})


def say_rpm_size(_places: Places, console: Console, package: Path) -> None:
    """Say what the package takes once it is installed."""
    size = int(run_quiet(["rpm", "--query", "--queryformat", "%{SIZE}", "--package", package]))
    console.say(f"Installed it takes {size / 1e6:.1f} MB.")


def _defines(macros: Mapping[str, str | Path]) -> Iterator[str]:
    for name, value in macros.items():
        # A body is expanded when it is used.
        yield from ("--define", f"{name} {str(value).replace('%', '%%')}")
