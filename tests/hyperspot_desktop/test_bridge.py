"""The crossing between the window's thread and the host's."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.bridge import Bridge, Failure
from hyperspot_desktop.clients import Clients, OpenHost
from hyperspot_desktop.demo import profile
from modkit.errors import ErrorKind, HyperSpotError
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor


class TooHot(HyperSpotError):
    kind = ErrorKind.CONFLICT
    action = "Let it cool down."


def test_a_call_runs_on_the_host_thread_and_its_result_arrives_on_this_one(
    make_bridge: MakeBridge, wait_for: WaitFor
) -> None:
    bridge = make_bridge(profile.empty())
    arrived: list[tuple[str, threading.Thread]] = []

    async def where(clients: Clients) -> str:
        return threading.current_thread().name

    bridge.call(where, lambda name: arrived.append((name, threading.current_thread())))
    wait_for(lambda: arrived)
    assert arrived == [("host", threading.current_thread())]


def test_an_error_arrives_as_data_with_sentence_action_and_code(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    bridge = make_bridge(profile.empty())
    failures: list[Failure] = []

    async def fail(clients: Clients) -> None:
        raise TooHot("It is too hot.")

    bridge.call(fail, failed=failures.append)
    wait_for(lambda: failures)
    assert failures == [Failure("It is too hot.", "Let it cool down.", "too_hot")]


def test_a_bug_in_a_call_is_said_without_its_details(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    bridge = make_bridge(profile.empty())
    failures: list[Failure] = []

    async def fail(clients: Clients) -> None:
        raise KeyError("secret words")

    bridge.call(fail, failed=failures.append)
    wait_for(lambda: failures)
    assert (failures[0].code, "secret" in failures[0].sentence) == ("internal", False)


def test_a_fast_stream_arrives_in_few_batches_and_in_order(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    bridge = make_bridge(profile.empty())
    batches: list[list[int]] = []
    ended: list[bool] = []

    async def count(clients: Clients) -> AsyncIterator[int]:
        for number in range(5_000):
            yield number

    bridge.stream(count, batches.append, lambda: ended.append(True))
    wait_for(lambda: ended)
    assert [number for batch in batches for number in batch] == list(range(5_000))
    assert len(batches) < 500


def test_cancelling_here_cancels_the_coroutine_there(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    bridge = make_bridge(profile.empty())
    events: list[str] = []

    async def sleep(clients: Clients) -> None:
        events.append("began")
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            events.append("cancelled")
            raise

    call = bridge.call(sleep, lambda _: events.append("done"), lambda _: events.append("failed"))
    wait_for(lambda: events == ["began"])
    call.cancel()
    wait_for(lambda: len(events) > 1)
    assert events == ["began", "cancelled"]


def test_closing_ends_streams_and_lets_the_last_verb_finish(application: QGuiApplication, wait_for: WaitFor) -> None:
    events: list[str] = []

    async def close() -> None:
        events.append("host closed")

    async def opened() -> OpenHost:
        return OpenHost(profile.empty(), close)

    bridge = Bridge(opened)
    bridge.start()

    async def endless(clients: Clients) -> AsyncIterator[int]:
        yield 1
        await asyncio.Event().wait()

    async def verb(clients: Clients) -> None:
        await asyncio.sleep(0.05)
        events.append("verb done")

    bridge.stream(endless, lambda batch: events.append("streaming"))
    wait_for(lambda: events == ["streaming"])
    bridge.call(verb)
    assert bridge.dispose()
    assert events == ["streaming", "verb done", "host closed"]


def test_calls_made_before_the_start_wait_for_the_host(application: QGuiApplication, wait_for: WaitFor) -> None:
    bridge = Bridge(lambda: profile.opened(profile.empty()))
    arrived: list[int] = []

    async def seven(clients: Clients) -> int:
        return 7

    bridge.call(seven, arrived.append)
    bridge.start()
    wait_for(lambda: arrived)
    assert bridge.dispose()
    assert arrived == [7]


def test_a_failed_start_is_a_state_with_a_reason_and_another_try_can_succeed(
    application: QGuiApplication, wait_for: WaitFor
) -> None:
    async def fail() -> OpenHost:
        raise TooHot("It is too hot.")

    bridge = Bridge(fail)
    bridge.start()
    wait_for(lambda: bridge.state == "failed")
    assert bridge.failure == Failure("It is too hot.", "Let it cool down.", "too_hot")
    bridge.restart(lambda: profile.opened(profile.empty()))
    wait_for(lambda: bridge.state == "ready")
    assert bridge.dispose()


def test_closing_while_the_host_still_opens_ends_at_once(application: QGuiApplication, wait_for: WaitFor) -> None:
    opening = threading.Event()

    async def never() -> OpenHost:
        opening.set()
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    bridge = Bridge(never)
    bridge.start()
    wait_for(opening.is_set)
    assert bridge.close(timeout_s=5)
