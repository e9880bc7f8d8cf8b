"""The background task of a module: states, readiness, grace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from loguru import logger

from modkit import background
from modkit.background import AlreadyStarted, BackgroundTask, EndedBeforeReady, StopResult, TaskState
from modkit.cancellation import CancellationToken


@pytest.fixture
async def errors() -> AsyncIterator[list[str]]:
    told: list[str] = []
    sink = logger.add(lambda message: told.append(message.record["message"]), level="ERROR")
    yield told
    logger.remove(sink)


async def obedient(cancel: CancellationToken) -> None:
    await cancel.wait()


async def stubborn(cancel: CancellationToken) -> None:
    await asyncio.Event().wait()


async def test_without_readiness_it_runs_as_soon_as_it_is_scheduled() -> None:
    task = BackgroundTask("m", obedient)
    await task.start(CancellationToken())
    states = [task.state]
    assert await task.stop(30) is StopResult.CANCELLED
    assert [*states, task.state] == [TaskState.RUNNING, TaskState.STOPPED]


async def test_starting_twice_is_an_error_and_starting_again_is_not() -> None:
    task = BackgroundTask("m", obedient)
    await task.start(CancellationToken())
    with pytest.raises(AlreadyStarted, match="already started"):
        await task.start(CancellationToken())
    await task.stop(30)
    await task.start(CancellationToken())
    await task.stop(30)


async def test_with_readiness_start_returns_when_the_task_says_so() -> None:
    go, states = asyncio.Event(), list[TaskState]()

    async def serve(cancel: CancellationToken, ready: Callable[[], None]) -> None:
        states.append(task.state)
        await go.wait()
        ready()
        states.append(task.state)
        await cancel.wait()

    task = BackgroundTask("m", serve, await_ready=True)
    starting = asyncio.create_task(task.start(CancellationToken()))
    await asyncio.sleep(0)
    assert not starting.done()
    go.set()
    await starting
    assert states == [TaskState.STARTING, TaskState.RUNNING]
    await task.stop(30)


async def test_a_failure_before_ready_fails_the_start_and_is_not_logged_twice(errors: list[str]) -> None:
    async def serve(cancel: CancellationToken, ready: Callable[[], None]) -> None:
        raise OSError("port in use")

    task = BackgroundTask("m", serve, await_ready=True)
    with pytest.raises(OSError, match="port in use"):
        await task.start(CancellationToken())
    assert (task.state, errors) == (TaskState.STOPPED, [])


async def test_an_end_before_ready_fails_the_start() -> None:
    async def serve(cancel: CancellationToken, ready: Callable[[], None]) -> None:
        return

    with pytest.raises(EndedBeforeReady):
        await BackgroundTask("m", serve, await_ready=True).start(CancellationToken())


async def test_cancellation_ends_the_wait_for_readiness() -> None:
    async def serve(cancel: CancellationToken, ready: Callable[[], None]) -> None:
        await cancel.wait()

    root = CancellationToken()
    task = BackgroundTask("m", serve, await_ready=True)
    starting = asyncio.create_task(task.start(root))
    await asyncio.sleep(0)
    root.cancel()
    await starting
    assert await task.stop(30) is StopResult.CANCELLED


async def test_giving_up_the_start_ends_the_task() -> None:
    async def serve(cancel: CancellationToken, ready: Callable[[], None]) -> None:
        await asyncio.Event().wait()

    task = BackgroundTask("m", serve, await_ready=True)
    starting = asyncio.create_task(task.start(CancellationToken()))
    await asyncio.sleep(0)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    await task.stop(30)


async def test_a_task_that_ends_by_itself_is_finished() -> None:
    async def serve(cancel: CancellationToken) -> None: ...

    root = CancellationToken()
    task = BackgroundTask("m", serve)
    await task.start(root)
    await asyncio.sleep(0)
    assert task.state is TaskState.STOPPED
    root.cancel()
    assert await task.stop(30) is StopResult.FINISHED


async def test_a_task_that_fails_while_running_is_logged_and_stopped(errors: list[str]) -> None:
    async def serve(cancel: CancellationToken) -> None:
        raise ValueError("oops")

    task = BackgroundTask("m", serve)
    await task.start(CancellationToken())
    await asyncio.sleep(0)
    assert task.state is TaskState.STOPPED
    assert errors == ["The background task of module m failed"]


async def test_leaving_through_the_token_is_no_failure(errors: list[str]) -> None:
    async def serve(cancel: CancellationToken) -> None:
        await cancel.run(asyncio.sleep(3600))

    task = BackgroundTask("m", serve)
    await task.start(CancellationToken())
    await asyncio.sleep(0)
    assert await task.stop(30) is StopResult.CANCELLED
    assert errors == []


async def test_a_task_that_does_not_listen_is_aborted_when_its_time_is_up() -> None:
    task = BackgroundTask("m", stubborn)
    await task.start(CancellationToken())
    assert await task.stop(0.01) is StopResult.TIMEOUT
    assert task.state is TaskState.STOPPED


async def test_hurry_shrinks_the_wait_to_zero() -> None:
    hurry = CancellationToken()
    task = BackgroundTask("m", stubborn)
    await task.start(CancellationToken())
    stopping = asyncio.create_task(task.stop(3600, hurry))
    await asyncio.sleep(0)
    assert task.state is TaskState.STOPPING
    hurry.cancel()
    assert await stopping is StopResult.TIMEOUT


async def test_a_task_that_resists_being_aborted_does_not_hold_up_the_shutdown(
    errors: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "ABORT_GRACE_S", 0.01)
    released = asyncio.Event()

    async def serve(cancel: CancellationToken) -> None:
        try:
            await released.wait()
        except asyncio.CancelledError:
            await released.wait()

    task = BackgroundTask("m", serve)
    await task.start(CancellationToken())
    await asyncio.sleep(0)
    assert await task.stop(0) is StopResult.TIMEOUT
    assert len(errors) == 1
    released.set()


async def test_stopping_what_never_started_is_harmless() -> None:
    assert await BackgroundTask("m", obedient).stop(30) is StopResult.FINISHED
