"""Shows why a passage was found: the words of the query that it has, and a piece of it with those marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from modules.local_search_index.contract import FUNCTION_WORDS, MATCH_END, MATCH_START
from modules.local_search_index.domain.query import Clause, Query
from modules.local_search_index.domain.words import Term, words

SNIPPET_CHARACTERS = 240
_ELLIPSIS = "…"
_LEAD_CHARACTERS = 60
_QUESTION_WORDS = 4
"""From so many words on a query is a question rather than names of things."""


@dataclass(frozen=True, slots=True)
class Findings:
    """``words`` of the query, as typed, that the passage has; ``spans`` of its text that match, in order, disjoint."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    phrase: bool


def find(query: Query, text: str, beside: str = "") -> Findings:
    """Where a text has clauses of the query, as they are or going on. ``beside`` (headings, names) counts as well."""
    within, around = _Terms(text), _Terms(beside)
    found: dict[Clause, list[tuple[int, int]]] = {}
    for clause in query.clauses:
        here = list(within.matches(clause))
        if here or any(True for _ in around.matches(clause)):
            found[clause] = here
    phrase = any(clause.phrase for clause in found)
    whole = query.as_phrase()
    if whole is not None and not phrase:
        phrase = any(True for _ in within.matches(whole.clauses[0]))
    telling = found if phrase else _telling(query, found)
    spans = [span for here in telling.values() for span in here]
    return Findings(tuple(dict.fromkeys(clause.typed for clause in telling)), _merged(spans), phrase)


def _telling(query: Query, found: Mapping[Clause, list[tuple[int, int]]]) -> Mapping[Clause, list[tuple[int, int]]]:
    """Without the function words of a question, which nearly every passage has, as long as something else is left."""
    if len(query.clauses) < _QUESTION_WORDS:
        return found
    return {clause: here for clause, here in found.items() if clause.typed.casefold() not in FUNCTION_WORDS} or found


def snippet(text: str, spans: Sequence[tuple[int, int]], characters: int = SNIPPET_CHARACTERS) -> str:
    """The piece of the text with the most matches, each between MATCH_START and MATCH_END; cut at white space."""
    start = _best_start(text, spans, characters)
    end = min(len(text), start + characters)
    if end < len(text):
        cut = text.rfind(" ", start + characters // 2, end)
        end = cut if cut > 0 else end
    pieces = [_ELLIPSIS if start > 0 else ""]
    at = start
    for begin, stop in spans:
        if begin >= at and stop <= end:
            pieces += [text[at:begin], MATCH_START, text[begin:stop], MATCH_END]
            at = stop
    pieces += [text[at:end], _ELLIPSIS if end < len(text) else ""]
    return " ".join("".join(pieces).split())


class _Terms:
    """The terms of a text, searchable by clause."""

    def __init__(self, text: str) -> None:
        self._parts: list[Term] = []
        # Term → where it stands among the parts, and term → the spans of words that are it as a whole.
        self._at: dict[str, list[int]] = {}
        self._wholes: dict[str, list[tuple[int, int]]] = {}
        for word in words(text):
            for part in word.parts:
                self._at.setdefault(part.text, []).append(len(self._parts))
                self._parts.append(part)
            for whole in word.wholes:
                self._wholes.setdefault(whole, []).append((word.start, word.end))

    def matches(self, clause: Clause) -> Iterator[tuple[int, int]]:
        """The spans ``[start, end)`` of every occurrence."""
        *before, last = clause.terms
        for ending in self._terms_like(last, goes_on=clause.prefix or clause.may_go_on):
            for at in self._at[ending]:
                first = at - len(before)
                if first >= 0 and all(self._parts[first + n].text == term for n, term in enumerate(before)):
                    start, end = self._parts[first].start, self._parts[at].end
                    # Of a pair that only begins as typed, the beginning is what matches.
                    yield start, start + len(clause.typed) if clause.dense else end
        whole = clause.whole or last
        if clause.whole or not before:
            yield from self._wholes.get(whole, ())
        if clause.whole:
            yield from ((self._parts[at].start, self._parts[at].end) for at in self._at.get(whole, ()))

    def _terms_like(self, term: str, *, goes_on: bool) -> list[str]:
        if not goes_on:
            return [term] if term in self._at else []
        return [one for one in self._at if one.startswith(term)]


def _merged(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


def _best_start(text: str, spans: Sequence[tuple[int, int]], characters: int) -> int:
    """Where the piece begins: a little before the match that has the most others behind it within reach."""
    if not spans or len(text) <= characters:
        return 0
    starts = [start for start, _ in spans]
    reach = characters - _LEAD_CHARACTERS
    best = max(range(len(starts)), key=lambda one: bisect_right(starts, starts[one] + reach) - one)
    start = max(0, starts[best] - _LEAD_CHARACTERS)
    if start == 0:
        return 0
    cut = text.find(" ", start, starts[best])
    return start if cut < 0 else cut + 1
