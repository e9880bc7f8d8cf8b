"""NumPy without OpenBLAS: nothing in the program multiplies matrices with it, and OpenBLAS alone weighs 28 MB."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import zipfile
from pathlib import Path

from devtools.console import Console
from devtools.engine import BuildProgress, build_jobs
from devtools.errors import CommandFailed, SetupError
from devtools.layout import Layout
from devtools.packages import LockedPackage, pip_error, read_lock
from devtools.process import environment, run_logged, run_quiet
from devtools.shelf import put_on_shelf
from devtools.stamps import digest
from devtools.system import ensure_compiler

SETUP_OPTIONS = (
    "-Dblas=none",
    "-Dlapack=none",
    # The base line has what searching needs (counting bits); kernels for every newer processor would weigh 4 MB.
    "-Dcpu-dispatch=none",
)
_VERSION = "from importlib.metadata import version; print(version('numpy'))"


def ensure_plain_numpy(layout: Layout, console: Console) -> Path:
    """A folder to put in front of the import path; built once, and kept beside the other built wheels.

    Raises:
        SetupError: there is no compiler, the sources could not be fetched, or the build failed.
    """
    package = _locked(layout)
    shelf = layout.wheels / f"numpy-{package.version}-{_key(package)}"
    wheel = next(iter(sorted(shelf.glob("*.whl"))), None)
    if wheel is None:
        ensure_compiler(layout, console)
        wheel = _built(layout, console, package, shelf)
    folder = layout.root / "build" / "package" / "plain-numpy"
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def _locked(layout: Layout) -> LockedPackage:
    """The version that the environment has; the lock has others, for other Pythons."""
    installed = run_quiet([layout.python, "-I", "-c", _VERSION]).strip()
    return next(one for one in read_lock(layout.lock("runtime")) if (one.name, one.version) == ("numpy", installed))


def _key(package: LockedPackage) -> str:
    python = ".".join(map(str, sys.version_info[:2]))
    system = (sys.platform, platform.machine(), *platform.libc_ver())
    return digest(*sorted(package.hashes), *SETUP_OPTIONS, python, *system)


def _requirement(package: LockedPackage, objects: Path) -> str:
    """A line for pip; what is set on its command line would not hold for requirements from a file."""
    hashes = [f"--hash=sha256:{one}" for one in sorted(package.hashes)]
    # pip asks for the metadata first, and for this build system that is a whole build: the second one finds it done.
    settings = [
        f"build-dir={objects}",
        f"compile-args=-j{build_jobs()}",
        *(f"setup-args={one}" for one in SETUP_OPTIONS),
    ]
    return " ".join(
        [f"{package.name}=={package.version}", *hashes, *(f'--config-settings="{one}"' for one in settings)]
    )


def _built(layout: Layout, console: Console, package: LockedPackage, shelf: Path) -> Path:
    work = layout.cache / "build" / f"numpy-{package.version}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    wanted = work / "requirement.txt"
    wanted.write_text(f"{_requirement(package, work / 'objects')}\n", encoding="utf-8")
    command: list[str | Path] = [layout.python, "-m", "pip", "wheel", "--verbose", "--require-hashes", "--no-deps"]
    command += ["--no-build-isolation", "--no-binary", "numpy", "--disable-pip-version-check"]
    command += ["-r", wanted, "-w", work]
    path = os.pathsep.join([str(layout.python.parent), os.environ.get("PATH", "")])
    log = layout.logs / "numpy-build.log"
    with console.step("Building NumPy without OpenBLAS (some minutes, only once)") as step:
        try:
            run_logged(command, step=step, log=log, env=environment({"PATH": path}), interpret=BuildProgress())
        except CommandFailed as error:
            missing = [f"numpy=={package.version} (sources)"]
            raise pip_error(error, "NumPy could not be built.", missing, log) from error
    built = next(work.glob("*.whl"), None)
    if built is None:
        raise SetupError("NumPy was built, but there is no wheel.", f"All that was said is in {log}.")
    wheel = put_on_shelf(built, shelf)
    shutil.rmtree(work, ignore_errors=True)
    return wheel
