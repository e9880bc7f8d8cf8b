"""The child's view of one call: whether it was cancelled, and a way to show progress."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any


class CallContext:
    """Handed to every handler. Safe to use from any thread of the child."""

    def __init__(self, report_progress: Callable[[Any], None], window_bytes: int) -> None:
        self.cancelled = False
        """The caller lost interest: return soon, whatever is returned will be thrown away."""
        self._report_progress = report_progress
        self._available_bytes = window_bytes
        self._changed = threading.Condition()
        self._cancel_listener: Callable[[], None] | None = None

    def progress(self, value: Any) -> None:
        """Tell the caller how far this is (any plain data); also counts as a sign of life."""
        if not self.cancelled:
            self._report_progress(value)

    def cancel(self) -> None:
        """For the process's reader, when the caller cancels."""
        with self._changed:
            self.cancelled = True
            self._changed.notify_all()
            if self._cancel_listener is not None:
                self._cancel_listener()

    def when_cancelled(self, listener: Callable[[], None] | None) -> None:
        """Call ``listener`` on another thread as soon as the caller cancels: for native code that cannot look itself.

        None takes it back; after that returns, it is not called any more. It must be quick and must not raise.
        """
        with self._changed:
            self._cancel_listener = listener
            if listener is not None and self.cancelled:
                listener()

    def grant(self, size_bytes: int) -> None:
        """For the process's reader: the caller has read so much and may be sent as much again."""
        with self._changed:
            self._available_bytes += size_bytes
            self._changed.notify_all()

    def take(self, size_bytes: int) -> bool:
        """Wait until a stream may go on; False if it was cancelled. One frame may exceed what is left."""
        with self._changed:
            while self._available_bytes <= 0 and not self.cancelled:
                self._changed.wait()
            self._available_bytes -= size_bytes
            return not self.cancelled

    def must_wait(self) -> bool:
        """Whether ``take`` would block now."""
        return self._available_bytes <= 0 and not self.cancelled


Handler = Callable[[dict[str, Any], CallContext], Any]
"""``def``, ``async def``, generator or async generator of ``(params, call)``. What a generator yields is streamed;
what a function returns is the result. Both must be plain data: None, bool, int, float, str, bytes, list, dict."""
Handlers = Mapping[str, Handler]
