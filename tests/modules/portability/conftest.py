"""Two profiles on real encrypted stores, each with a service that exports and imports real files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modkit.security import SecurityContext
from tests.modules.portability.exchange_support import Profile, opened_profile


@pytest.fixture
def ctx() -> SecurityContext:
    return SecurityContext.local_user()


@pytest.fixture
async def profile(tmp_path: Path) -> AsyncIterator[Profile]:
    async with opened_profile(tmp_path / "here") as opened:
        yield opened


@pytest.fixture
async def other(tmp_path: Path) -> AsyncIterator[Profile]:
    """A profile on another computer: other key, other settings, nothing in it."""
    async with opened_profile(tmp_path / "there") as opened:
        yield opened
