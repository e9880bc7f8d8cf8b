"""The recipe of the frozen program, whose files lie beside no package, and a small program in its place to pack."""

from __future__ import annotations

import importlib.util
import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from devtools.building.linux.sonames import library_paths
from devtools.building.places import NAME, PROGRAMS, Places
from devtools.console import Console
from devtools.layout import Layout

ROOT = Path(__file__).parents[3]
RECIPE = ROOT / "packaging" / "pyinstaller"


@pytest.fixture(scope="session")
def recipe() -> Callable[[str], ModuleType]:
    """Loads one of its files by name."""

    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(f"frozen_{name}", RECIPE / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        made = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(made)
        return made

    return load


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """A checkout with what packages need of it, and a time that all builds of it bear."""
    checkout = tmp_path_factory.mktemp("checkout")
    for name in ("packaging", "resources", "pyproject.toml"):
        (checkout / name).symlink_to(ROOT / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        yield Places(Layout(checkout))


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In the frozen program's place: it says by which name it was started, and has one library of the system."""
    folder = tmp_path_factory.mktemp("frozen") / NAME
    (folder / "_internal" / "engines").mkdir(parents=True)
    start = folder / NAME
    start.write_text('#!/bin/sh\necho "${0##*/} ${ARGV0-} $*"\n', encoding="utf-8")
    start.chmod(0o755)
    for name in PROGRAMS[1:]:
        (folder / name).symlink_to(NAME)
    shutil.copyfile(library_paths()["libfontconfig.so.1"], folder / "_internal" / "libours.so.1")
    (folder / "_internal" / "engines" / "a name with spaces.txt").write_text("data", encoding="utf-8")
    return folder


@pytest.fixture
def age(program: Path) -> Callable[[], None]:
    """Gives every file of the program another time, as another day would."""

    def later() -> None:
        for path in program.rglob("*"):
            os.utime(path, (1_800_000_000, 1_800_000_000), follow_symlinks=False)

    return later


@pytest.fixture(scope="session")
def console() -> Console:
    return Console(io.StringIO())
