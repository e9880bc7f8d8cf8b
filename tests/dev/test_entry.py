"""dev.py itself: from anywhere, on any Python, with a sentence for whoever calls it wrong."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from devtools.layout import Layout
from devtools.system import COMPILER_PACKAGES, INSTALL, LIBRARIES, Library, command_text, has_display, missing_libraries
from devtools.verbs import VERBS, split_home, usage

DEV = Layout.here().root / "dev.py"


def test_an_old_python_can_read_the_file_that_sends_it_away() -> None:
    ast.parse(DEV.read_text("utf-8"), feature_version=(3, 4))
    assert DEV.read_bytes().isascii()


def test_it_runs_from_another_directory(tmp_path: Path) -> None:
    answer = subprocess.run([sys.executable, DEV, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert answer.stdout.startswith("usage: python3 dev.py VERB")


def test_an_unknown_verb_is_told_the_known_ones() -> None:
    answer = subprocess.run([sys.executable, DEV, "dance"], capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert [verb for verb in VERBS if verb not in answer.stderr] == []


def test_every_verb_says_what_it_does() -> None:
    assert len(usage().splitlines()) == len(VERBS) + 2


@pytest.mark.parametrize(
    ("given", "home", "words"),
    [
        ([], [], []),
        (["--home", "a b"], ["--home", "a b"], []),
        (["--home=x", "why?"], ["--home=x"], ["why?"]),
        (["what", "--home", "x", "is"], ["--home", "x"], ["what", "is"]),
    ],
)
def test_a_home_is_told_from_the_words_of_a_question(given: list[str], home: list[str], words: list[str]) -> None:
    assert split_home(given) == (home, words)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_a_display_is_where_x_or_wayland_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert has_display()


@pytest.mark.skipif(sys.platform != "linux", reason="sonames are Linux's")
def test_a_library_that_the_loader_lacks_is_missing() -> None:
    here = Library("libc.so.6", "libc6", "glibc", "glibc")
    gone = Library("libnowhere.so.1", "libnowhere1", "nowhere", "nowhere")
    assert missing_libraries([here, gone]) == [gone]


@pytest.mark.parametrize("manager", sorted(INSTALL))
def test_every_package_manager_knows_every_library_and_the_compiler(manager: str) -> None:
    assert all(library.package(manager) for library in LIBRARIES)
    assert command_text(manager, COMPILER_PACKAGES[manager]).startswith(f"sudo {manager} ")
