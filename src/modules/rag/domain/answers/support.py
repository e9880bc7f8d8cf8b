"""Whether a passage says what an answer says, and in which of its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from modules.rag.contract import Citation
from modules.rag.domain.language.sentences import sentences
from modules.rag.domain.language.telling import numbers, shared, telling

CLEARLY = 0.7
"""Share of a statement's telling words that one sentence of a passage must have to support it beyond doubt."""
ENOUGH = 0.5
"""The same for a statement that the model itself gave this passage for, within two neighbouring sentences."""
_LEAST_WORDS = 2
"""A statement with fewer telling words says too little to be looked for."""


def with_quote(citation: Citation, said: str, asked: str = "") -> Citation:
    """The citation, pointing at the sentence of its passage that has most to do with what was said.

    What was asked decides between sentences that have as much.
    """
    span = best_sentence(citation.text, said, asked)
    if span is None:
        return citation
    start, end = span
    # A table's repeated header stands before its rows without being at that place: ranges count from the end.
    offset = citation.char_end - len(citation.text)
    quoted = max(offset + start, citation.char_start), max(offset + end, citation.char_start)
    return replace(citation, quote=citation.text[start:end], quote_start=quoted[0], quote_end=quoted[1])


def best_sentence(text: str, said: str, asked: str = "") -> tuple[int, int] | None:
    """The range of the sentence with most of the words; None when the text has no sentence."""
    told, wanted = telling(said), telling(asked)

    def worth(span: tuple[int, int]) -> tuple[float, float]:
        words = telling(text[slice(*span)])
        of_said, of_asked = len(shared(told, words)), len(shared(wanted, words))
        # Of equals, the one that says less besides.
        return of_said + of_asked / (1 + len(wanted)), (of_said + of_asked) / (1 + len(words))

    return max(sentences(text), key=worth, default=None)


def backs(passage: Citation, statement: str, asked: str = "") -> bool:
    """Whether a passage that was cited for a statement says it, as far as words and numbers can tell.

    A statement without telling words of its own can be backed by anything.
    """
    words = telling(statement)
    if not numbers(statement) <= numbers(f"{passage.text} {passage.file_name} {passage.page} {asked}"):
        return False
    words -= shared(words, telling(asked)) if len(words) > _LEAST_WORDS else set()
    return not words or _most_shared(words, passage) >= ENOUGH * len(words)


def clearly_backs(passage: Citation, statement: str, share: float = CLEARLY) -> bool:
    """Whether one sentence of the passage has nearly all that the statement says."""
    words = telling(statement)
    if len(words) < _LEAST_WORDS or not numbers(statement) <= numbers(passage.text):
        return False
    spans = sentences(passage.text)
    return any(len(shared(words, telling(passage.text[slice(*span)]))) >= share * len(words) for span in spans)


def first_backing(statement: str, passages: Sequence[Citation], share: float = CLEARLY) -> int | None:
    """The number of the first passage that clearly says it."""
    return next((one.number for one in passages if clearly_backs(one, statement, share)), None)


def _most_shared(words: set[str], passage: Citation) -> int:
    """How many of the words two neighbouring sentences have at most; headings and the file's name count as well."""
    beside = telling(" ".join((*passage.heading_path, passage.file_name)))
    spans = list(sentences(passage.text))
    pairs = [passage.text[one[0] : other[1]] for one, other in zip(spans, spans[1:] or spans, strict=False)]
    return max((len(shared(words, telling(pair) | beside)) for pair in pairs), default=0)
