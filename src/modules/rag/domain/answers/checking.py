"""Keeps the citations of an answer honest: each stands after what its passage says, and quotes the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from modkit.security import SecurityContext
from modules.rag.contract import Citation
from modules.rag.domain.answers.meaning import MEANS_THE_SAME, Vectors, cosine
from modules.rag.domain.answers.statements import Answer, Cited, put_together, taken_apart
from modules.rag.domain.answers.support import backs, first_backing, with_quote
from modules.rag.domain.language.sentences import sentences
from modules.rag.domain.language.telling import numbers, telling

_MOST_COMPARED = 96
"""Sentences that are compared by their meaning at most: each costs the embedder some milliseconds."""
_LEAST_WORDS = 2
_LEAST_STATED = 3


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer with its honest citations; ``dropped`` are the numbers that were taken out somewhere."""

    text: str
    citations: tuple[Citation, ...]
    dropped: tuple[int, ...] = ()


class Checker:
    """Compares words and numbers first, and meaning where words do not decide."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    async def checked(self, ctx: SecurityContext, answer: str, passages: Sequence[Citation], asked: str) -> Checked:
        """Drop citations that their passage does not back, and cite what a passage clearly says."""
        parts = taken_apart(answer)
        by_number = {one.number: one for one in passages}
        known = [one for one in parts.cited if one.number in by_number]
        backed = [one for one in known if backs(by_number[one.number], one.statement, asked)]
        doubtful = [one for one in known if one not in backed]
        backed += await self._backed_by_meaning(ctx, doubtful, by_number)
        added = list(_added(parts, backed, passages))
        cited = [*backed, *added]
        citations = tuple(_quoted(by_number[number], cited, asked) for number in _numbers_in_order(cited))
        kept = {(one.at, one.number) for one in backed}
        dropped = dict.fromkeys(one.number for one in parts.cited if (one.at, one.number) not in kept)
        text = put_together(parts.text, [(one.at, one.number) for one in cited])
        return Checked(text, citations, tuple(dropped))

    async def _backed_by_meaning(
        self, ctx: SecurityContext, doubtful: Sequence[Cited], passages: dict[int, Citation]
    ) -> list[Cited]:
        """Those that say in other words, or another language, what a sentence of their passage does."""
        fair = [one for one in doubtful if _numbers_agree(one, passages[one.number])]
        spans = {one.number: _sentences_of(passages[one.number]) for one in fair}
        texts = list(
            dict.fromkeys([*(one.statement for one in fair), *(text for all in spans.values() for text in all)])
        )
        if not fair or len(texts) > _MOST_COMPARED:
            return []
        vectors, _ = await self._vectors.vectors(ctx, texts)
        if vectors is None:
            return []
        vector_of = dict(zip(texts, vectors, strict=True))

        def nearest(one: Cited) -> float:
            said = vector_of[one.statement]
            return max((cosine(said, vector_of[text]) for text in spans[one.number]), default=0.0)

        return [one for one in fair if nearest(one) >= MEANS_THE_SAME]


_DENIALS = re.compile(
    r"\b(?:do(?:es)? not (?:say|contain|mention|provide|state|answer|specify)|don't (?:say|contain|mention|know)"
    r"|doesn't (?:say|contain|mention)|no (?:information|mention|answer)|not (?:mentioned|stated|contained|given|found)"
    r"|cannot (?:answer|find)|keine (?:angaben?|informationen?|antwort)|nicht (?:erwähnt|enthalten|angegeben|hervor)"
    r"|ne (?:dit|contien|mentionn)|aucune (?:information|mention)|no (?:dice|contiene|menciona))"
    r"|没有(?:提|说|包含|答案)|未提(?:及|到)|記載(?:が)?(?:ない|ありません)",
    re.IGNORECASE,
)


def says_something(answer: str) -> bool:
    """Whether an answer states anything that documents could support; saying that they do not say is no such thing."""
    return len(telling(answer)) >= _LEAST_STATED and not _DENIALS.search(answer)


def _added(parts: Answer, backed: Sequence[Cited], passages: Sequence[Citation]) -> list[Cited]:
    """Citations for sentences that have none left and that a passage clearly backs."""
    found = []
    for index, (start, end) in enumerate(parts.spans):
        if any(one.sentence == index for one in backed):
            continue
        statement = parts.text[start:end]
        number = first_backing(statement, passages)
        if number is not None:
            found.append(Cited(number, end, index, statement))
    return found


def _numbers_in_order(cited: Sequence[Cited]) -> list[int]:
    return list(dict.fromkeys(one.number for one in sorted(cited, key=lambda one: one.at)))


def _quoted(passage: Citation, cited: Sequence[Cited], asked: str) -> Citation:
    """With the sentence that backs what it was cited for first."""
    statements = [one.statement for one in sorted(cited, key=lambda one: one.at) if one.number == passage.number]
    said = next((one for one in statements if len(telling(one)) >= _LEAST_WORDS), " ".join(statements))
    return with_quote(passage, said, asked)


def _numbers_agree(cited: Cited, passage: Citation) -> bool:
    return numbers(cited.statement) <= numbers(f"{passage.text} {passage.file_name} {passage.page}")


def _sentences_of(passage: Citation) -> list[str]:
    return [passage.text[start:end] for start, end in sentences(passage.text)]
