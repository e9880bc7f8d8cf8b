"""Runs the real program as a user would, each test in a home of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.starter import environment


@dataclass(frozen=True)
class Finished:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Program:
    """``hyperspot`` on one home."""

    home: Path

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "hyperspot_desktop.cli.main", "--home", str(self.home), *words]

    def run(self, *words: str, stdin: str | None = None, prefix: tuple[str, ...] = ()) -> Finished:
        result = subprocess.run(
            [*prefix, *self.command(*words)],
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment(),
            timeout=180,
            check=False,
        )
        return Finished(result.returncode, result.stdout, result.stderr)

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment(),
            start_new_session=True,
        )


@pytest.fixture
def hyperspot(tmp_path: Path) -> Program:
    """A fresh home on a path with a space and letters beyond ASCII."""
    return Program(tmp_path / "häuslich 家" / "home")
