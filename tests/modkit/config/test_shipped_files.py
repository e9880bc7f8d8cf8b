"""The files in config/ load as they are, name only modules there are, and forget none."""

from __future__ import annotations

from pathlib import Path

import pytest

from hyperspot_desktop.module_list import MODULES
from modkit.config import AppConfig, desktop_defaults, load_config
from modkit.config.render import effective_modules

FOLDER = Path(__file__).parents[3] / "config"
FILES = sorted(FOLDER.glob("*.yaml"))


STATELESS = {"backups", "file-parser", "portability"}
"""Modules without tables."""


def load(path: Path) -> AppConfig:
    return load_config(path, environ={}, create_home=False)


def test_the_three_files_are_there() -> None:
    assert [path.name for path in FILES] == ["desktop.yaml", "quickstart.yaml", "server.yaml"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_module_is_there_with_a_database_that_resolves(path: Path) -> None:
    modules = effective_modules(load(path))
    assert sorted(modules) == sorted(MODULES)
    stored = {name for name, module in modules.items() if (module.get("database") or {}).get("engine") == "sqlite"}
    assert stored == set(MODULES) - STATELESS


def test_the_desktop_file_spells_the_built_in_defaults_out() -> None:
    built_in = load_config(environ={}, defaults=desktop_defaults(MODULES), create_home=False)
    assert load(FOLDER / "desktop.yaml") == built_in


@pytest.mark.parametrize("name", ["server.yaml", "quickstart.yaml"])
def test_each_module_of_a_server_has_a_file_of_its_own(name: str) -> None:
    config = load(FOLDER / name)
    settings = [config.database_settings(module) for module in MODULES]
    assert len({one.path for one in settings if one is not None}) == len(MODULES) - len(STATELESS)
