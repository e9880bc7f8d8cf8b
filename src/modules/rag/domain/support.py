"""Which sentence of a passage supports what was said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from modules.rag.contract import Citation

SUPPORTED = 0.7
"""Share of a statement's telling words that one sentence of a passage must have to support it."""
_LEAST_WORDS = 2
"""A statement with fewer telling words says too little to be supported by anything."""
_SHORT = 3
"""Words of so many letters tell little in most languages: the, and, der, les."""
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^\n.!?。！？]+(?:[.!?](?!\s|\Z)[^\n.!?。！？]*)*[.!?。！？]*")


def telling(text: str) -> set[str]:
    """The words of a text that say what it is about, and its numbers."""
    words = (word.casefold() for word in _WORD.findall(text))
    return {word for word in words if len(word) > _SHORT or not word.isascii() or word.isdecimal()}


def with_quote(citation: Citation, said: str) -> Citation:
    """The citation, pointing at the sentence of its passage that has most to do with what was said."""
    words = telling(said)
    found = list(_sentences(citation.text))
    if not found:
        return citation
    start, end = max(found, key=lambda span: len(telling(citation.text[slice(*span)]) & words))
    # A table's repeated header stands before its rows without being at that place: ranges count from the end.
    offset = citation.char_end - len(citation.text)
    quoted = max(offset + start, citation.char_start), max(offset + end, citation.char_start)
    return replace(citation, quote=citation.text[start:end], quote_start=quoted[0], quote_end=quoted[1])


def supporting(said: str, passages: Sequence[Citation]) -> list[int]:
    """Numbers of the passages that have a sentence with nearly all that a statement says, the first for each."""
    found: dict[int, None] = {}
    for start, end in _sentences(said):
        words = telling(said[start:end])
        if len(words) < _LEAST_WORDS:
            continue
        for passage in passages:
            spans = _sentences(passage.text)
            if any(len(telling(passage.text[slice(*span)]) & words) >= SUPPORTED * len(words) for span in spans):
                found[passage.number] = None
                break
    return list(found)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Their ranges, without the blanks around them."""
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        start = match.start() + len(sentence) - len(sentence.lstrip())
        if sentence.strip():
            yield start, start + len(sentence.strip())
