"""Modules compiled without their docstrings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SOURCE = b'''"""About the module."""

from __future__ import annotations


class Named:
    """Only words."""

    name = "kept"


def one() -> str:
    """Gives one."""
    assert True, "stays"
    return "one"


async def only_words() -> None:
    """Does nothing."""


def no_docstring() -> str:
    value = "a string that is no docstring"
    return value
'''


@pytest.fixture(scope="module")
def docstrings(recipe: Callable[[str], ModuleType]) -> ModuleType:
    return recipe("docstrings")


def test_words_go_and_everything_else_stays(docstrings: ModuleType) -> None:
    made: dict[str, Any] = {"__name__": "made"}
    exec(docstrings.compiled_without(SOURCE, "made.py"), made)
    assert made.get("__doc__") is None
    assert made["Named"].__doc__ is None
    assert made["Named"].name == "kept"
    assert made["one"].__doc__ is None
    assert made["one"]() == "one"
    assert made["only_words"].__doc__ is None
    assert made["no_docstring"]() == "a string that is no docstring"
    assert made["one"].__annotations__ == {"return": "str"}


def test_assertions_and_places_in_stacks_stay(docstrings: ModuleType) -> None:
    made: dict[str, Any] = {}
    exec(docstrings.compiled_without(b'def f():\n    """Words."""\n    assert False, "no"\n', "made.py"), made)
    with pytest.raises(AssertionError, match="no") as caught:
        made["f"]()
    assert caught.traceback[-1].lineno == 2


def test_some_packages_keep_theirs(docstrings: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "some.py"
    file.write_bytes(b'"""Words."""\n')
    code = compile(file.read_bytes(), str(file), "exec")
    codes = {"ours.some": code, "theirs.some": code, "theirs.built_in": code}
    paths = {"ours.some": str(file), "theirs.some": str(file), "theirs.built_in": "-"}
    docstrings.strip_docstrings(codes, paths, ("ours",))
    assert codes["ours.some"] is code
    assert codes["theirs.built_in"] is code
    assert "Words." not in codes["theirs.some"].co_consts
