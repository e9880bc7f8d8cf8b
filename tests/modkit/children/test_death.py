"""Children that crash, hang or stop, and owners that are killed: calls end with a reason, nothing is left behind."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import aclosing, suppress
from pathlib import Path

import psutil
import pytest

from modkit.children import (
    ChildDied,
    ChildError,
    ChildProcess,
    ChildStartFailed,
    ChildStopped,
    ChildTimeout,
    RestartPolicy,
)
from modkit.children.backoff import Backoff

MakeChild = Callable[..., ChildProcess]
OWNER = Path(__file__).with_name("tested_owner.py")
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals")
linux = pytest.mark.skipif(sys.platform != "linux", reason="the death signal is Linux's")


def process_of(child: ChildProcess) -> psutil.Process:
    assert child.pid is not None
    return psutil.Process(child.pid)


def wait_until_gone(pid: int) -> None:
    """Return when no such process runs any more; a zombie nobody collects counts as gone."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for _ in range(2000):
            if process.status() == psutil.STATUS_ZOMBIE:
                return
            with suppress(psutil.TimeoutExpired):
                process.wait(timeout=0.005)
                return
        pytest.fail(f"the process {pid} lives on")


@posix
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
async def test_a_crash_ends_calls_with_its_signal_and_the_next_call_has_a_new_process(
    child: ChildProcess, number: signal.Signals
) -> None:
    waiting = asyncio.create_task(child.call("wait_for_cancel"))
    with pytest.raises(ChildDied) as caught:
        await child.call("crash", {"signal": int(number)})
    with pytest.raises(ChildDied):
        await waiting
    assert caught.value.exit_code == -number
    assert await child.call("echo") == {}
    assert (child.generation, child.restarts) == (2, 1)


async def test_a_quiet_exit_is_a_death_too(child: ChildProcess) -> None:
    with pytest.raises(ChildDied, match="exit code 3"):
        await child.call("exit_quietly", {"code": 3})


@posix
async def test_what_was_streamed_before_a_crash_is_not_lost(child: ChildProcess) -> None:
    numbers: list[int] = []
    with pytest.raises(ChildDied):
        async for number in child.stream("count_then_crash", {"to": 1000}):
            numbers.append(number)
    assert numbers == list(range(1000))


@posix
async def test_a_death_between_calls_is_told_and_repaired_by_the_next_call(make_child: MakeChild) -> None:
    deaths: asyncio.Queue[ChildError] = asyncio.Queue()
    child = make_child(on_death=deaths.put_nowait)
    await child.start()
    process_of(child).kill()
    async with asyncio.timeout(10):
        assert isinstance(await deaths.get(), ChildDied)
    assert await child.call("echo") == {}
    assert child.restarts == 1


@posix
async def test_in_mode_always_it_comes_back_by_itself(make_child: MakeChild) -> None:
    child = make_child(restart=RestartPolicy(mode="always"))
    await child.start()
    process_of(child).kill()
    async with asyncio.timeout(10):
        while child.generation < 2:
            await asyncio.sleep(0.01)
    assert child.alive


@posix
async def test_a_failing_death_listener_does_not_keep_it_from_coming_back(make_child: MakeChild) -> None:
    child = make_child(on_death={}.__getitem__, restart=RestartPolicy(mode="always"))
    await child.start()
    process_of(child).kill()
    async with asyncio.timeout(10):
        while child.generation < 2:
            await asyncio.sleep(0.01)
    assert child.alive


@posix
async def test_in_mode_never_it_comes_back_only_when_started(make_child: MakeChild) -> None:
    child = make_child(restart=RestartPolicy(mode="never"))
    with pytest.raises(ChildDied):
        await child.call("crash", {"signal": 9})
    with pytest.raises(ChildDied):
        await child.call("echo")
    await child.start()
    assert await child.call("echo") == {}


@posix
async def test_a_frozen_process_is_noticed_by_its_pings(make_child: MakeChild) -> None:
    child = make_child(unresponsive_after_s=0.5)
    await child.start()
    process = process_of(child)
    process.suspend()
    with pytest.raises(ChildTimeout, match="did not react"):
        await child.call("echo")
    await asyncio.to_thread(wait_until_gone, process.pid)
    assert await child.call("echo") == {}


@posix
async def test_a_frozen_process_is_stopped_all_the_same(make_child: MakeChild) -> None:
    child = make_child(stop_grace_s=0.1)
    await child.start()
    process = process_of(child)
    process.suspend()
    await child.stop()
    await asyncio.to_thread(wait_until_gone, process.pid)


async def test_silence_over_the_limit_ends_the_process(make_child: MakeChild) -> None:
    child = make_child(silence_timeout_s=0.2)
    await child.start()
    process = process_of(child)
    with pytest.raises(ChildTimeout, match="no sign of life"):
        await child.call("ignore_everything")
    await asyncio.to_thread(wait_until_gone, process.pid)
    assert await child.call("echo") == {}


