"""Runs blocking work on a thread without ever leaving it behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


async def on_thread(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """As ``asyncio.to_thread``, but a cancellation waits for the thread first: it may use a file of the caller's."""
    task = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()
        raise


async def carried_through(work: Coroutine[Any, Any, R], keep: Callable[[R], None]) -> R:
    """Wait for work that must not be left half done: a cancellation is let through when it has ended.

    ``keep`` gets its result, also when nobody waits for that any more.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        if not task.cancelled() and task.exception() is None:
            keep(task.result())
        raise
    keep(task.result())
    return task.result()


async def next_on_thread(items: Iterator[R]) -> R | None:
    """The next item, None at the end."""
    return await on_thread(next, items, None)
