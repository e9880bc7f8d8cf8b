"""A checkout of its own for the tests of dev.py: an empty root, and one with a real environment in it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from devtools.console import Console
from devtools.layout import Layout
from devtools.packages import ensure_venv


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A checkout with nothing in it but the folder for locks, on a path with a space."""
    root = tmp_path / "a checkout"
    (root / "requirements").mkdir(parents=True)
    return Layout(root)


@pytest.fixture
def screen() -> io.StringIO:
    """What a log would show of the console."""
    return io.StringIO()


@pytest.fixture
def console(screen: io.StringIO) -> Console:
    return Console(screen)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """A checkout whose environment dev.py has created; it takes seconds, so tests share it."""
    root = tmp_path_factory.mktemp("prepared") / "a checkout"
    (root / "requirements").mkdir(parents=True)
    layout = Layout(root)
    ensure_venv(layout, Console(io.StringIO()))
    return layout


@pytest.fixture
def write_lock() -> Callable[[Layout, str, dict[str, str]], None]:
    """Write a lock file: package pin to sha256."""

    def write(layout: Layout, name: str, pins: dict[str, str]) -> None:
        text = "\n".join(f"{pin} \\\n    --hash=sha256:{digest}" for pin, digest in pins.items())
        layout.lock(name).write_text(text + "\n", encoding="utf-8")

    return write
