"""The whole program is killed in mid-answer, over and over: nothing shown 250 ms before may be missing afterwards."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import psutil
import pytest

from hyperspot_desktop.bootstrap import open_host
from modkit.security import SecurityContext
from modules.chat.contract import ChatClient, MessageStatus

KILLS = int(os.environ.get("HYPERSPOT_FAULT_KILLS", "25"))
PROMISE_S = 0.25
PROGRAM = Path(__file__).with_name("answering_program.py")


@dataclass
class Shown:
    """What a reader of one answer had seen, and when."""

    user: UUID
    answer: UUID
    deltas: list[tuple[float, str]] = field(default_factory=list)

    def owed(self, killed_at: float) -> str:
        """The text that must have survived a kill at that moment."""
        return "".join(text for seen_at, text in self.deltas if seen_at <= killed_at - PROMISE_S)


def run_and_kill(home: Path, life_s: float) -> tuple[list[Shown], float, list[int]]:
    """Let the program answer for ``life_s`` after its first answer began, then kill its whole process group."""
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(home)], stdout=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout is not None
    answers: list[Shown] = []
    children: list[int] = []
    deadline = time.monotonic() + 120
    try:
        for line in process.stdout:
            now = time.monotonic()
            said = json.loads(line)
            if "answer" in said:
                if not answers:
                    deadline = now + life_s
                    children = [child.pid for child in psutil.Process(process.pid).children(recursive=True)]
                answers.append(Shown(UUID(said["user"]), UUID(said["answer"])))
            elif "delta" in said:
                answers[-1].deltas.append((now, said["delta"]))
            if now >= deadline:
                break
    finally:
        killed_at = time.monotonic()
        os.killpg(process.pid, signal.SIGKILL)
        process.stdout.close()
        process.wait(timeout=30)
    return answers, killed_at, children


def wait_until_gone(pids: list[int]) -> list[int]:
    """Those of ``pids`` that still run after ten seconds."""
    _, alive = psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], timeout=10)
    return [process.pid for process in alive]


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are killed with POSIX signals")
@pytest.mark.timeout(3600)
async def test_nothing_that_was_shown_is_lost_when_the_program_is_killed(
    starter_home: Path, ctx: SecurityContext
) -> None:
    seed = int(os.environ.get("HYPERSPOT_FAULT_SEED", random.SystemRandom().randrange(2**32)))
    print(f"seed {seed}, {KILLS} kills")
    chance = random.Random(seed)
    killed: list[tuple[Shown, float]] = []
    orphans: list[int] = []
    for _ in range(KILLS):
        answers, killed_at, children = run_and_kill(starter_home, chance.uniform(0.0, 1.5))
        killed += [(answer, killed_at) for answer in answers]
        orphans += wait_until_gone(children)

    assert orphans == []
    lost: list[str] = []
    async with open_host(starter_home) as host:
        chat = host.client_hub.get(ChatClient)
        for answer, killed_at in killed:
            assert (await chat.message(ctx, answer.user)).content.startswith("Write a long story")
            kept = await chat.message(ctx, answer.answer)
            if not kept.content.startswith(answer.owed(killed_at)):
                lost.append(f"{kept.status}: owed {answer.owed(killed_at)!r}, kept {kept.content!r}")
            assert kept.status in (MessageStatus.COMPLETE, MessageStatus.INTERRUPTED)
    assert lost == []
    assert sum(len(answer.owed(killed_at)) for answer, killed_at in killed) > 0, "no kill came after a shown token"
