"""Cancellation tokens: who fires with whom, and who wakes up."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from modkit.cancellation import CancellationToken, OperationCancelled


def test_a_child_fires_with_its_parent_and_not_the_other_way_round() -> None:
    parent = CancellationToken()
    one, other = parent.child(), parent.child()
    grandchild = one.child()
    one.cancel()
    assert [token.cancelled for token in (parent, one, other, grandchild)] == [False, True, False, True]
    parent.cancel()
    assert other.cancelled


def test_a_child_of_a_fired_token_is_born_fired() -> None:
    parent = CancellationToken()
    parent.cancel()
    assert parent.child().cancelled


async def test_waiting_on_a_fired_token_returns_at_once() -> None:
    token = CancellationToken()
    token.cancel()
    await token.wait()


async def test_all_waiters_of_a_child_wake_when_the_parent_fires_in_another_thread() -> None:
    parent = CancellationToken()
    child = parent.child()
    waiters = [asyncio.create_task(child.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    await asyncio.to_thread(parent.cancel)
    await asyncio.gather(*waiters)


async def test_a_child_nobody_holds_but_its_waiter_still_wakes() -> None:
    parent = CancellationToken()
    waiter = asyncio.create_task(parent.child().wait())
    await asyncio.sleep(0)
    gc.collect()
    parent.cancel()
    await waiter


def test_callbacks_run_once_and_can_be_taken_back() -> None:
    token = CancellationToken()
    calls: list[str] = []
    token.on_cancel(lambda: calls.append("kept"))
    forget = token.on_cancel(lambda: calls.append("taken back"))
    forget()
    forget()
    token.cancel()
    token.cancel()
    token.on_cancel(lambda: calls.append("late"))
    assert calls == ["kept", "late"]


def test_cancelling_from_many_threads_fires_each_callback_once() -> None:
    token = CancellationToken()
    calls: list[int] = []
    token.on_cancel(lambda: calls.append(1))
    barrier = threading.Barrier(8)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: _meet_and_call(barrier, token.cancel), range(8)))
    assert calls == [1]


def _meet_and_call(barrier: threading.Barrier, action: Callable[[], None]) -> None:
    barrier.wait()
    action()


async def test_work_run_under_a_token_ends_with_it() -> None:
    token = CancellationToken()
    ended: list[str] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cleaned up")

    running = asyncio.create_task(token.run(work()))
    await asyncio.sleep(0)
    token.cancel()
    with pytest.raises(OperationCancelled, match="operation cancelled by termination signal"):
        await running
    assert ended == ["cleaned up"]


async def test_work_that_ends_first_gives_its_result() -> None:
    async def work() -> int:
        return 5

    assert await CancellationToken().run(work()) == 5


async def test_cancelling_the_caller_cancels_the_work() -> None:
    started = asyncio.Event()

    async def work() -> None:
        started.set()
        await asyncio.Event().wait()

    running = asyncio.create_task(CancellationToken().run(work()))
    await started.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
