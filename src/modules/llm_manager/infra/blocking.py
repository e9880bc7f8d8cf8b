"""Runs blocking work on a thread without ever leaving it behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


async def on_thread(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """As ``asyncio.to_thread``, but a cancellation waits for the thread first.

    A thread cannot be stopped: without this, a cancelled writer would go on writing into a file that its owner
    has closed, renamed or deleted meanwhile. So keep each piece of work short.
    """
    task = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        # The caller is gone, so is whoever would have read an error; the cancellation tells enough.
        if not task.cancelled():
            task.exception()
        raise
