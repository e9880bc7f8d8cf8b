"""The sentence of a text that says most of what it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from modules.rag.contract import Citation
from modules.rag.domain.language.sentences import sentences
from modules.rag.domain.language.telling import telling, telling_in_order

_LEAST_WORDS, _MOST_WORDS = 4, 40
_NO_END = 0.5
_FIRST_BONUS = 1.4
"""Texts tend to begin with what they are about."""


def main_sentence(passages: Sequence[Citation]) -> tuple[Citation, str] | None:
    """By how frequent its words are in the text; of sentences that are all short, the longest; None without any.

    Source: Nenkova and Vanderwende, The impact of frequency on summarization (SumBasic), 2005, after Luhn, 1958.
    """
    frequencies = Counter(word for one in passages for word in telling_in_order(one.text))
    best: tuple[float, Citation, str] | None = None
    longest: tuple[Citation, str] | None = None
    for place, passage in enumerate(passages):
        for start, end in sentences(passage.text):
            text = passage.text[start:end]
            words = telling(text)
            if longest is None or len(text) > len(longest[1]):
                longest = passage, text
            if not _LEAST_WORDS <= len(words) <= _MOST_WORDS or text.rstrip().endswith(("?", "？", ":")):
                continue
            worth = sum(frequencies[word] for word in words) / len(words) * (_FIRST_BONUS if place == 0 else 1.0)
            worth *= _prose(text)
            if best is None or worth > best[0]:
                best = (worth, passage, text)
    return longest if best is None else best[1:]


def _prose(sentence: str) -> float:
    """From 0 to 1: code, tables and lists of words have many marks and no full stop."""
    letters = sum(letter.isalpha() or letter.isspace() for letter in sentence) / len(sentence)
    return letters**2 * (1.0 if sentence.rstrip()[-1:] in ".!。！" else _NO_END)