async def test_a_handler_that_ignores_its_cancellation_loses_its_process(make_child: MakeChild) -> None:
    child = make_child(cancel_grace_s=0.1)
    await child.start()
    process = process_of(child)
    with pytest.raises(ChildTimeout, match="longer than"):
        await child.call("ignore_everything", timeout_s=0.1)
    await asyncio.to_thread(wait_until_gone, process.pid)
    assert await child.call("echo") == {}


async def test_stop_does_not_wait_for_a_handler(child: ChildProcess) -> None:
    call = asyncio.create_task(child.call("ignore_everything"))
    await child.call("echo")
    async with asyncio.timeout(0.9):  # less than the grace: closing stdin alone is enough
        await child.stop()
    with pytest.raises(ChildStopped):
        await call


@pytest.mark.parametrize(
    ("main", "words"),
    [
        ("main_that_fails", "no engine"),
        ("main_that_returns", "without serving"),
        ("main_that_crashes", "SIGSEGV"),
        ("main_that_does_not_exist", "AttributeError"),
    ],
)
async def test_a_child_that_cannot_start_says_why(make_child: MakeChild, main: str, words: str) -> None:
    with pytest.raises(ChildStartFailed, match=words):
        await make_child(main).start()


async def test_a_child_that_is_not_ready_in_time_is_ended(make_child: MakeChild) -> None:
    with pytest.raises(ChildStartFailed, match=r"not ready after 0\.5 s"):
        await make_child("main_that_hangs", start_timeout_s=0.5).start()


async def test_stop_does_not_wait_for_a_child_that_hangs_at_its_start(make_child: MakeChild) -> None:
    child = make_child("main_that_hangs")
    starting = asyncio.create_task(child.start())
    await asyncio.sleep(0.05)
    async with asyncio.timeout(5):
        await child.stop()
        with pytest.raises(ChildStopped):
            await starting


async def test_a_cancelled_start_leaves_no_child_behind(make_child: MakeChild) -> None:
    before = set(psutil.Process().children())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await make_child("main_that_hangs").start()
    assert set(psutil.Process().children()) == before


async def test_stopping_a_child_that_is_just_coming_back_does_not_hang(make_child: MakeChild) -> None:
    child = make_child(restart=RestartPolicy(mode="always"))
    await child.start()
    process_of(child).kill()
    with pytest.raises(ChildDied):
        await child.call("wait_for_cancel")
    async with asyncio.timeout(5):
        await child.stop()
    assert not child.alive


async def test_an_unknown_kind_says_so(make_child: MakeChild) -> None:
    with pytest.raises(ChildStartFailed, match="No kind of child is called 'tested'"):
        await make_child(target=None).start()


async def test_stopping_does_not_wait_for_a_back_off(make_child: MakeChild) -> None:
    child = make_child("main_that_fails", restart=RestartPolicy(base_s=3600, max_s=3600))
    with pytest.raises(ChildStartFailed):
        await child.start()
    with pytest.raises(ChildStartFailed):
        await child.start()
    third = asyncio.create_task(child.start())
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await child.stop()
        with pytest.raises(ChildStopped):
            await third


def test_the_pause_doubles_up_to_a_minute_and_is_forgotten_after_stability() -> None:
    clock = [0.0]
    backoff = Backoff(RestartPolicy(), now=lambda: clock[0])

    def die_at_once() -> float:
        backoff.note_start()
        backoff.note_death()
        return backoff.delay_s()

    assert [die_at_once() for _ in range(9)] == [0, 1, 2, 4, 8, 16, 32, 60, 60]
    backoff.note_start()
    clock[0] += 61
    backoff.note_death()
    assert backoff.delay_s() == 0


@pytest.fixture
def owner(request: pytest.FixtureRequest) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A program that owns a busy child, and the pid of that child."""
    target, method = request.param
    command = [sys.executable, str(OWNER), target, method]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process, int(process.stdout.readline())
        process.kill()


@posix
@pytest.mark.parametrize(
    "owner",
    [
        ("main", "idle"),
        pytest.param(("main", "hold_the_interpreter"), marks=linux),
        pytest.param(("main_bound_by_stdin_alone", "report_forever"), marks=linux),
    ],
    indirect=True,
)
def test_a_killed_owner_leaves_no_child_behind(owner: tuple[subprocess.Popen[str], int]) -> None:
    process, child_pid = owner
    assert psutil.pid_exists(child_pid)
    process.kill()
    process.wait()
    wait_until_gone(child_pid)


@posix
@pytest.mark.parametrize("owner", [("main", "idle")], indirect=True)
def test_an_interrupted_owner_leaves_no_child_behind(owner: tuple[subprocess.Popen[str], int]) -> None:
    process, child_pid = owner
    process.send_signal(signal.SIGINT)
    wait_until_gone(child_pid)


@posix
async def test_ctrl_c_in_the_terminal_does_not_reach_the_child(child: ChildProcess) -> None:
    process = process_of(child)
    process.send_signal(signal.SIGINT)
    async with aclosing(child.stream("count", {"to": 3})) as numbers:
        assert [number async for number in numbers] == [0, 1, 2]
    assert child.restarts == 0
