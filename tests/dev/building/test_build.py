"""``dev.py build``: which kinds it makes, how often, and what it then does with them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from devtools.building import build as building
from devtools.building.kinds import Kind
from devtools.building.places import Places
from devtools.console import Console
from devtools.errors import SetupError
from devtools.layout import Layout

Run = Callable[..., int]


@pytest.fixture
def tried() -> list[str]:
    return []


@pytest.fixture
def run(tmp_path: Path, program: Path, console: Console, tried: list[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The verb on a checkout with a frozen program and three kinds; it could not freeze: there is no environment."""
    layout = Layout(tmp_path)
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.0"\n', encoding="utf-8")
    shutil.copytree(program, Places(layout).frozen, symlinks=True)

    def copy(places: Places, _console: Console, frozen: Path) -> Path:
        return Path(shutil.copyfile(frozen / "hyperspot-desktop", places.root / "copy"))

    def growing(places: Places, _console: Console, _frozen: Path) -> Path:
        with (places.root / "growing").open("a", encoding="utf-8") as file:
            file.write("more")
        return places.root / "growing"

    def use(_places: Places, _console: Console, made: Path) -> None:
        tried.append(f"{made.name} {len(made.read_bytes())}")

    kinds = {
        "deb": Kind("the same every time", copy, test=use),
        "growing": Kind("another every time", growing, test=use),
        "frozen": Kind("has no test", lambda _places, _console, frozen: frozen),
    }
    monkeypatch.setattr(building, "KINDS", kinds)
    # What this machine has installed is not asked here, and not changed.
    monkeypatch.setattr(building, "ensure_build_tools", lambda *_: None)
    return lambda *arguments: building.build(layout, console, arguments)


def test_what_was_frozen_before_is_packed_twice_and_compared(run: Run) -> None:
    assert run("deb", "--again", "--twice") == 0
    with pytest.raises(SetupError, match="Two builds of growing differ"):
        run("growing", "--again", "--twice")


def test_all_tests_make_and_try_every_kind_that_has_a_test(run: Run, tried: list[str]) -> None:
    assert run("--all-tests", "--again") == 0
    assert [name.split()[0] for name in tried] == ["copy", "growing"]
    assert tried[1] == "growing 4"


def test_a_kind_without_a_test_cannot_be_tested(run: Run, tried: list[str]) -> None:
    with pytest.raises(SetupError, match="no test of a system for frozen"):
        run("frozen", "--again", "--test")
    assert tried == []
