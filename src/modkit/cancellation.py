"""Cooperative cancellation as a tree of tokens: cancelling one cancels all below it, never those above."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import weakref
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from modkit.errors import ErrorKind, HyperSpotError

T = TypeVar("T")


class OperationCancelled(HyperSpotError):
    """Work was not done because its cancellation token had fired."""

    kind = ErrorKind.CANCELLED

    def __init__(self, sentence: str = "operation cancelled by termination signal") -> None:
        super().__init__(sentence)


class CancellationToken:
    """A flag that goes up once and can be awaited.

    ``cancel`` may be called from any thread and from signal handlers; ``wait`` from any number of tasks.
    A parent holds its children weakly, so short-lived tokens need no clean-up.
    """

    def __init__(self) -> None:
        # Re-entrant: a signal handler may cancel while the interrupted code holds the lock.
        self._lock = threading.RLock()
        self._cancelled = False
        self._children: weakref.WeakSet[CancellationToken] = weakref.WeakSet()
        self._callbacks: dict[object, Callable[[], object]] = {}

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        """Fire this token and every token below it; a second call does nothing."""
        with self._lock:
            if self._cancelled:
                return
            self._cancelled = True
            children, callbacks = list(self._children), list(self._callbacks.values())
            self._callbacks.clear()
        for child in children:
            child.cancel()
        for callback in callbacks:
            callback()

    def child(self) -> CancellationToken:
        """A token that fires with this one but can also be fired alone."""
        token = CancellationToken()
        with self._lock:
            self._children.add(token)
            fired = self._cancelled
        if fired:
            token.cancel()
        return token

    def on_cancel(self, callback: Callable[[], object]) -> Callable[[], None]:
        """Call ``callback`` once, in the cancelling thread, or at once if the token has fired already.

        Returns a function that takes the callback back; calling it late or twice is harmless.
        """
        key = object()
        with self._lock:
            if not self._cancelled:
                self._callbacks[key] = callback
        if self._cancelled and key not in self._callbacks:
            callback()
        return lambda: self._forget(key)

    async def wait(self) -> None:
        """Return when the token has fired."""
        if self._cancelled:
            return
        loop = asyncio.get_running_loop()
        fired = asyncio.Event()

        def wake() -> None:
            # The loop may be gone when a token outlives it; then nobody waits any more.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(fired.set)

        forget = self.on_cancel(wake)
        try:
            await fired.wait()
        finally:
            forget()

    def raise_if_cancelled(self) -> None:
        """
        Raises:
            OperationCancelled: the token has fired.
        """
        if self._cancelled:
            raise OperationCancelled

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Await ``work``, but cancel it as soon as the token fires.

        Raises:
            OperationCancelled: the token fired first; ``work`` has ended when this is raised.
        """
        task = asyncio.ensure_future(work)
        watch = asyncio.ensure_future(self.wait())
        try:
            await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            await cancel_and_wait(task)
            raise OperationCancelled
        finally:
            await cancel_and_wait(watch, task)

    def _forget(self, key: object) -> None:
        with self._lock:
            self._callbacks.pop(key, None)


async def cancel_and_wait(*tasks: asyncio.Future[Any]) -> None:
    """Cancel tasks and return when all have ended; their results and errors are dropped."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
