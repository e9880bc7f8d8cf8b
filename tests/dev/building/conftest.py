"""The recipe of the frozen program, whose files lie beside no package."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

RECIPE = Path(__file__).parents[3] / "packaging" / "pyinstaller"


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
