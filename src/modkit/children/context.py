"""The child's view of one call: whether it was cancelled, and a way to show progress."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


class CallContext:
    """Handed to every handler. Safe to use from any thread of the child."""

    def __init__(self, request_id: int, report_progress: Callable[[Any], None]) -> None:
        self.request_id = request_id
        self.cancelled = False
        self._report_progress = report_progress

    def progress(self, value: Any) -> None:
        """Tell the caller how far this is (any plain data); also counts as a sign of life."""
        self._report_progress(value)


Handler = Callable[[dict[str, Any], CallContext], Any]
"""``def``, ``async def``, generator or async generator of ``(params, call)``. What a generator yields is streamed;
what a function returns is the result. Both must be plain data: None, bool, int, float, str, bytes, list, dict."""
Handlers = Mapping[str, Handler]
