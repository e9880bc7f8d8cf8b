"""The child's way in: one thread that reads the pipe, and ends the process when the owner is gone."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

from modkit.children.errors import ChildProtocolError
from modkit.children.frames import HELLO_LIMIT_BYTES, Frame, FrameDecoder, FrameType

_READ_BYTES = 256 * 1024
_EXIT_PROTOCOL = 76
"""EX_PROTOCOL of sysexits.h."""


class Inbox:
    """Frames of the owner. First ``read_hello``, then ``start``, then ``deliver_to``."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._deliver: Callable[[Frame], None] | None = None

    def read_hello(self) -> Frame:
        """Wait for the first frame; ends the process if the owner goes away first.

        Raises:
            ChildProtocolError: something else came.
        """
        decoder = FrameDecoder(HELLO_LIMIT_BYTES)
        frames: list[Frame] = []
        while not frames:
            frames = decoder.feed(self._read())
        if len(frames) > 1 or frames[0].type is not FrameType.HELLO:
            raise ChildProtocolError("The owner did not begin with one hello")
        return frames[0]

    def start(self, limit_bytes: int) -> None:
        """Read on a thread of its own, so that the owner's end is noticed whatever else this process does."""
        threading.Thread(target=self._read_forever, args=(limit_bytes,), name="inbox", daemon=True).start()

    def deliver_to(self, deliver: Callable[[Frame], None]) -> None:
        """Hand frames to this function from now on, on the reading thread. Nothing may come before."""
        self._deliver = deliver

    def _read_forever(self, limit_bytes: int) -> None:
        decoder = FrameDecoder(limit_bytes)
        try:
            while True:
                for frame in decoder.feed(self._read()):
                    self._hand_over(frame)
        except BaseException:  # without its reader this process can neither be steered nor ended
            os._exit(_EXIT_PROTOCOL)

    def _hand_over(self, frame: Frame) -> None:
        if self._deliver is None:
            raise ChildProtocolError("The owner did not wait until this process was ready")
        self._deliver(frame)

    def _read(self) -> bytes:
        data = os.read(self._descriptor, _READ_BYTES)
        if not data:
            # Not sys.exit: native code may hold every lock there is, and nothing here needs tidying up.
            os._exit(0)
        return data
