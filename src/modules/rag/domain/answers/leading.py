"""The sentences of the documents that answer a question best, quoted word for word.

A small model tells little that can be relied on; what it is given, it was given for a reason. So its answers begin with
the best sentence itself, marked as a quotation, and any answer that nothing supports is replaced by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from modkit.security import SecurityContext
from modules.rag.contract import Citation
from modules.rag.domain.answers.embedded import quoted
from modules.rag.domain.answers.expected import has_what_is_asked_for
from modules.rag.domain.answers.meaning import Vectors, cosine
from modules.rag.domain.language.pointing import POINTING
from modules.rag.domain.language.sentences import sentences
from modules.rag.domain.language.telling import shared, telling

_MOST_PASSAGES = 4
_MOST_SENTENCES = 32
_LEAST = 0.55
"""Worth from which a sentence is quoted: below it, it merely is about something near."""
_WORDS_WEIGHT, _RANK_COST, _EMPTY_COST = 0.45, 0.03, 0.3
_EXPECTED_BONUS, _UNEXPECTED_COST = 0.08, 0.3
"""For sentences with, or without, what the question asks for."""
_LEAST_WORDS = 2
_WITHOUT_MEANING = 1.0
"""What the share of words weighs when there is no embedder."""
_NUMBERING = re.compile(r"^\s*(?:\d+[.)])*\d*[.)]?\s")
"""A clause's own number answers nothing."""


@dataclass(frozen=True, slots=True)
class Lead:
    """``text`` quotes the citation's sentence and ends with its number, the only one that it cites."""

    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: Citation
    start: int
    end: int
    rank: int
    is_header: bool = False

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


class Leading:
    """Weighs sentences by their meaning and by the question's words in them."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    async def lead(self, ctx: SecurityContext, asked: str, passages: Sequence[Citation]) -> Lead | None:
        """The best sentence; None when none is good enough."""
        found = [one for rank, passage in enumerate(passages[:_MOST_PASSAGES]) for one in _sentences(passage, rank)]
        found = found[:_MOST_SENTENCES]
        if not found:
            return None
        vectors, _ = await self._vectors.vectors(ctx, [asked, *(_in_context(one) for one in found)])
        meanings = [cosine(vectors[0], one) for one in vectors[1:]] if vectors else [None] * len(found)
        worths = [_worth(asked, one, meaning) for one, meaning in zip(found, meanings, strict=True)]
        best = max(range(len(found)), key=lambda at: worths[at])
        return _quoted(found[best]) if worths[best] >= _LEAST else None


def _sentences(passage: Citation, rank: int) -> list[_Sentence]:
    """Each that can be quoted: one that points at what the sentence before it says, together with that."""
    found: list[_Sentence] = []
    before = 0
    places = list(sentences(passage.text))
    rows = ["\t" in passage.text[start:end] for start, end in places]
    for at, (start, end) in enumerate(places):
        points = _first_word(passage.text[start:end]) in POINTING and bool(found)
        # The first row of a table says what the others are about, and nothing of its own.
        is_header = rows[at] and rows[at + 1 : at + 2] == [True] and not (at and rows[at - 1])
        found.append(_Sentence(passage, before if points else start, end, rank, is_header))
        before = start
    return found


def _first_word(sentence: str) -> str:
    return (sentence.split() or [""])[0].strip(".,;:!?").casefold()


def _in_context(sentence: _Sentence) -> str:
    """What it is about often stands only in the heading."""
    return " ".join((*sentence.passage.heading_path[-1:], sentence.text))


def _worth(asked: str, sentence: _Sentence, meaning: float | None) -> float:
    wanted = telling(asked)
    if not telling(sentence.text) - telling(sentence.passage.file_name):
        return 0.0  # it says nothing but how the file is called, as the caption of a picture does
    there = telling(f"{sentence.text} {' '.join(sentence.passage.heading_path)} {sentence.passage.file_name}")
    words = len(shared(wanted, there)) / len(wanted) if wanted else 0.0
    worth = words * _WITHOUT_MEANING if meaning is None else meaning + words * _WORDS_WEIGHT
    expected = has_what_is_asked_for(asked, _NUMBERING.sub("", sentence.text))
    if expected is not None:
        worth += _EXPECTED_BONUS if expected else -_UNEXPECTED_COST
    empty = sentence.is_header or sentence.text.rstrip().endswith(("?", "？", ":"))
    if empty or len(telling(sentence.text)) < _LEAST_WORDS:
        worth -= _EMPTY_COST
    return worth - _RANK_COST * sentence.rank


def _quoted(sentence: _Sentence) -> Lead:
    passage, quote = sentence.passage, sentence.text
    offset = passage.char_end - len(passage.text)
    cited = replace(
        passage,
        quote=quote,
        quote_start=max(offset + sentence.start, passage.char_start),
        quote_end=max(offset + sentence.end, passage.char_start),
    )
    return Lead(f"{quoted(quote)} [{passage.number}]", cited)
