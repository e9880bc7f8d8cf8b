"""The broadcaster: nobody waits for a slow reader."""

from __future__ import annotations

import asyncio
import gc

import pytest

from modkit.events import Broadcaster


async def test_every_reader_gets_everything_published_after_it_subscribed() -> None:
    events: Broadcaster[int] = Broadcaster(8)
    events.publish(0)
    one = events.subscribe()
    events.publish(1)
    two = events.subscribe()
    events.publish(2)
    events.close()
    assert [item async for item in one] == [1, 2]
    assert [item async for item in two] == [2]


async def test_a_slow_reader_loses_the_oldest_and_knows_how_many() -> None:
    events: Broadcaster[int] = Broadcaster(3)
    reader = events.subscribe()
    for number in range(10):
        events.publish(number)
    events.close()
    assert [item async for item in reader] == [7, 8, 9]
    assert reader.dropped == 7


async def test_publishing_from_another_thread_wakes_the_reader() -> None:
    events: Broadcaster[str] = Broadcaster()
    reader = events.subscribe()
    reading = asyncio.create_task(anext(reader))
    await asyncio.sleep(0)
    await asyncio.to_thread(events.publish, "hello")
    assert await reading == "hello"


def test_publishing_without_readers_or_a_loop_does_nothing() -> None:
    Broadcaster[int]().publish(1)


async def test_a_reader_of_a_closed_broadcaster_ends_at_once() -> None:
    events: Broadcaster[int] = Broadcaster()
    events.close()
    assert [item async for item in events.subscribe()] == []


async def test_closing_wakes_a_waiting_reader() -> None:
    events: Broadcaster[int] = Broadcaster()
    reader = events.subscribe()
    reading = asyncio.create_task(anext(reader, None))
    await asyncio.sleep(0)
    events.close()
    assert await reading is None


async def test_leaving_the_block_ends_the_subscription() -> None:
    events: Broadcaster[int] = Broadcaster()
    async with events.subscribe() as reader:
        events.publish(1)
    events.publish(2)
    assert [item async for item in reader] == [1]


async def test_a_cancelled_reader_can_go_on_later() -> None:
    events: Broadcaster[int] = Broadcaster()
    reader = events.subscribe()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(reader), timeout=0)
    events.publish(1)
    assert await anext(reader) == 1


async def test_a_forgotten_reader_costs_nothing() -> None:
    events: Broadcaster[int] = Broadcaster()
    events.subscribe()
    gc.collect()
    events.publish(1)
    assert not list(events._subscriptions)


async def test_two_tasks_cannot_share_one_reader() -> None:
    events: Broadcaster[int] = Broadcaster()
    reader = events.subscribe()
    first = asyncio.create_task(anext(reader))
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError, match="one task"):
        await anext(reader)
    events.publish(1)
    assert await first == 1


def test_a_capacity_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Broadcaster[int](0)
