"""The program's own executable as a child: started by hand, by the frozen list, by the entry points."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from hyperspot_desktop.child_list import CHILD_KINDS
from modkit.children import probe_sandbox

PYPROJECT = Path(__file__).parents[3] / "pyproject.toml"


def test_the_frozen_list_and_the_entry_points_name_the_same_kinds() -> None:
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["hyperspot.children"] == CHILD_KINDS


def test_without_an_owner_a_child_ends_at_once_and_says_nothing() -> None:
    command = [sys.executable, "-m", "hyperspot_desktop", "--child=probe"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=30)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
def test_started_by_hand_a_child_explains_itself() -> None:
    import pty

    main_end, terminal = pty.openpty()
    command = [sys.executable, "-m", "hyperspot_desktop", "--child=probe"]
    done = subprocess.run(command, stdin=terminal, capture_output=True, text=True, check=False, timeout=30)
    os.close(main_end)
    os.close(terminal)
    assert "not by hand" in done.stderr
    assert done.returncode == 1


async def test_the_probe_ends_its_child_and_reports_the_mechanisms() -> None:
    report = await probe_sandbox()
    assert "rlimit-core" in report.mechanisms or sys.platform == "win32"
