"""An answer taken apart into statements and the citations that stand after them, and put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from modules.rag.domain.language.sentences import sentences
from modules.rag.domain.language.telling import telling

_MARKS = re.compile(r"[ \t]?((?:\[\d{1,4}\])+)")
_NUMBER = re.compile(r"\d+")
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Cited:
    """``number`` was cited at character ``at`` of the bare text for ``statement``, in sentence ``sentence``."""

    number: int
    at: int
    sentence: int
    statement: str


@dataclass(frozen=True, slots=True)
class Answer:
    """``text`` is without citations; ``spans`` are its sentences."""

    text: str
    cited: tuple[Cited, ...]
    spans: tuple[tuple[int, int], ...]


def taken_apart(answer: str) -> Answer:
    """Any text is an answer."""
    bare, marks = _without_marks(answer)
    spans = tuple(sentences(bare))
    cited: list[Cited] = []
    before = 0
    for at, numbers in marks:
        sentence = _sentence_at(bare, spans, at)
        statement = _statement(bare, spans[sentence], before, at) if spans else ""
        cited += [Cited(number, at, sentence, statement) for number in numbers]
        before = at
    return Answer(bare, tuple(cited), spans)


def put_together(text: str, marks: Iterable[tuple[int, int]]) -> str:
    """The bare text with its citations: pairs of a character and a number."""
    numbers_at: dict[int, dict[int, None]] = {}
    for at, number in marks:
        numbers_at.setdefault(at, {})[number] = None
    pieces: list[str] = []
    last = 0
    for at in sorted(numbers_at):
        before = text[last:at]
        blank = " " if before and not before[-1].isspace() else ""
        pieces += [before, blank, *(f"[{number}]" for number in numbers_at[at])]
        last = at
    return "".join([*pieces, text[last:]])


def _without_marks(answer: str) -> tuple[str, list[tuple[int, list[int]]]]:
    bare, marks, last = "", [], 0
    for match in _MARKS.finditer(answer):
        bare += answer[last : match.start()]
        marks.append((len(bare), [int(number) for number in _NUMBER.findall(match.group(1))]))
        last = match.end()
    return bare + answer[last:], marks


def _sentence_at(text: str, spans: Sequence[tuple[int, int]], at: int) -> int:
    """The sentence that a citation is for: the one it stands in or behind; at the beginning of a line what follows."""
    if at == 0 or text[at - 1] == "\n":
        following = next((index for index, (start, _) in enumerate(spans) if start >= at), None)
        if following is not None:
            return following
    return max((index for index, (start, _) in enumerate(spans) if start < at), default=0)


def _statement(text: str, span: tuple[int, int], before: int, at: int) -> str:
    """The sentence up to the citation, or what of that follows the citation before when it says something."""
    start, end = span
    if at <= start:
        return text[start:end]
    rest = text[max(start, before) : min(end, at)]
    return rest if len(telling(rest)) >= _LEAST_WORDS else text[start : min(end, at)]
