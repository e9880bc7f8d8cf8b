"""The child's way out: frames written at once when alone, together when many."""

from __future__ import annotations

import os
import threading
import time

_PAUSE_S = 0.001
_FLUSH_BYTES = 32 * 1024


class Outbox:
    """Writes frames to a descriptor from any thread.

    The first frame after a pause goes out immediately, so a token is never held back. Frames that follow within
    a millisecond are gathered and written together, so a flood costs a thousand writes a second and not ten
    thousand, here and at the reader. A closed pipe ends the process: nobody is left to work for.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()
        self._gathered = bytearray()
        self._last_write = 0.0
        self._something_gathered = threading.Event()
        self._flusher: threading.Thread | None = None

    def send(self, frame: bytes, *, urgent: bool = False) -> None:
        """Returns when the frame is written or gathered; blocks while the pipe is full. ``urgent`` never gathers."""
        with self._lock:
            self._gathered += frame
            if urgent or time.monotonic() - self._last_write >= _PAUSE_S or len(self._gathered) >= _FLUSH_BYTES:
                self._write()
                return
            self._start_flusher_once()
        self._something_gathered.set()

    def flush(self) -> None:
        """Write what is gathered."""
        with self._lock:
            self._write()

    def _start_flusher_once(self) -> None:
        if self._flusher is None:
            self._flusher = threading.Thread(target=self._flush_forever, name="outbox", daemon=True)
            self._flusher.start()

    def _flush_forever(self) -> None:
        while self._something_gathered.wait():
            self._something_gathered.clear()
            time.sleep(_PAUSE_S)
            self.flush()

    def _write(self) -> None:
        rest = memoryview(self._gathered)
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            os._exit(0)
        self._gathered = bytearray()
        self._last_write = time.monotonic()
