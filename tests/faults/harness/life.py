"""One life of a program: forked from this process, watched through a pipe, and ended as it is told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import select
import shutil
import signal
import threading
import time
import traceback
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from modkit.errors import HyperSpotError
from tests.faults.harness.scenario import Acknowledge, Fact

Work = Callable[[Acknowledge], Coroutine[Any, Any, Any]]
PATIENCE_S = 300.0


@dataclass
class Life:
    """What a program acknowledged and how it ended.

    ``result`` is what its work gave. ``said`` is the error that it raised for its user, ``bug`` any other one.
    """

    facts: list[Fact] = field(default_factory=list)
    result: Any = None
    said: str = ""
    bug: str = ""
    killed: bool = False
    hung: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """When to kill: ``after_s`` after the first acknowledgement, or after the start; None = let it live.

    ``freeze_s``: it is frozen for that long first, and goes on when it is not to be killed.
    """

    after_s: float | None = None
    from_start: bool = False
    freeze_s: float = 0.0


def live(work: Work, end: End = End()) -> Life:
    """Run ``work`` in a fork of this process, which must have no threads and no loop, until its end or ours."""
    assert threading.active_count() == 1, "a process with threads must not be forked"
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _child(work, writing)
    with contextlib.suppress(OSError):
        os.setpgid(pid, pid)  # as the child does: whoever comes first
    os.close(writing)
    life = Life()
    try:
        _watch(pid, reading, life, end)
    finally:
        os.close(reading)
        _, status = os.waitpid(pid, 0)
    life.killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL and not life.hung
    if not life.killed and status != 0 and not life.bug:
        life.bug = f"ended with status {status}"
    return life


def _child(work: Work, writing: int) -> None:
    """Never returns."""
    os.setpgid(0, 0)

    def say(line: dict[str, Any]) -> None:
        # One write per line: a kill leaves no half line behind.
        os.write(writing, json.dumps(line).encode() + b"\n")

    try:
        say({"result": asyncio.run(work(lambda fact: say({"fact": fact})))})
    except HyperSpotError as err:
        say({"said": f"{type(err).__name__}: {err.sentence}"})
    except BaseException as err:
        say({"bug": f"{type(err).__name__}: {err}\n{traceback.format_exc()[-3000:]}"})
    finally:
        os._exit(0)


def _watch(pid: int, reading: int, life: Life, end: End) -> None:
    started = time.monotonic()
    kill_at = started + end.after_s if end.after_s is not None and end.from_start else None
    rest, open_end = b"", True
    while open_end:
        now = time.monotonic()
        if kill_at is not None and now >= kill_at:
            _end(pid, end)
            kill_at = None
        if now - started > PATIENCE_S:
            life.hung, kill_at, started = True, None, now
            _kill(pid)
        wait_s = 1.0 if kill_at is None else max(0.0, min(1.0, kill_at - now))
        if not select.select([reading], [], [], wait_s)[0]:
            continue
        data = os.read(reading, 1 << 16)
        open_end = bool(data)
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            _heard(json.loads(line), life)
        if life.facts and kill_at is None and end.after_s is not None and not end.from_start:
            kill_at, end = time.monotonic() + end.after_s, End(end.after_s, True, end.freeze_s)


def _heard(said: dict[str, Any], life: Life) -> None:
    if "fact" in said:
        life.facts.append(said["fact"])
    life.result = said.get("result", life.result)
    life.said = said.get("said", life.said)
    life.bug = said.get("bug", life.bug)


def _end(pid: int, end: End) -> None:
    if end.freeze_s:
        os.killpg(pid, signal.SIGSTOP)
        time.sleep(end.freeze_s)
        os.killpg(pid, signal.SIGCONT)
        return
    _kill(pid)


def _kill(pid: int) -> None:
    os.killpg(pid, signal.SIGKILL)


def copied(template: Path, place: Path) -> Path:
    """A fresh copy of what a scenario prepared."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(template, place)
    return place
