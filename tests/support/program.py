"""Runs the real command-line program as a user would, in a process of its own or, much sooner, in this one."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import IO, Any
from unittest import mock

from loguru import logger

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

    def type(self, *words: str, stdin: str | None = None) -> Finished:
        """As ``run``, with everything from the parser to the exit code, in this process: no start, no imports.

        The host is started and stopped for each command all the same. For tests that are no coroutines.
        """
        # Here, not above: programs that are killed import this file for its other parts.
        from hyperspot_desktop.cli.main import run

        line = ["--home", str(self.home), *words]
        out, err = StringIO(), StringIO()
        with (
            _stdin(stdin) as given,
            mock.patch.dict(os.environ, environment() | dict(self.variables)),
            mock.patch.multiple(sys, stdin=given, argv=["hyperspot", *line]),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            _what_a_process_takes_with_it(),
        ):
            code = run(line)
        return Finished(code, out.getvalue(), err.getvalue())

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


@contextlib.contextmanager
def _stdin(text: str | None) -> Iterator[IO[str]]:
    """A file that holds the text, because the program reads the descriptor."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        file.write(text or "")
        file.seek(0)
        yield file


@contextlib.contextmanager
def _what_a_process_takes_with_it() -> Iterator[None]:
    """Signal handlers and log sinks, as they were."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        # The program leaves one that writes to the stderr it had.
        logger.remove()
