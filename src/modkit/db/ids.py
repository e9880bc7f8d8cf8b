"""Row ids: UUID version 7, ordered by time within this process even when the clock is set back."""

from __future__ import annotations

import secrets
import threading
import time
from uuid import UUID

_RANDOM_BITS = 62
_COUNTER_MAX = 0xFFF
_lock = threading.Lock()
_last_ms = 0
_counter = 0


def uuid7() -> UUID:
    """A new id, greater than every one this process made before.

    Layout: 48 bits of Unix milliseconds, a 12-bit counter within the millisecond, 62 random bits. A clock
    set back keeps counting from the last millisecond used, so ids never go backwards.

    Source: RFC 9562, sections 5.7 and 6.2 (method 1, fixed-length dedicated counter).
    """
    global _last_ms, _counter
    now_ms = time.time_ns() // 1_000_000
    with _lock:
        if now_ms > _last_ms:
            # Start low so that a burst has room to count before it borrows from the next millisecond.
            _last_ms, _counter = now_ms, secrets.randbits(8)
        elif _counter < _COUNTER_MAX:
            _counter += 1
        else:
            _last_ms, _counter = _last_ms + 1, 0
        high = (_last_ms << 16) | (0x7 << 12) | _counter
    return UUID(int=(high << 64) | (0b10 << 62) | secrets.randbits(_RANDOM_BITS))
