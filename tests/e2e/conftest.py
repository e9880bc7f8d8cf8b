"""Homes for the real program. A start costs seconds, so the tests of one file share one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.program import Program


def home_below(folder: Path) -> Path:
    """A path with a space and letters beyond ASCII, as a user's may have."""
    return folder / "häuslich 家" / "home"


@pytest.fixture(scope="module")
def hyperspot(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The home of a file's tests, with a small context: the starter model ends no story by itself."""
    program = Program(home_below(tmp_path_factory.mktemp("shared")))
    assert program.type("settings", "set", "models.context_length", "512").code == 0
    return program


@pytest.fixture
def fresh(tmp_path: Path) -> Program:
    """A home of the test's own, which is not there yet."""
    return Program(home_below(tmp_path))
