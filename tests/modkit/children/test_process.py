"""Calls, streams, cancelling and progress, against real children."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

import pytest

from modkit.children import ChildFrameTooLarge, ChildProcess, ChildStopped, ChildTimeout
from modkit.errors import ErrorKind, RemoteError

MakeChild = Callable[..., ChildProcess]


async def until(child: ChildProcess, fact: str, value: Any) -> Any:
    """Ask the child until the fact has that value."""
    async with asyncio.timeout(10):
        while (found := (await child.call("facts"))[fact]) != value:
            await asyncio.sleep(0.005)
    return found


async def test_a_call_brings_back_what_the_handler_returned(child: ChildProcess) -> None:
    params = {"text": "Grüße \ud800", "bytes": b"\x00\xff", "numbers": [1, -2.5, None, True], "nested": {"a": {}}}
    answer = await child.call("echo", params)
    assert answer == {**params, "text": "Grüße ���"}


async def test_a_stream_keeps_order_and_loses_nothing(child: ChildProcess) -> None:
    async with aclosing(child.stream("count", {"to": 20_000})) as numbers:
        assert [number async for number in numbers] == list(range(20_000))


async def test_an_empty_stream_is_empty(child: ChildProcess) -> None:
    assert [number async for number in child.stream("count", {"to": 0})] == []


async def test_many_calls_run_at_the_same_time_and_do_not_mix(child: ChildProcess) -> None:
    async with asyncio.timeout(20):
        waiting = asyncio.create_task(child.call("wait_for_cancel"))
        answers = await asyncio.gather(*(child.call("echo", {"n": n}) for n in range(500)))
        waiting.cancel()
    assert [answer["n"] for answer in answers] == list(range(500))


async def test_calls_over_the_number_of_threads_wait_their_turn(child: ChildProcess) -> None:
    stubborn = [asyncio.create_task(child.call("wait_for_cancel")) for _ in range(40)]
    late = asyncio.create_task(child.call("echo", {"late": True}))
    await asyncio.sleep(0)
    for call in stubborn:
        call.cancel()
    async with asyncio.timeout(10):
        assert await late == {"late": True}


async def test_calls_in_a_row_share_one_thread(child: ChildProcess) -> None:
    names = [(await child.call("facts"))["thread"] for _ in range(50)]
    assert len(set(names)) == 1


async def test_an_error_of_a_handler_arrives_with_its_kind_code_and_action(child: ChildProcess) -> None:
    with pytest.raises(RemoteError) as caught:
        await child.call("raise_ours")
    assert caught.value.to_dict() == {
        "kind": "not_found",
        "code": "lease_not_found",
        "sentence": "There is no lease",
        "action": "Look in another drawer.",
    }


async def test_an_error_in_a_stream_comes_after_its_items(child: ChildProcess) -> None:
    numbers: list[int] = []
    with pytest.raises(RemoteError, match="no lease"):
        async for number in child.stream("count_then_raise", {"to": 3}):
            numbers.append(number)
    assert numbers == [0, 1, 2]


async def test_the_message_of_a_bug_stays_in_the_child(child: ChildProcess) -> None:
    with pytest.raises(RemoteError) as caught:
        await child.call("raise_bug", {"text": "a secret sentence"})
    assert caught.value.remote_code == "child_bug"
    assert "secret" not in str(caught.value.to_dict())


async def test_an_unknown_method_is_an_error_and_not_an_end(child: ChildProcess) -> None:
    with pytest.raises(RemoteError) as caught:
        await child.call("dance")
    assert caught.value.remote_kind is ErrorKind.UNSUPPORTED
    assert await child.call("echo") == {}


async def test_a_stream_asked_for_as_a_result_is_an_error(child: ChildProcess) -> None:
    with pytest.raises(RemoteError, match="no such answer"):
        await child.call("count", {"to": 1})


async def test_an_answer_that_is_no_plain_data_is_an_error(child: ChildProcess) -> None:
    with pytest.raises(RemoteError, match="internal error"):
        await child.call("return_object")


async def test_too_large_an_answer_is_an_error_and_not_an_end(make_child: MakeChild) -> None:
    child = make_child(max_frame_bytes=10_000)
    with pytest.raises(RemoteError) as caught:
        await child.call("return_much", {"size": 20_000})
    assert caught.value.remote_kind is ErrorKind.TOO_LARGE
    assert child.restarts == 0
    assert child.alive


async def test_too_large_parameters_are_an_error_and_not_an_end(make_child: MakeChild) -> None:
    child = make_child(max_frame_bytes=10_000)
    with pytest.raises(ChildFrameTooLarge):
        await child.call("echo", {"text": "x" * 20_000})
    assert await child.call("echo") == {}


async def test_too_large_parameters_do_not_end_the_child_later_either(make_child: MakeChild) -> None:
    child = make_child(max_frame_bytes=10_000, cancel_grace_s=0.1)
    with pytest.raises(ChildFrameTooLarge):
        await child.call("echo", {"text": "x" * 20_000})
    await child.call("report_progress", {"steps": 4, "pause_s": 0.1})
    assert child.restarts == 0


async def test_large_messages_pass_both_ways(child: ChildProcess) -> None:
    params = {"bytes": bytes(range(256)) * 40_000}
    assert await child.call("echo", params) == params


async def test_progress_reaches_the_caller_in_order(child: ChildProcess) -> None:
    steps: list[Any] = []
    await child.call("report_progress", {"steps": 5, "pause_s": 0}, on_progress=steps.append)
    assert steps == [{"step": step} for step in range(5)]


async def test_a_failing_progress_listener_does_not_end_the_call(child: ChildProcess) -> None:
    answer = await child.call("report_progress", {"steps": 2, "pause_s": 0}, on_progress={}.__getitem__)
    assert answer == "done"


async def test_cancelling_a_call_cancels_it_in_the_child(child: ChildProcess) -> None:
    call = asyncio.create_task(child.call("wait_for_cancel"))
    await child.call("echo")
    call.cancel()
    assert await until(child, "cancelled", 1) == 1
    assert child.restarts == 0


async def test_leaving_a_stream_early_cancels_it_in_the_child(child: ChildProcess) -> None:
    async with aclosing(child.stream("tick_until_cancelled")) as ticks:
        assert await anext(ticks) == 0
    assert await until(child, "cancelled", 1) == 1


async def test_a_call_that_takes_too_long_is_cancelled_and_the_child_lives(child: ChildProcess) -> None:
    with pytest.raises(ChildTimeout, match=r"longer than 0\.1 s"):
        await child.call("wait_for_cancel", timeout_s=0.1)
    assert await until(child, "cancelled", 1) == 1
    assert child.generation == 1


async def test_progress_counts_as_a_sign_of_life(child: ChildProcess) -> None:
    answer = await child.call("report_progress", {"steps": 8, "pause_s": 0.1}, silence_timeout_s=0.5)
    assert answer == "done"


async def test_a_slow_reader_holds_the_child_up(make_child: MakeChild) -> None:
    child = make_child(stream_window_bytes=100_000)
    async with aclosing(child.stream("flood")) as pieces:
        read_bytes = sum([len(await anext(pieces)) for _ in range(50)])
        facts = [await child.call("facts") for _ in range(50)]
    assert facts[-1]["produced_bytes"] <= read_bytes + 100_000 + 2 * 4000


async def test_a_slow_reader_does_not_count_as_silence_of_the_child(make_child: MakeChild) -> None:
    child = make_child(stream_window_bytes=10_000)
    async with aclosing(child.stream("flood", silence_timeout_s=0.2)) as pieces:
        await anext(pieces)
        await child.call("report_progress", {"steps": 4, "pause_s": 0.1})
        assert len([await anext(pieces) for _ in range(20)]) == 20


async def test_stopping_ends_calls_in_flight_and_later_ones(child: ChildProcess) -> None:
    call = asyncio.create_task(child.call("wait_for_cancel"))
    await child.call("echo")
    await child.stop()
    with pytest.raises(ChildStopped):
        await call
    with pytest.raises(ChildStopped):
        await child.call("echo")


async def test_a_stopped_child_can_be_started_again(child: ChildProcess) -> None:
    await child.stop()
    await child.start()
    assert await child.call("echo") == {}
    assert (child.generation, child.restarts) == (2, 0)


async def test_an_idle_child_ends_and_the_next_call_starts_it_again(make_child: MakeChild) -> None:
    child = make_child(idle_timeout_s=0.05)
    await child.call("echo")
    async with asyncio.timeout(5):
        while child.alive:
            await asyncio.sleep(0.01)
    assert await child.call("echo") == {}
    assert (child.generation, child.restarts) == (2, 0)


async def test_a_started_child_that_is_never_called_ends_too(make_child: MakeChild) -> None:
    child = make_child(idle_timeout_s=0.05)
    await child.start()
    async with asyncio.timeout(5):
        while child.alive:
            await asyncio.sleep(0.01)


async def test_a_child_is_recycled_after_its_share_of_calls(make_child: MakeChild) -> None:
    child = make_child(max_calls=2)
    generations = [(await child.call("echo"), child.generation)[1] for _ in range(5)]
    assert generations == [1, 1, 2, 2, 3]


async def test_async_handlers_answer_stream_and_are_cancelled(make_child: MakeChild) -> None:
    child = make_child("main_async", stream_window_bytes=50_000)
    waiting = asyncio.create_task(child.call("wait"))
    assert await child.call("echo", {"a": 1}) == {"a": 1}
    assert [number async for number in child.stream("count", {"to": 3000})] == list(range(3000))
    async with aclosing(child.stream("flood")) as pieces:
        read_bytes = sum([len(await anext(pieces)) for _ in range(20)])
        facts = await child.call("facts")
    waiting.cancel()
    assert facts["produced_bytes"] <= read_bytes + 50_000 + 2 * 4000
    assert await until(child, "cancelled", 1) == 1
