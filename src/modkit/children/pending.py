"""One call in flight, on the owner's side: what arrived for it, and how long it may still take."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from loguru import logger

from modkit.children.errors import ChildError, ChildProtocolError, ChildTimeout
from modkit.children.frames import FINAL_TYPES, Frame, FrameType, decode

ProgressListener = Callable[[Any], None]


class PendingCall:
    """Collects the frames of one request; streams and single results alike.

    Frames stay packed in here, so what a stream holds is bounded by its window, whatever the child sends.
    """

    def __init__(
        self,
        request_id: int,
        label: str,
        *,
        window_bytes: int,
        timeout_s: float | None,
        silence_timeout_s: float | None,
        on_progress: ProgressListener | None,
    ) -> None:
        self.request_id = request_id
        self._label = label
        self._window_bytes = window_bytes
        self._frames: deque[Frame] = deque()
        self._held_bytes = 0
        self._unacknowledged_bytes = 0
        self._failure: ChildError | None = None
        self._news = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._last_sign = self._loop.time()
        self._silence_timeout_s = silence_timeout_s
        self._deadline = None if timeout_s is None else self._last_sign + timeout_s
        self._timeout_s = timeout_s
        self._on_progress = on_progress
        self.finished = False
        """The child is done with it; its number means nothing any more."""

    def deliver(self, frame: Frame) -> None:
        """Take one frame from the reader.

        Raises:
            ChildProtocolError: the child ran further ahead than it was allowed to.
        """
        self._last_sign = self._loop.time()
        if frame.type is FrameType.PROGRESS:
            self._tell_progress(frame)
            return
        self._held_bytes += frame.cost_bytes
        if frame.type is FrameType.ITEM and self._held_bytes - frame.cost_bytes >= self._window_bytes:
            raise ChildProtocolError("A helper process sent more than it was asked for")
        self.finished = frame.type in FINAL_TYPES
        self._frames.append(frame)
        self._news.set()

    def fail(self, reason: ChildError) -> None:
        """Nothing more will come. What arrived before is still handed out first."""
        self.finished = True
        self._failure = reason
        self._news.set()

    async def next_frame(self) -> Frame:
        """The next item or final frame, in order.

        Raises:
            ChildTimeout: nothing came in time; ``silent`` tells which of the two limits it was.
            ChildError: the process is gone and everything it sent was handed out.
        """
        while not self._frames:
            if self._failure is not None:
                raise self._failure
            await self._wait_for_news()
        frame = self._frames.popleft()
        self._held_bytes -= frame.cost_bytes
        self._unacknowledged_bytes += frame.cost_bytes
        return frame

    def credit_due(self) -> int:
        """Bytes to allow the child anew: often enough that it never waits, rarely enough to cost nothing."""
        if self._unacknowledged_bytes < self._window_bytes // 4:
            return 0
        due, self._unacknowledged_bytes = self._unacknowledged_bytes, 0
        return due

    async def _wait_for_news(self) -> None:
        self._news.clear()
        waiting_since = self._loop.time()
        while not self._news.is_set():
            try:
                async with asyncio.timeout_at(self._limit(waiting_since)):
                    await self._news.wait()
            except TimeoutError:
                self._raise_if_over(waiting_since)

    def _silence_limit(self, waiting_since: float) -> float | None:
        # Only time spent waiting counts: a child that a slow reader holds up is not silent.
        if self._silence_timeout_s is None:
            return None
        return max(self._last_sign, waiting_since) + self._silence_timeout_s

    def _limit(self, waiting_since: float) -> float | None:
        limits = [limit for limit in (self._deadline, self._silence_limit(waiting_since)) if limit is not None]
        return min(limits, default=None)

    def _raise_if_over(self, waiting_since: float) -> None:
        now = self._loop.time()
        if self._deadline is not None and now >= self._deadline:
            raise ChildTimeout(f"{self._label} took longer than {self._timeout_s:g} s")
        silence_limit = self._silence_limit(waiting_since)
        if silence_limit is not None and now >= silence_limit:
            raise ChildTimeout(f"{self._label} gave no sign of life for {self._silence_timeout_s:g} s", silent=True)

    def _tell_progress(self, frame: Frame) -> None:
        if self._on_progress is None:
            return
        value = decode(frame.payload)
        try:
            self._on_progress(value)
        except Exception:  # a listener's bug must not end the process it listens to
            logger.exception("A progress listener failed")
