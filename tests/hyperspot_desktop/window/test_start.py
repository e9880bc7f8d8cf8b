"""What the window remembers, what its first frame needs, and a real profile behind it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hyperspot_desktop.window.state import WindowState

ENVIRONMENT = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}

FIRST_FRAME = """
import sys
from pathlib import Path
from PySide6.QtGui import QGuiApplication
from hyperspot_desktop.window.program import Program
from hyperspot_desktop.window.real_host import Profile
application = QGuiApplication(["test"])
program = Program(application, Profile(Path(sys.argv[1])))
program.start = lambda: None
def drawn():
    print(" ".join(sorted(sys.modules)))
    application.quit()
program.window.frameSwapped.connect(drawn)
program.run(60_000)
"""


def test_the_state_of_the_window_comes_back(tmp_path: Path) -> None:
    state = WindowState(x=10, y=20, width=1000, height=700, page="models", conversation_id="x", font_scale=1.5)
    state.write(tmp_path / "home" / "window.json")
    assert WindowState.read(tmp_path / "home" / "window.json") == state


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '{"width": "wide", "page": 7, "x": true, "font_scale": null}'])
def test_a_damaged_state_is_the_default(tmp_path: Path, text: str) -> None:
    (tmp_path / "window.json").write_text(text)
    assert WindowState.read(tmp_path / "window.json") == WindowState()


def test_a_home_that_cannot_be_written_loses_only_the_state(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    WindowState().write(tmp_path / "file" / "window.json")


def test_the_first_frame_needs_qt_alone(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_FRAME, str(tmp_path)],
        env=ENVIRONMENT | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    loaded = set(done.stdout.split())
    heavy = {"numpy", "sqlalchemy", "sqlmodel", "pydantic", "loguru", "httpx", "markdown_it", "pygments", "keyring"}
    heavy |= {"asyncio", "hashlib", "psutil", "ssl"}
    assert "PySide6.QtQuick" in loaded
    assert loaded & heavy == set()


def test_a_start_can_be_timed(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hyperspot_desktop", "--home", str(tmp_path / "home"), "--time-start"]
    environment = ENVIRONMENT | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert re.fullmatch(r"The first frame was there \d+\.\d{3} s after the program's first line\.\n", done.stdout)
    assert not list((tmp_path / "home").glob("*.db"))  # no profile was made


def test_importing_reads_no_sources() -> None:
    program = (
        "from hyperspot_desktop.window import lean_imports; lean_imports.install(); "
        "import hyperspot_desktop.window.program, linecache; print(len(linecache.cache))"
    )
    environment = ENVIRONMENT | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"


def test_no_words_are_kept_outside_the_encrypted_store(tmp_path: Path) -> None:
    WindowState(conversation_id="id").write(tmp_path / "window.json")
    assert set(json.loads((tmp_path / "window.json").read_text())) == {
        "x",
        "y",
        "sources_shown",
        "width",
        "height",
        "maximised",
        "page",
        "conversation_id",
        "message_place",
        "side_bar_shown",
        "theme",
        "font_scale",
        "high_contrast",
        "reduced_motion",
        "language",
        "locked",
    }


@pytest.mark.slow
def test_pictures_of_a_page_are_taken_without_a_word_from_qt(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "hyperspot_desktop.shots",
            "--out",
            str(tmp_path),
            "--page",
            "models",
            "--theme",
            "dark",
        ],
        env=ENVIRONMENT | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    assert done.stderr == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "models-dark-1280x820.png",
        "models-dark-900x600.png",
        "models-empty-dark-1280x820.png",
        "models-empty-dark-900x600.png",
    ]
