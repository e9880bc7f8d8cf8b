"""Fixtures for every module's tests: a small disk, and a harness that breaks a scenario on purpose."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.starter import REPOSITORY, unmeasured

if TYPE_CHECKING:
    from tests.faults.harness.report import Report

SEED = 20260102
"""Fixed: what a test run finds must not depend on luck. ``dev.py faults`` chooses another one each time."""

MakeDisk = Callable[[int], Path]
Break = Callable[..., "Report"]


@pytest.fixture
def make_disk(tmp_path: Path) -> Iterator[MakeDisk]:
    """Gives an empty disk of so many MB."""
    able = sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount") is not None
    made: list[Path] = []

    def make(size_mb: int) -> Path:
        folder = tmp_path / f"disk {len(made)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(folder)]
        if not able or subprocess.run(command).returncode != 0:
            pytest.skip("mounting a small disk needs root on Linux")
        made.append(folder)
        return folder

    yield make
    for folder in made:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture(scope="session")
def break_on_purpose() -> Break:
    """Runs the harness: ``break_on_purpose("chat", kills=10)``; a name, or ``package.module:Class``, or several."""
    if sys.platform == "win32":
        pytest.skip("the programs to be broken are forks")
    return _break


def _break(*scenarios: str, seed: int = SEED, **amounts: int) -> Report:
    from tests.faults.harness.report import Report

    command = [sys.executable, "-m", "tests.faults.harness", "--seed", str(seed), "--json"]
    command += [word for name in scenarios for word in ("--scenario", name)]
    command += [word for name, amount in amounts.items() for word in (f"--{name.replace('_', '-')}", str(amount))]
    paths = [str(REPOSITORY / "src"), str(REPOSITORY)]
    done = subprocess.run(command, env=_environment(paths), cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return Report.from_json(done.stdout.splitlines()[-1])


def _environment(paths: Sequence[str]) -> dict[str, str]:
    # Without coverage: what is killed cannot write what was measured, and measuring makes forks slow.
    return unmeasured() | {"PYTHONPATH": os.pathsep.join(paths), "HYPERSPOT_KEYRING": "off"}
