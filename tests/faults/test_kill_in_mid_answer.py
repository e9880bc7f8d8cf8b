"""The whole program is killed in mid-answer, over and over: nothing shown 250 ms before may be missing afterwards."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from uuid import UUID

import psutil
import pytest

from hyperspot_desktop.bootstrap import open_host
from modkit.db.provider import SqlCipherProvider
from modkit.db.verify import verify_backup
from modkit.security import SecurityContext
from modules.chat.contract import ChatClient, MessageStatus
from tests.support.starter import environment

if sys.platform == "win32":
    pytest.skip("the programs to be killed are forks", allow_module_level=True)

KILLS = int(os.environ.get("HYPERSPOT_FAULT_KILLS", "4"))
PROMISE_S = 0.25
LONGEST_LIFE_S = 1.5
"""After its first token, or for every fourth after its first answer began: while the engine is starting."""
PROGRAM = Path(__file__).with_name("answering_program.py")
REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass
class Shown:
    """What a reader of one answer had seen, and when."""

    user: UUID
    answer: UUID
    deltas: list[tuple[float, str]] = field(default_factory=list)

    def owed(self, killed_at: float) -> str:
        """The text that must have survived a kill at that moment."""
        return "".join(text for seen_at, text in self.deltas if seen_at <= killed_at - PROMISE_S)


@dataclass
class Killed:
    """One life of the program."""

    answers: list[Shown] = field(default_factory=list)
    at: float = float("inf")
    children: list[psutil.Process] = field(default_factory=list)

    def end(self, program: psutil.Process) -> None:
        """Kill it, and remember when, and who must go with it."""
        self.children = program.children(recursive=True)
        self.at = time.monotonic()
        os.killpg(program.pid, signal.SIGKILL)


class Programs:
    """Starts programs on one home and kills them."""

    def __init__(self, home: Path) -> None:
        paths = os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY)])
        self._mother = subprocess.Popen(
            [sys.executable, str(PROGRAM), str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment() | {"PYTHONPATH": paths},
        )

    def run_and_kill(self, life_s: float, after: str) -> Killed:
        """Let a program answer for ``life_s`` after it first said ``after``, then SIGKILL its process group."""
        self._pipe(self._mother.stdin).write(b"\n")
        self._pipe(self._mother.stdin).flush()
        lines = self._pipe(self._mother.stdout)
        program = psutil.Process(json.loads(lines.readline())["program"])
        life = Killed()
        timer = threading.Timer(life_s, life.end, (program,))
        for line in lines:
            now = time.monotonic()
            said = json.loads(line)
            if "ended" in said:
                assert said["ended"] == signal.SIGKILL, "the program ended by itself"
                break
            if "answer" in said:
                life.answers.append(Shown(UUID(said["user"]), UUID(said["answer"])))
            else:
                life.answers[-1].deltas.append((now, said["delta"]))
            if after in said and timer.ident is None:
                timer.start()
        timer.join()
        return life

    def close(self) -> None:
        self._pipe(self._mother.stdin).close()
        self._pipe(self._mother.stdout).close()
        self._mother.wait(timeout=30)

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe


@contextmanager
def programs_on(home: Path) -> Iterator[Programs]:
    programs = Programs(home)
    try:
        yield programs
    finally:
        programs.close()


def still_running(processes: list[psutil.Process]) -> list[int]:
    """Those that still run after ten seconds."""
    _, alive = psutil.wait_procs(processes, timeout=30)
    return [process.pid for process in alive]


async def problems_of(life: Killed, chat: ChatClient, ctx: SecurityContext) -> list[str]:
    """What of one life is missing in the store."""
    found: list[str] = []
    for answer in life.answers:
        if not (await chat.message(ctx, answer.user)).content.startswith("Write a long story"):
            found.append(f"the question {answer.user} is damaged")
        kept = await chat.message(ctx, answer.answer)
        owed = answer.owed(life.at)
        if not kept.content.startswith(owed):
            found.append(f"{kept.status}: owed {owed!r}, kept {kept.content!r}")
        if kept.status not in (MessageStatus.COMPLETE, MessageStatus.INTERRUPTED):
            found.append(f"{answer.answer} is {kept.status}")
    return found


@pytest.mark.engine
@pytest.mark.timeout(60 + 30 * KILLS)
async def test_nothing_that_was_shown_is_lost_when_the_program_is_killed(
    starter_home: Path, ctx: SecurityContext
) -> None:
    seed = int(os.environ.get("HYPERSPOT_FAULT_SEED", random.SystemRandom().randrange(2**32)))
    chance = random.Random(seed)
    lives: list[Killed] = []
    orphans: list[int] = []
    with programs_on(starter_home) as programs:
        for number in range(KILLS):
            after = "answer" if number % 4 == 0 else "delta"
            # In even parts: a short run has a long life, too, after which something is owed.
            life_s = (number + chance.random()) / KILLS * LONGEST_LIFE_S
            lives.append(programs.run_and_kill(life_s, after))
            orphans += still_running(lives[-1].children)

    lost: list[str] = []
    async with open_host(starter_home) as host:
        chat = host.client_hub.get(ChatClient)
        for life in lives:
            lost += await problems_of(life, chat, ctx)
        files = host.client_hub.get(SqlCipherProvider).files
    # The databases themselves are read page by page, as a backup would be.
    checked = [verify_backup(file.path, file.key) for file in files]

    owed = sum(len(answer.owed(life.at)) for life in lives for answer in life.answers)
    answers = sum(len(life.answers) for life in lives)
    outcome = f"{answers} answers, {owed} characters owed, {len(lost)} lost, {len(orphans)} orphans"
    print(f"\nseed {seed}: {KILLS} kills, {outcome}")
    assert orphans == []
    assert lost == []
    assert sum(database.rows["outbox"] for database in checked) >= answers
    assert owed > 0, "no kill came a quarter second after a token"
