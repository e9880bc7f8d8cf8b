"""Freezes the program: PyInstaller by its recipe, then made small and the same every time."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from devtools.building.bill.make import write_bill
from devtools.building.elf import elf_files
from devtools.building.icu import prune_library
from devtools.building.places import NAME, PROGRAMS, Places, epoch, settle
from devtools.building.plain_numpy import ensure_plain_numpy
from devtools.building.releasing.provenance import note_source, source_of
from devtools.console import Console
from devtools.errors import CommandFailed, SetupError
from devtools.packages import ensure_packages
from devtools.process import environment, run_logged, run_quiet


def freeze(places: Places, console: Console) -> Path:
    """Build the program's folder anew.

    Raises:
        SetupError: PyInstaller failed; the sentence has its last line.
    """
    layout = places.layout
    source = source_of(layout.root)
    ensure_packages(layout, console, "package", "Installing the packages that packaging needs")
    numpy = ensure_plain_numpy(layout, console)
    work, made = places.root / "work", places.root / "made"
    for folder in (made, places.frozen.parent):
        shutil.rmtree(folder, ignore_errors=True)
    command: list[str | Path] = [layout.python, "-m", "PyInstaller", "--noconfirm", "--clean"]
    command += ["--workpath", work, "--distpath", made]
    command += [layout.root / "packaging" / "pyinstaller" / "hyperspot.spec"]
    seconds = epoch(layout)
    # Sets of names are written in the order of their hashes.
    env = environment({"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": seconds, "PYTHONPATH": str(numpy)})
    log = layout.logs / "freeze.log"
    with console.step("Freezing the program") as step:
        try:
            run_logged(command, step=step, log=log, env=env, cwd=layout.root)
        except CommandFailed as error:
            reason = error.output[-1] if error.output else str(error)
            raise SetupError(f"The program could not be frozen: {reason}", f"All that was said is in {log}.") from error
    with console.step("Making it small") as step:
        for file in elf_files(made / NAME / "_internal"):
            step.update(file.name)
            _shrink(file)
    _add_names(made / NAME)
    write_bill(places, console, made / NAME, numpy, source.commit)
    settle(made / NAME, int(seconds))
    note_source(made, source)
    made.rename(places.frozen.parent)
    return places.frozen


def _shrink(library: Path) -> None:
    """Take out symbols that only debuggers read."""
    if library.name.startswith("libicudata.so"):
        prune_library(library)
    elif not library.parent.name.endswith(".libs"):
        # Those were changed by auditwheel after they were linked, which strip does not always survive.
        run_quiet(["strip", "--strip-unneeded", library])


def _add_names(program: Path) -> None:
    """The other names that it goes by."""
    for name in PROGRAMS[1:]:
        if sys.platform == "win32":
            # Only administrators may make links there.
            shutil.copy2(program / f"{NAME}.exe", program / f"{name}.exe")
        else:
            (program / name).symlink_to(NAME)
