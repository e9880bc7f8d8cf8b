"""Homes with the real starter models, the real host on them, and disks that are small."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from hyperspot_desktop.bootstrap import open_host
from modkit.host import Host
from tests.support import starter

NO_TITLES = "modules.chat.config.title_from_model=false"
"""The model has enough to do."""


@pytest.fixture
def starter_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home; this process and the ones it starts find the starter models, and keep keys in files."""
    for name, value in starter.environment().items():
        monkeypatch.setenv(name, value)
    return home


@pytest.fixture
async def host(starter_home: Path) -> AsyncIterator[Host]:
    """The desktop's modules on that home."""
    async with open_host(starter_home, overrides=[NO_TITLES]) as running:
        yield running


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """An empty disk of 8 MB: a home without the starter models."""
    folder = tmp_path / "small disk"
    folder.mkdir()
    able = sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount") is not None
    if not able or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]).returncode != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
