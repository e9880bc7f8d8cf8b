"""The import contracts bite: each forbidden direction, tried in a small tree, is refused by name."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from devtools.layout import Layout
from devtools.process import environment

FILES = (
    "modkit/__init__.py",
    "modkit/errors.py",
    "modules/__init__.py",
    "modules/chat/__init__.py",
    "modules/chat/module.py",
    "modules/chat/contract/__init__.py",
    "modules/chat/domain/__init__.py",
    "modules/chat/infra/__init__.py",
    "modules/rag/__init__.py",
    "modules/rag/module.py",
    "modules/rag/contract/__init__.py",
    "modules/rag/domain/__init__.py",
    "hyperspot_desktop/__init__.py",
    "hyperspot_desktop/app.py",
    "hyperspot_desktop/cli/__init__.py",
    "hyperspot_server/__init__.py",
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree of empty packages in our layout, under our own contracts."""
    shutil.copy(Layout.here().root / "pyproject.toml", tmp_path)
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    return tmp_path


def lint(tree: Path) -> str:
    command = [str(Layout.here().script("lint-imports")), "--no-cache"]
    # The tree's own packages come first on the path, before the installed ones.
    env = environment({"PYTHONPATH": str(tree), "NO_COLOR": "1"})
    return subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True, check=False).stdout


def test_a_tree_that_keeps_to_the_layout_passes(tree: Path) -> None:
    (tree / "modules/chat/module.py").write_text(
        "import modules.rag.contract\nimport modules.chat.infra\nimport modkit.errors\n"
    )
    (tree / "modules/chat/infra/__init__.py").write_text("import modules.chat.domain\nimport sqlalchemy\n")
    (tree / "hyperspot_desktop/app.py").write_text("import PySide6\nimport modules.chat.contract\n")
    assert "0 broken" in lint(tree)


@pytest.mark.parametrize(
    ("importer", "imported", "contract"),
    [
        ("modkit/errors.py", "modules.chat.contract", "Shell and server over modules over modkit"),
        ("modules/chat/module.py", "hyperspot_desktop.app", "Shell and server over modules over modkit"),
        ("hyperspot_server/__init__.py", "hyperspot_desktop.app", "Shell and server over modules over modkit"),
        ("modules/chat/module.py", "modules.rag.domain", "Others see a module only through its contract"),
        ("hyperspot_desktop/app.py", "modules.chat.module", "Others see a module only through its contract"),
        ("modules/chat/domain/__init__.py", "modules.chat.infra", "Layers inside every module"),
        ("modules/chat/contract/__init__.py", "modules.chat.domain", "Layers inside every module"),
        ("modules/chat/domain/__init__.py", "sqlalchemy", "Contract and domain know no web, database or Qt"),
        ("modules/chat/contract/__init__.py", "fastapi", "Contract and domain know no web, database or Qt"),
        ("modules/chat/module.py", "PySide6.QtCore", "Qt only in the shell, and never in the CLI"),
        ("hyperspot_desktop/cli/__init__.py", "hyperspot_desktop.app", "Qt only in the shell, and never in the CLI"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(tree: Path, importer: str, imported: str, contract: str) -> None:
    (tree / "hyperspot_desktop/app.py").write_text("import PySide6\n")
    with (tree / importer).open("a") as file:
        file.write(f"import {imported}\n")
    assert f"{contract} BROKEN" in lint(tree)


def test_modules_that_need_each_other_break_the_contract_on_cycles(tree: Path) -> None:
    (tree / "modules/chat/module.py").write_text("import modules.rag.contract\n")
    (tree / "modules/rag/module.py").write_text("import modules.chat.contract\n")
    assert "No cycles BROKEN" in lint(tree)


def test_a_file_outside_the_one_shape_breaks_the_layers(tree: Path) -> None:
    (tree / "modules/chat/helpers.py").write_text("")
    assert "Layers inside every module BROKEN" in lint(tree)
