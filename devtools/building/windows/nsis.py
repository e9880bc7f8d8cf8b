"""Makes the installer for Windows around a program's folder, with makensis and packaging/windows/hyperspot.nsi."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from devtools.building.budget import size_of
from devtools.building.places import NAME, Places, epoch, settle
from devtools.building.windows.authenticode import Signer, signer
from devtools.building.windows.pe import is_signed, pe_files
from devtools.console import Console, Step
from devtools.errors import CommandFailed, SetupError
from devtools.process import environment, run_logged

EXECUTABLE = f"{NAME}.exe"
_NOBODY = "HyperSpot Desktop developers"
_VERSION = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:(\.dev|a|b|rc|\.post)(\d+))?")
_PHASES = {".dev": 0, "a": 1, "b": 2, "rc": 3, None: 4, ".post": 5}


@dataclass(frozen=True)
class Recipe:
    """One installer: what it installs, as which version, and the file that it becomes."""

    program: Path
    version: str
    output: Path


def make_installer(places: Places, console: Console, program: Path) -> Path:
    """The installer; signed when the environment says with what.

    Raises:
        SetupError: makensis or the signer failed.
    """
    chosen = signer(os.environ)
    places.artefacts.mkdir(parents=True, exist_ok=True)
    output = places.artefacts / f"{NAME}-{places.version}-setup.exe"
    with console.step("Making the installer") as step:
        compile_installer(places, step, Recipe(program, places.version, output), chosen)
    if chosen is None:
        console.say("It is not signed: HYPERSPOT_SIGN is not set. Windows will warn whoever starts it.")
    return output


def compile_installer(places: Places, step: Step, recipe: Recipe, chosen: Signer | None) -> None:
    """Make one installer, signed from the inside out: the program, the uninstaller, the installer.

    Raises:
        SetupError: makensis or the signer failed, or the version is none that can be put in order.
    """
    stage = places.root / "nsis"
    shutil.rmtree(stage, ignore_errors=True)
    payload = stage / "program"
    # Windows gives links only to administrators: what a link leads to is packed in its place.
    shutil.copytree(recipe.program, payload)
    settle(payload, int(epoch(places.layout)))
    if chosen is not None:
        unsigned = [file for file in pe_files(payload) if not is_signed(file)]
        step.update(f"signing {len(unsigned)} programs and libraries")
        chosen.sign(unsigned)
        chosen.verify(unsigned)
        settle(payload, int(epoch(places.layout)))
    (stage / "build.nsh").write_text(_definitions(recipe, payload, signed=chosen is not None), encoding="utf-8")
    (stage / "files.nsh").write_text(_files(payload), encoding="utf-8")
    step.update("packing")
    makensis(places, step, places.layout.root / "packaging" / "windows" / "hyperspot.nsi", {"STAGE": str(stage)})
    if chosen is not None:
        chosen.sign([recipe.output])
        chosen.verify([recipe.output])


def makensis(places: Places, step: Step, script: Path, definitions: dict[str, str]) -> None:
    """Compile a script; every warning is an error.

    Raises:
        SetupError: it does not compile; the sentence has the last that makensis said.
    """
    log = places.layout.logs / "nsis.log"
    program = shutil.which("makensis")
    if program is None:
        raise SetupError("makensis is not there.", "Install NSIS 3.08 or later and have it in PATH.")
    options = [f"-D{name}={value}" for name, value in definitions.items()]
    command: list[str | Path] = [program, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *options, script]
    # The uninstaller's signature is made by this code, from within makensis.
    extra = {"SOURCE_DATE_EPOCH": epoch(places.layout), "PYTHONPATH": str(places.layout.root), "LC_ALL": "C.UTF-8"}
    try:
        run_logged(command, step=step, log=log, env=environment(extra))
    except CommandFailed as error:
        said = " / ".join(error.output[-6:]) or str(error)
        raise SetupError(f"makensis failed: {said}", f"All that was said is in {log}.") from error


def version_order(version: str) -> str:
    """Five numbers that order versions as Python does: 1.2.dev1, 1.2a1, 1.2b1, 1.2rc1, 1.2, 1.2.post1.

    Raises:
        SetupError: it is no such version.
    """
    found = _VERSION.fullmatch(version)
    if found is None:
        raise SetupError(f"The version {version} cannot be put in order.", "Use N.N.N, with a, b, rc, .dev or .post.")
    major, minor, patch, phase, number = found.groups()
    return ".".join((major, minor or "0", patch or "0", str(_PHASES[phase]), number or "0"))


def _definitions(recipe: Recipe, payload: Path, *, signed: bool) -> str:
    order = version_order(recipe.version)
    values = {
        # The NSIS of Debian has a 64-bit installer, which Wine without 32-bit parts can run; that of Windows has none.
        "TARGET": "x86-unicode" if sys.platform == "win32" else "amd64-unicode",
        "VERSION": recipe.version,
        "VERSION_ORDER": order,
        "VERSION_OF_FOUR": ".".join([*order.split(".")[:3], "0"]),
        "PUBLISHER": _escaped(_publisher()),
        "OUTPUT": str(recipe.output),
        "SIZE_KIB": str(-(-size_of(payload) // 1024)),
    }
    lines = [f'!define {name} "{value}"' for name, value in values.items()]
    if signed:
        lines.append(f'!uninstfinalize \'"{sys.executable}" -m devtools.building.windows.authenticode "%1"\' = 0')
    return "".join(f"{line}\n" for line in lines)


def _files(payload: Path) -> str:
    """Where each file goes, in an order that does not depend on the disk; the executables first (see IsOurs)."""
    files = [file for file in payload.rglob("*") if file.is_file()]
    files.sort(key=lambda file: (file.parent != payload, file.relative_to(payload).as_posix()))
    lines: list[str] = []
    current: Path | None = None
    for file in files:
        if file.parent != current:
            current = file.parent
            folder = "\\".join(("$INSTDIR", "program.new", *map(_escaped, current.relative_to(payload).parts)))
            lines.append(f'SetOutPath "{folder}"')
        lines.append(f'File "/oname={_escaped(file.name)}" "{file}"')
    return "".join(f"{line}\n" for line in lines)


def _publisher() -> str:
    return (os.environ.get("HYPERSPOT_MAINTAINER") or _NOBODY).partition("<")[0].strip()


def _escaped(text: str) -> str:
    """For what the installer reads when it runs: a dollar begins a variable there, unlike in what makensis reads."""
    return text.replace("$", "$$").replace('"', '$\\"')
