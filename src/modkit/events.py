"""Fan-out of events inside the process: publishing never waits, and a slow reader loses the oldest."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import weakref
from collections import deque
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")


class Subscription(Generic[T]):
    """One reader's position: an async iterator over what is published after it was made.

    At most ``capacity`` unread items are kept; ``dropped`` counts the older ones that were lost. Iterate
    from one task at a time. Dropping the last reference ends the subscription as well as ``close``.
    """

    def __init__(self, capacity: int) -> None:
        self._items: deque[T] = deque(maxlen=capacity)
        self._lock = threading.Lock()
        self._waiter: tuple[asyncio.AbstractEventLoop, asyncio.Future[None]] | None = None
        self._closed = False
        self.dropped = 0

    def __aiter__(self) -> Subscription[T]:
        return self

    async def __anext__(self) -> T:
        while True:
            with self._lock:
                if self._items:
                    return self._items.popleft()
                if self._closed:
                    raise StopAsyncIteration
                if self._waiter is not None:
                    raise RuntimeError("a subscription can be iterated by one task at a time")
                loop = asyncio.get_running_loop()
                waiter = loop.create_future()
                self._waiter = (loop, waiter)
            try:
                await waiter
            finally:
                with self._lock:
                    self._waiter = None

    def close(self) -> None:
        """End the iteration after what is still unread."""
        with self._lock:
            self._closed = True
        self._wake()

    async def aclose(self) -> None:
        """As ``close``, so that a subscription can stand where an async generator is expected."""
        self.close()

    async def __aenter__(self) -> Subscription[T]:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _put(self, item: T) -> None:
        with self._lock:
            if self._closed:
                return
            self.dropped += len(self._items) == self._items.maxlen
            self._items.append(item)
        self._wake()

    def _wake(self) -> None:
        waiter = self._waiter
        if waiter is None:
            return
        loop, future = waiter
        # The reader's loop may be closed already: then there is no reader.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(_resolve, future)


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


class Broadcaster(Generic[T]):
    """A channel with any number of readers, each with its own position.

    ``publish`` never blocks and never fails, whatever the readers do and from whichever thread it is called;
    without readers it does nothing.
    """

    def __init__(self, capacity: int = 256) -> None:
        """``capacity`` is the number of unread items kept for each reader, at least 1."""
        if capacity < 1:
            raise ValueError("capacity must be at least 1")
        self._capacity = capacity
        self._lock = threading.Lock()
        self._subscriptions: weakref.WeakSet[Subscription[T]] = weakref.WeakSet()
        self._closed = False

    def publish(self, item: T) -> None:
        with self._lock:
            subscriptions = list(self._subscriptions)
        for subscription in subscriptions:
            subscription._put(item)

    def subscribe(self) -> Subscription[T]:
        """A reader of everything published from this call on, even before it first iterates."""
        subscription: Subscription[T] = Subscription(self._capacity)
        with self._lock:
            self._subscriptions.add(subscription)
            closed = self._closed
        if closed:
            subscription.close()
        return subscription

    def close(self) -> None:
        """End every reader after what it has not read yet; later readers end at once."""
        with self._lock:
            self._closed = True
            subscriptions = list(self._subscriptions)
        for subscription in subscriptions:
            subscription.close()
