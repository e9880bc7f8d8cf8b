"""Shared by all tests: a home, a user, and a guard against anything left running."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from modkit.security import SecurityContext

if TYPE_CHECKING:
    from modkit.db.provider import SqlCipherProvider
    from modkit.keys import DataKey

# How fast examples are made says something about the machine's neighbours, nothing about our code.
settings.register_profile("hyperspot", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hyperspot")

FAULTS = Path(__file__).parent / "faults"
LONGEST = (FAULTS, Path(__file__).parent / "e2e")
# Tests of tests copy this file alone to another place.
pytest_plugins = ["tests.faults.plugin"] if FAULTS.is_dir() else []
JOIN_TIMEOUT_S = 5.0
# Threads of pools that belong to the loop or the interpreter and live as long as they do.
POOLED = ("asyncio_", "Dummy-")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first: what begins last decides when a run on several cores ends."""
    items.sort(key=lambda item: not any(item.path.is_relative_to(folder) for folder in LONGEST))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home directory whose path has a space and a letter outside ASCII, as a user's may."""
    path = tmp_path / "home dir ü"
    path.mkdir()
    return path


@pytest.fixture
def ctx() -> SecurityContext:
    """The one user of a desktop."""
    return SecurityContext.local_user()


class FixedKey:
    """A key source that asks neither a keyring nor anybody."""

    async def open_or_create(self) -> DataKey:
        from modkit.keys import DataKey

        return DataKey(bytes(range(32)))


@pytest.fixture
async def databases(home: Path) -> AsyncIterator[SqlCipherProvider]:
    """Real encrypted databases below ``home``, for a Host; a host closes it, and so does the fixture."""
    # Here, not above: most tests need no database library, which takes half a second to import.
    from modkit.db.provider import SqlCipherProvider

    provider = SqlCipherProvider(FixedKey(), home)
    yield provider
    await provider.close()


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread or, in async tests, a task behind."""
    before = set(threading.enumerate())
    if inspect.iscoroutinefunction(getattr(request.node, "obj", None)):
        request.getfixturevalue("no_task_left")
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.name.startswith(POOLED)]
    for thread in left:
        thread.join(JOIN_TIMEOUT_S)
    alive = [thread.name for thread in left if thread.is_alive()]
    assert not alive, f"the test left threads running: {alive}"


@pytest.fixture
async def no_task_left() -> AsyncIterator[None]:
    """Requested first in async tests, so that it looks after every other fixture has been torn down."""
    yield
    left = asyncio.all_tasks() - {asyncio.current_task()}
    if left:
        _, left = await asyncio.wait(left, timeout=JOIN_TIMEOUT_S)
    names = sorted(f"{task.get_name()} {task.get_coro()!r}" for task in left)
    for task in left:
        task.cancel()
    assert not names, f"the test left tasks running: {names}"
