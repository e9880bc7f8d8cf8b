"""Signs an installer with a throw-away certificate and installs it; what is changed afterwards must be noticed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from devtools.building.authenticode import signer, verify
from devtools.building.nsis import Recipe, compile_installer
from devtools.building.nsis_cycle import NEWER, Cycle, hold, hold_installed, hold_status
from devtools.building.pe import pe_files
from devtools.building.stand_in import fill_stand_in
from devtools.building.throwaway_certificate import make_certificate
from devtools.console import Step
from devtools.errors import SetupError


def try_signatures(cycle: Cycle, step: Step) -> None:
    """
    Raises:
        SetupError: something has no signature that should have one, or a change was not noticed.
    """
    folder = cycle.places.root / "certificates"
    ours, other = (make_certificate(folder / name, f"{name} of a test") for name in ("Ours", "Another"))
    installer = cycle.wine.drive / "signed.exe"
    program = fill_stand_in(cycle.places, step, cycle.places.root / "other-version", NEWER)
    with _settings(ours.environment):
        compile_installer(cycle.places, step, Recipe(program, NEWER, installer), signer(os.environ))
    step.update("installing it")
    hold_status(cycle.install(installer), 0)
    hold_installed(cycle, cycle.usual, NEWER)
    installed = sorted(pe_files(cycle.usual))
    hold(len(installed) >= 5, f"Only {[file.name for file in installed]} were installed.")
    verify([installer, *installed], ours.authority)
    _hold_refused([installer], other.authority, "signed by somebody else")
    for file in (installer, cycle.usual / "uninstall.exe"):
        _change(file)
        _hold_refused([file], ours.authority, "with a changed byte")


@contextmanager
def _settings(values: Mapping[str, str]) -> Iterator[None]:
    """The uninstaller is signed by a process that makensis starts, which reads the environment."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _change(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def _hold_refused(files: Sequence[Path], authority: Path, what: str) -> None:
    try:
        verify(files, authority)
    except SetupError:
        return
    raise SetupError(f"{files[0].name}, {what}, passed for ours.", "Look at how signatures are verified.")
