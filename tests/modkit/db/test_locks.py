"""Advisory locks between processes."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from modkit.db.errors import AlreadyHeld
from modkit.db.locks import AdvisoryLocks, LockWait

QUICK = LockWait(max_wait_s=0.2, first_pause_s=0.01)


@pytest.fixture
def locks(home: Path) -> AdvisoryLocks:
    return AdvisoryLocks(home / "run", "notes")


async def test_a_lock_is_held_once(locks: AdvisoryLocks) -> None:
    with await locks.lock("index") as held:
        with pytest.raises(AlreadyHeld, match="notes:index"):
            await locks.lock("index")
        assert held.key == "notes:index"
        (await locks.lock("other")).release()
    again = await locks.lock("index")
    again.release()
    again.release()


async def test_the_file_says_who_holds_it(locks: AdvisoryLocks) -> None:
    with await locks.lock("index"):
        pid, key, stamp = locks.path_of("index").read_text().splitlines()
    assert (pid, key) == (str(os.getpid()), "notes:index")
    assert stamp.startswith("20")


async def test_waiting_ends_with_the_lock_when_it_becomes_free(locks: AdvisoryLocks) -> None:
    first = await locks.lock("index")
    waiting = asyncio.create_task(locks.try_lock("index"))
    await asyncio.sleep(0)
    first.release()
    second = await waiting
    assert second is not None
    second.release()


async def test_waiting_ends_without_the_lock_after_the_time_or_the_attempts(locks: AdvisoryLocks) -> None:
    with await locks.lock("index"):
        assert await locks.try_lock("index", QUICK) is None
        assert await locks.try_lock("index", LockWait(max_attempts=1)) is None


async def test_a_killed_holder_frees_its_lock(locks: AdvisoryLocks, home: Path) -> None:
    code = (
        "import asyncio, pathlib, sys, time\n"
        "from modkit.db.locks import AdvisoryLocks\n"
        "held = asyncio.run(AdvisoryLocks(pathlib.Path(sys.argv[1]), 'notes').lock('index'))\n"
        "print('held', flush=True)\n"
        "time.sleep(600)\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        code,
        str(home / "run"),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"held\n"
    with pytest.raises(AlreadyHeld):
        await locks.lock("index")
    process.kill()
    await process.communicate()
    freed = await locks.try_lock("index")
    assert freed is not None
    freed.release()
