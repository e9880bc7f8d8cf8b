"""The steps from a bare checkout to a program that runs; each does nothing when it is done."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from devtools.console import Console
from devtools.engine import ensure_engine
from devtools.layout import Layout
from devtools.packages import ensure_bytecode, ensure_packages, ensure_project, ensure_venv
from devtools.starter import ensure_starter_models
from devtools.system import Library, ensure_libraries


def prepare(layout: Layout, console: Console, *, development: bool, models: bool = True) -> list[Library]:
    """Bring the checkout to where the product runs, and its checks too when ``development``.

    ``models=False`` leaves out the engine and the starter models, for checks that only read code.
    Returns the system libraries that are still missing.

    Raises:
        SetupError: a step could not be finished; the steps before it stay done.
    """
    with one_at_a_time(layout.cache / "setup.lock", console):
        libraries = ensure_libraries(layout, console)
        ensure_venv(layout, console)
        ensure_packages(layout, console, "build", "Installing build tools")
        ensure_packages(layout, console, "runtime", "Installing the packages that the program needs")
        if development:
            ensure_packages(layout, console, "dev", "Installing the packages that the checks need")
        ensure_project(layout, console)
        ensure_bytecode(layout)
        if models:
            ensure_engine(layout, console)
            ensure_starter_models(layout, console)
        return libraries


@contextmanager
def one_at_a_time(path: Path, console: Console) -> Generator[None]:
    """Hold a lock file while the block runs; a second set-up waits, a dead one never blocks."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as handle:
        if sys.platform == "win32":
            import msvcrt

            # Locks one byte; retries for ten seconds at a time on its own.
            while True:
                try:
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:
                    console.say("Waiting for another set-up of this checkout ...")
        else:
            import fcntl

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                console.say("Waiting for another set-up of this checkout ...")
                fcntl.flock(handle, fcntl.LOCK_EX)
        # Closing the file gives the lock back, also when this process dies.
        yield
