"""Homes with the real starter models, the real host on them, and disks that are small."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hyperspot_desktop.bootstrap import open_host
from modkit.host import Host
from tests.faults.plugin import MakeDisk
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
def small_disk(make_disk: MakeDisk) -> Path:
    """A home without the starter models fits on it."""
    return make_disk(8)
