"""Starts real children with the code in tested_child."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from loguru import logger

from modkit.children import ChildProcess, ChildSpec

# The default sink holds the stderr that pytest captured for whichever test imported loguru first.
logger.remove()

MakeChild = Callable[..., ChildProcess]


def spec_under_test(main: str = "main", **overrides: Any) -> ChildSpec:
    """A spec whose child runs a ``main`` of tested_child."""
    fields = {"target": f"tested_child:{main}", "python_paths": (Path(__file__).parent,), "stop_grace_s": 1.0}
    return ChildSpec("tested", **{**fields, **overrides})


@pytest.fixture
async def make_child() -> AsyncIterator[MakeChild]:
    """Makes children that are stopped when the test ends."""
    made: list[ChildProcess] = []

    def make(main: str = "main", *, on_death: Any = None, **overrides: Any) -> ChildProcess:
        child = ChildProcess(spec_under_test(main, **overrides), on_death=on_death)
        made.append(child)
        return child

    yield make
    for child in made:
        await child.stop()


@pytest.fixture
async def child(make_child: MakeChild) -> ChildProcess:
    """One running child."""
    started = make_child()
    await started.start()
    return started
