"""SIGINT and SIGTERM as calls into the running loop: the first asks to end, the next one hurries."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def on_termination(first: Callable[[], object], again: Callable[[], object]) -> Iterator[None]:
    """While inside, the first termination signal calls ``first`` and every later one ``again``.

    Both are called in the loop's thread. Python delivers signals to the main thread only: elsewhere this does
    nothing, and whoever owns the main thread passes the wish on.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    seen: list[int] = []

    def received(number: int) -> None:
        (again if seen else first)()
        seen.append(number)

    def handler(number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(received, number)

    previous = {number: signal.signal(number, handler) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, old in previous.items():
            signal.signal(number, old)
