"""Citations ``[n]`` in an answer: those of passages that exist stay, all others are dropped."""

from __future__ import annotations

import re

OPEN, CLOSE = r"[\[【]", r"[\]】]"
SPELT = ("passages", "passage", "sources", "source", "documents", "document", "quellen", "quelle", "stelle")
"""What some models write before the number."""
_BEGINNINGS = sorted({word[:length] for word in SPELT for length in range(1, len(word) + 1)}, key=len, reverse=True)
_NUMBERS = r"[\d\s,;]"
_INSIDE = rf"\^?(?:(?:{'|'.join(SPELT)})\s*)?{_NUMBERS}{{1,40}}"
_BEGUN_INSIDE = rf"\^?(?:(?:{'|'.join(SPELT)}){_NUMBERS}{{0,40}}|{'|'.join(_BEGINNINGS)}|{_NUMBERS}{{0,40}})"
_COMPLETE = re.compile(rf"([ \t]?){OPEN}({_INSIDE}){CLOSE}", re.IGNORECASE)
_BEGUN = re.compile(rf"(?:[ \t]|[ \t]?{OPEN}{_BEGUN_INSIDE})\Z", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


class CitationFilter:
    """Passes text on as it streams, holding back only what may become a citation."""

    def __init__(self, passages: int) -> None:
        self._passages = passages
        self._held = ""
        self._cited: dict[int, None] = {}

    @property
    def cited(self) -> tuple[int, ...]:
        """Numbers of the passages that were cited, in the order of their first citation."""
        return tuple(self._cited)

    def feed(self, text: str) -> str:
        """What may be shown now."""
        self._held += text
        begun = _BEGUN.search(self._held)
        at = begun.start() if begun else len(self._held)
        ready, self._held = self._held[:at], self._held[at:]
        return self._checked(ready)

    def end(self) -> str:
        """The rest."""
        ready, self._held = self._held, ""
        return self._checked(ready)

    def _checked(self, text: str) -> str:
        return _COMPLETE.sub(self._replacement, text)

    def _replacement(self, match: re.Match[str]) -> str:
        space, inside = match.groups()
        found = [int(number) for number in _NUMBER.findall(inside)]
        if not found:
            return match.group()
        real = [number for number in dict.fromkeys(found) if 1 <= number <= self._passages]
        self._cited.update(dict.fromkeys(real))
        return space + "".join(f"[{number}]" for number in real) if real else ""
