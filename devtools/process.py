"""Runs other programs: logged with progress during set-up, or in the foreground as the user's own."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from devtools.console import Step
from devtools.errors import CommandFailed

KEPT_LINES = 400
STOP_GRACE_S = 10.0

Interpreter = Callable[[str], "str | None"]


_NOT_OURS = frozenset({"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"})


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The user's environment for a program of the checkout's venv, without what would leak another Python in.

    Bytecode is kept whatever the user's shell says: without it, our own sources cost half a second at each start.
    """
    env = {key: value for key, value in os.environ.items() if key not in _NOT_OURS}
    env["PYTHONUNBUFFERED"] = "1"
    env.update(extra or {})
    return env


def run_logged(
    command: Sequence[str | Path],
    *,
    step: Step,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    interpret: Interpreter = lambda line: line,
) -> list[str]:
    """Run a command, show its progress on ``step`` and keep its whole output in ``log``.

    ``interpret`` turns an output line into what is shown; None keeps what was shown before. Returns the
    last lines of the output. When this is interrupted, the command and all that it started are stopped first.

    Raises:
        CommandFailed: the command ended with a non-zero status.
    """
    arguments = [str(part) for part in command]
    kept: deque[str] = deque(maxlen=KEPT_LINES)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8", errors="replace") as record:
        process = subprocess.Popen(
            arguments,
            cwd=cwd,
            env=dict(env) if env is not None else environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            # A group of its own, so that an interruption reaches compilers three levels down as well.
            start_new_session=True,
        )
        try:
            assert process.stdout is not None
            with process.stdout as output:
                for line in output:
                    record.write(line)
                    if text := line.strip():
                        kept.append(text)
                        step.update(interpret(text) or step.detail)
            status = process.wait()
        except BaseException:
            stop_group(process)
            raise
    if status != 0:
        raise CommandFailed(arguments, status, list(kept))
    return list(kept)


def stop_group(process: subprocess.Popen[str]) -> None:
    """Ask a command's whole process group to stop, then make it."""
    if sys.platform == "win32":
        process.terminate()
        process.wait()
        return
    for request in (signal.SIGINT, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, request)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_GRACE_S)


def run_quiet(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> str:
    """Run a short command and return its standard output and error together.

    Raises:
        CommandFailed: the command ended with a non-zero status.
    """
    arguments = [str(part) for part in command]
    result = subprocess.run(
        arguments,
        cwd=cwd,
        env=dict(env) if env is not None else environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode != 0:
        raise CommandFailed(arguments, result.returncode, result.stdout.splitlines())
    return result.stdout


def run_foreground(command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path | None = None) -> int:
    """Hand the terminal to a command and return its exit status (128 + n when signal n ended it).

    Ctrl+C belongs to the command: it decides what stopping means, and this waits for it.
    """
    process = subprocess.Popen([str(part) for part in command], env=dict(env), cwd=cwd)
    while True:
        try:
            status = process.wait()
        except KeyboardInterrupt:
            continue
        except BaseException:
            # Told to end: what we started ends with us.
            process.terminate()
            process.wait()
            raise
        return status if status >= 0 else 128 - status
