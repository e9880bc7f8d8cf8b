"""The guide's example is real: its files are written down as a reader would, then tested, typed and linted."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from modkit.module import _HOOKS, Capability
from modkit.module_context import ModuleContext
from modkit.phases import Phase

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "writing-a-module.md").read_text(encoding="utf-8")
FILE_BLOCK = re.compile(r"^```python (?P<path>\S+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = {match["path"]: match["code"] for match in FILE_BLOCK.finditer(GUIDE)}
TIMEOUT_S = 110


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources with the guide's files added, as after following it."""
    root = tmp_path_factory.mktemp("checkout with space")
    for package in ("modkit", "modules"):
        shutil.copytree(ROOT / "src" / package, root / "src" / package, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "tests").mkdir()
    for name in ("pyproject.toml", "tests/conftest.py"):
        shutil.copy(ROOT / name, root / name)
    for path, code in BLOCKS.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(code, encoding="utf-8")
    return root


def run(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src"), "COVERAGE_PROCESS_START": ""}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=TIMEOUT_S,
        check=False,
    )


@pytest.mark.slow
def test_the_examples_own_tests_pass(checkout: Path) -> None:
    done = run(checkout, "pytest", "tests/modules/reading_list", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 passed" in done.stdout


@pytest.mark.slow
def test_the_example_is_typed_as_strictly_as_everything_else(checkout: Path) -> None:
    done = run(checkout, "mypy", "src/modules/reading_list", "tests/modules/reading_list")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_example_has_the_style_of_everything_else(checkout: Path) -> None:
    files = [path for path in BLOCKS if path.endswith(".py")]
    done = run(checkout, "ruff", "check", "--no-cache", *files)
    assert done.returncode == 0, done.stdout + done.stderr
    done = run(checkout, "ruff", "format", "--no-cache", "--check", *files)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_lines_that_make_the_example_known_name_its_class() -> None:
    (source,) = re.findall(r'^reading-list = "(\S+):ReadingListModule"$', GUIDE, re.MULTILINE)
    assert f"src/{source.replace('.', '/')}.py" in BLOCKS


def documented(heading: str) -> str:
    return GUIDE.split(f"### {heading}\n")[1].split("\n### ")[0]


def hooks() -> Iterator[str]:
    yield from (hook for names in _HOOKS.values() for hook in names)
    yield from ("init", "start", "stop", "serve", "pre_init", "post_init")


def test_every_hook_and_capability_is_documented() -> None:
    table = documented("Hooks")
    assert [name for name in (*Capability, *hooks()) if f"`{name}`" not in table and f"{name}(" not in table] == []


def test_every_member_of_the_context_is_documented() -> None:
    own = {name for name in vars(ModuleContext) if not name.startswith("_")} - {"config_section", "database"}
    table = documented("What `ctx` offers")
    assert [name for name in sorted(own) if f"`{name}`" not in table] == []


def test_every_phase_is_documented_in_order() -> None:
    text = documented("Order")
    places = [text.index(f"`{phase}`") for phase in Phase]
    assert places == sorted(places)
