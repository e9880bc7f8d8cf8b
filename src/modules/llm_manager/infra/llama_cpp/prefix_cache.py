"""What the engine has read before: the conversation in its memory, and the last few others parked beside it.

Parked conversations are copies of their part of the KV cache in ordinary memory, as large as they are long. The other
ways were weighed: several sequences in one unified cache make every token pay attention to all of them, and one
stream per sequence reserves the full context for each. Copying 1,500 tokens takes tens of milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

MAX_PARKED = 7
_WORTH_PARKING = 32
_WORTH_PARKING_WITHOUT_KEY = 256
_WORTH_RESTORING = 16


class SequenceMemory(Protocol):
    """The engine's memory of one token sequence."""

    def size_bytes(self) -> int:
        """What ``save`` would need now."""

    def save(self) -> Any:
        """An opaque copy of the whole sequence."""

    def restore(self, state: Any) -> bool:
        """Replace the sequence by a saved one; False when that failed, then the memory is empty."""

    def truncate(self, length: int) -> bool:
        """Forget everything from position ``length``; False when it cannot, then the memory is empty."""


@dataclass(slots=True)
class _Parked:
    key: str | None
    tokens: list[int]
    state: Any
    size_bytes: int


def common_prefix(left: Sequence[int], right: Sequence[int]) -> int:
    """How many leading tokens are equal."""
    low, high = 0, min(len(left), len(right))
    if left[:high] == right[:high]:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


class PrefixCache:
    """Decides which conversation is in the engine's memory. Not thread-safe: the engine thread owns it."""

    def __init__(self, memory: SequenceMemory, budget_bytes: int, *, max_parked: int = MAX_PARKED) -> None:
        self._memory = memory
        self._budget_bytes = budget_bytes
        self._max_parked = max_parked
        self._parked: list[_Parked] = []
        self._key: str | None = None
        self._tokens: list[int] = []

    @property
    def sequences(self) -> int:
        return len(self._parked) + bool(self._tokens)

    @property
    def length(self) -> int:
        """Tokens in the engine's memory: the position of the next one."""
        return len(self._tokens)

    @property
    def tokens(self) -> int:
        return sum(len(parked.tokens) for parked in self._parked) + len(self._tokens)

    @property
    def parked_bytes(self) -> int:
        return sum(parked.size_bytes for parked in self._parked)

    def enter(self, tokens: list[int], key: str | None) -> int:
        """Make as much of ``tokens`` present as possible, and say how many leading ones need not be read.

        At least one token is always left to read, since only reading gives the probabilities of the next one.
        """
        present = common_prefix(self._tokens, tokens)
        best = max(self._parked, key=lambda parked: common_prefix(parked.tokens, tokens), default=None)
        if best is not None and common_prefix(best.tokens, tokens) >= present + _WORTH_RESTORING:
            self._parked.remove(best)
            self._park_active(key, 0)
            restored = self._memory.restore(best.state)
            self._tokens = best.tokens if restored else []
            present = common_prefix(self._tokens, tokens)
        else:
            self._park_active(key, present)
        if key is not None:
            self._parked = [parked for parked in self._parked if parked.key != key]
        self._key = key
        return self._cut(min(present, len(tokens) - 1), tokens)

    def append(self, tokens: Sequence[int]) -> None:
        """These were read into the engine's memory behind what is there."""
        self._tokens.extend(tokens)

    def resync(self) -> None:
        """Reading was interrupted: forget what may have been half read behind the last complete piece."""
        self._cut(len(self._tokens), self._tokens)

    def clear(self) -> None:
        """Forget everything."""
        self._parked.clear()
        self._cut(0, [])

    def _cut(self, length: int, tokens: list[int]) -> int:
        if not self._memory.truncate(length):
            length = 0
        self._tokens = tokens[:length]
        return length

    def _park_active(self, next_key: str | None, present: int) -> None:
        lost = len(self._tokens) - present
        same = self._key is not None and self._key == next_key
        worth = _WORTH_PARKING_WITHOUT_KEY if self._key is None else _WORTH_PARKING
        if same or lost < worth:
            return
        size_bytes = self._memory.size_bytes()
        if size_bytes > self._budget_bytes:
            return
        self._make_room(size_bytes)
        try:
            state = self._memory.save()
        except MemoryError:
            return
        self._parked.append(_Parked(self._key, list(self._tokens), state, size_bytes))

    def _make_room(self, size_bytes: int) -> None:
        """Sequences without a name go first, then the oldest."""
        while self._parked and (
            len(self._parked) >= self._max_parked or self.parked_bytes + size_bytes > self._budget_bytes
        ):
            victim = next((parked for parked in self._parked if parked.key is None), self._parked[0])
            self._parked.remove(victim)
