"""From token bytes to text that may be shown: whole characters only, and never any part of a stop string."""

from __future__ import annotations

import codecs
from collections.abc import Sequence


class TextStream:
    """Feed the bytes of each token, get the text that is certain by now."""

    def __init__(self, stops: Sequence[str] = ()) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stops = tuple(stop for stop in stops if stop)
        self._held = ""
        self.stopped = False
        """A stop string was met; nothing follows any more."""

    def feed(self, piece: bytes) -> str:
        """Text that can be shown now; may be empty while a character or a possible stop string is incomplete."""
        return self._release(self._decoder.decode(piece), final=False)

    def finish(self) -> str:
        """What was still held back, when the generation ended by itself."""
        # A character cut in half by the end of the answer is dropped: it never was a character.
        return self._release("", final=True)

    def _release(self, text: str, *, final: bool) -> str:
        if self.stopped:
            return ""
        if not self._stops:
            return text
        self._held += text
        met = [(at + len(stop), at) for stop in self._stops if (at := self._held.find(stop)) >= 0]
        if met:
            self.stopped = True
            # The one that is complete first ends the answer, so that it does not matter how the text was cut.
            _, cut = min(met)
            shown, self._held = self._held[:cut], ""
            return shown
        keep = 0 if final else self._possible_start()
        shown, self._held = self._held[: len(self._held) - keep], self._held[len(self._held) - keep :]
        return shown

    def _possible_start(self) -> int:
        """Length of the longest end of the held text that could be the start of a stop string."""
        longest = max(len(stop) for stop in self._stops) - 1
        for size in range(min(longest, len(self._held)), 0, -1):
            tail = self._held[-size:]
            if any(stop.startswith(tail) for stop in self._stops):
                return size
        return 0
