"""Citations ``[n]`` in an answer: those of passages that exist stay, all others are dropped."""

from __future__ import annotations

import re

_COMPLETE = re.compile(r"\[\s*(\d+(?:\s*[,;]\s*\d+)*)\s*\]")
_BEGUN = re.compile(r"\s*\[[\d\s,;]*$")
_NUMBER = re.compile(r"\d+")
_LONGEST_BEGINNING = 60
"""What is longer is no citation, whatever it looks like."""


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
        begun = _BEGUN.search(self._held[-_LONGEST_BEGINNING:])
        keep = len(begun.group()) if begun else 0
        ready, self._held = self._held[: len(self._held) - keep], self._held[len(self._held) - keep :]
        return self._checked(ready)

    def end(self) -> str:
        """The rest."""
        ready, self._held = self._held, ""
        return self._checked(ready)

    def _checked(self, text: str) -> str:
        return re.sub(r"[ \t]*" + _COMPLETE.pattern, self._replacement, text)

    def _replacement(self, match: re.Match[str]) -> str:
        numbers = [int(number) for number in _NUMBER.findall(match.group(1)) if len(number) < 6]
        real = [number for number in dict.fromkeys(numbers) if 1 <= number <= self._passages]
        self._cited.update(dict.fromkeys(real))
        space = match.group()[: len(match.group()) - len(match.group().lstrip())]
        return space + "".join(f"[{number}]" for number in real) if real else ""
