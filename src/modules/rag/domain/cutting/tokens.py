"""How long a text is for an embedder: in its tokens, counted word by word, or estimated where there is none."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator

CountAtom = Callable[[str], int]
"""Tokens of an atom."""

# Scripts written without spaces: here every character is an atom, elsewhere a word is.
_DENSE = r"\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_ATOM = re.compile(rf"[^\W{_DENSE}]{{1,24}}|\S")
"""Word pieces never reach over white space or punctuation, so the tokens of a text are those of its atoms together.
For tokenisers of other kinds, and for words over 24 characters, the sum is a little more than the truth."""


def atoms(text: str) -> Iterator[str]:
    """The pieces whose tokens add up, in order.

    One by one: to find all those of a long text at once would hold the interpreter's lock for seconds.
    """
    return (match.group() for match in _ATOM.finditer(text))


def estimated(atom: str) -> int:
    """Tokens of an atom by its looks: rather too many, because what does not fit is cut off unseen."""
    if len(atom) == 1:
        return 1
    if not atom.isascii():
        return -(-len(atom) // 2)
    return -(-len(atom) // 6) if atom.isalpha() else -(-len(atom) // 2)


def count(text: str, of_atom: CountAtom = estimated) -> int:
    """Tokens of a text."""
    return sum(map(of_atom, atoms(text)))


class Measured:
    """A text of which any stretch can be measured at once."""

    def __init__(self, text: str, of_atom: CountAtom = estimated) -> None:
        # Arrays, for a text of 100 MB has some 17 million atoms; and one by one, as in atoms().
        self._starts, self._sums, total = array("I"), array("I", [0]), 0
        for match in _ATOM.finditer(text):
            self._starts.append(match.start())
            total += of_atom(match.group())
            self._sums.append(total)

    def tokens(self, start: int, end: int) -> int:
        """Tokens of the atoms that begin in ``[start, end)``."""
        return self._sums[self._before(end)] - self._sums[self._before(start)]

    def reach(self, start: int, end: int, tokens: int) -> int:
        """How far from ``start`` so many tokens go, at most to ``end``; at least one atom is taken."""
        first = self._before(start)
        last = bisect_right(self._sums, self._sums[first] + tokens) - 1
        last = max(last, first + 1)
        return min(end, self._starts[last]) if last < len(self._starts) else end

    def _before(self, at: int) -> int:
        """How many atoms begin before a place."""
        return bisect_right(self._starts, at - 1)
