"""Runs the real command-line program as a user would."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.starter import environment

PATIENCE_S = 240
"""How long one command may take on a machine that is busy with something else."""


def wait_for_handler(pid: int, number: signal.Signals) -> None:
    """Until the process minds a signal that would simply have ended it before (Linux)."""
    deadline = time.monotonic() + PATIENCE_S
    while not _minds(pid, number):
        assert time.monotonic() < deadline, f"{pid} never minded {number.name}"
        time.sleep(0.005)


def wait_until_imported(pid: int, extension: str) -> None:
    """Until the process has loaded a compiled module, as a sign of how far it is (Linux)."""
    deadline = time.monotonic() + PATIENCE_S
    while extension not in Path(f"/proc/{pid}/maps").read_text():
        assert time.monotonic() < deadline, f"{pid} never imported {extension}"
        time.sleep(0.001)


def _minds(pid: int, number: signal.Signals) -> bool:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    caught = next(int(line.split()[1], 16) for line in lines if line.startswith("SigCgt"))
    return bool(caught >> (number - 1) & 1)


@dataclass(frozen=True)
class Finished:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def answered(self) -> bool:
        """The model answered, to its end or to the end of the context: the starter model is a rambler."""
        return self.code == 0 or "answer_cut" in self.out or "reached its length limit" in self.err

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Program:
    """``hyperspot`` on one home; ``variables`` are set in its environment besides the usual ones."""

    home: Path
    variables: Mapping[str, str] = field(default_factory=dict)

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "hyperspot_desktop.cli", "--home", str(self.home), *words]

    def run(self, *words: str, stdin: str | None = None, prefix: tuple[str, ...] = ()) -> Finished:
        result = subprocess.run(
            [*prefix, *self.command(*words)],
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment() | dict(self.variables),
            timeout=PATIENCE_S,
            check=False,
        )
        return Finished(result.returncode, result.stdout, result.stderr)

    def start(self, *words: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*words),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment() | dict(self.variables),
            start_new_session=True,
        )
