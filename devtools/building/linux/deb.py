"""Makes the Debian package around the frozen program."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from devtools.building.budget import size_of
from devtools.building.elf import elf_files
from devtools.building.linux.tree import fill_tree, put
from devtools.building.linux.versions import package_version
from devtools.building.places import BILL, INSTALLED, LICENCES, NAME, NOTICES, Places, epoch, maintainer, settle
from devtools.console import Console
from devtools.errors import CommandFailed, SetupError
from devtools.process import environment, run_logged, run_quiet

_DESCRIPTION = """chat with local models and your own documents
 HyperSpot Desktop runs language models on your own computer, reads and indexes
 your documents, and answers questions about them with citations. It works
 offline and keeps everything in an encrypted store."""
_RECOMMENDED = "gnome-keyring | kwalletmanager, xdg-utils"
# Python's own libraries are in the program's folder, where the loader finds them first.
_BROUGHT_ALONG = ("libbz2", "libexpat", "libffi", "liblzma", "libsqlite3", "libssl", "libuuid", "zlib1g")


def make_deb(places: Places, console: Console, program: Path) -> Path:
    """The package file.

    Raises:
        SetupError: a library of the system that the program needs is not installed here, or dpkg failed.
    """
    stage = places.root / "deb"
    shutil.rmtree(stage, ignore_errors=True)
    fill_tree(places, stage, program)
    seconds = int(epoch(places.layout))
    put(places.linux / "hyperspot-desktop.overrides", stage / "usr" / "share" / "lintian" / "overrides" / NAME)
    documents = stage / "usr" / "share" / "doc" / NAME
    put(places.linux / "copyright", documents / "copyright")
    for name in (NOTICES, LICENCES, BILL):
        (documents / name).symlink_to(INSTALLED / name)
    stamp = format_datetime(datetime.fromtimestamp(seconds, UTC))
    version = package_version(places.version)
    changes = f"{NAME} ({version}) unstable; urgency=medium\n\n  * Release.\n\n -- {maintainer()}  {stamp}\n"
    (documents / "changelog.gz").write_bytes(gzip.compress(changes.encode(), 9, mtime=0))
    with console.step("Finding the libraries of the system that it needs"):
        depends = dependencies(places, program)
    control = stage / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(_control(places, stage, depends), encoding="utf-8")
    sums = [
        f"{_md5(file)}  {file.relative_to(stage)}\n"
        for file in sorted(stage.rglob("*"))
        if file.is_file() and not file.is_symlink() and control not in file.parents
    ]
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    settle(stage, seconds)
    places.artefacts.mkdir(parents=True, exist_ok=True)
    package = places.artefacts / f"{NAME}_{places.version}_{_architecture()}.deb"
    command: list[str | Path] = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", stage, package]
    with console.step("Packing it") as step:
        log = places.layout.logs / "deb.log"
        run_logged(command, step=step, log=log, env=environment({"SOURCE_DATE_EPOCH": str(seconds)}))
    return package


def dependencies(places: Places, program: Path) -> str:
    """What dpkg-shlibdeps says that the program's libraries need of the system."""
    work = places.root / "shlibs"
    (work / "debian").mkdir(parents=True, exist_ok=True)
    (work / "debian" / "control").write_text(
        f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n", encoding="utf-8"
    )
    files = list(elf_files(program))
    folders = sorted({file.parent for file in files})
    command: list[str | Path] = [
        "dpkg-shlibdeps",
        "-O",
        "--warnings=0",
        "--ignore-missing-info",
        *(f"-l{folder}" for folder in folders),
    ]
    try:
        said = run_quiet([*command, *(f"-e{file}" for file in files)], cwd=work)
    except CommandFailed as error:
        missing = sorted(set(re.findall(r"cannot find library (\S+)", "\n".join(error.output))))
        reason = f"missing here: {', '.join(missing)}" if missing else error.output[-1]
        raise SetupError(
            f"The package's dependencies cannot be found: {reason}", "Install them with apt and try again."
        ) from error
    found = re.search(r"^shlibs:Depends=(.*)$", said, re.M)
    if found is None:
        raise SetupError("dpkg-shlibdeps named no dependencies.", "Look at what it says: dpkg-shlibdeps -O FILE")
    return ", ".join(one for one in found[1].split(", ") if not one.startswith(_BROUGHT_ALONG))


def _control(places: Places, stage: Path, depends: str) -> str:
    fields = {
        "Package": NAME,
        "Version": package_version(places.version),
        "Architecture": _architecture(),
        "Maintainer": maintainer(),
        "Installed-Size": str(size_of(stage) // 1024),
        "Depends": depends,
        "Recommends": _RECOMMENDED,
        "Section": "utils",
        "Priority": "optional",
        "Description": _DESCRIPTION,
    }
    return "".join(f"{key}: {value}\n" for key, value in fields.items())


def _architecture() -> str:
    return run_quiet(["dpkg", "--print-architecture"]).strip()


def _md5(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def say_size(_places: Places, console: Console, package: Path) -> None:
    """Say what the package takes once it is installed."""
    field = run_quiet(["dpkg-deb", "--field", package, "Installed-Size"], env=dict(os.environ)).strip()
    console.say(f"Installed it takes {int(field) * 1024 / 1e6:.1f} MB.")
