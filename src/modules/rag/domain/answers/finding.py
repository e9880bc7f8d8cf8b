"""From a question to the passages that its model is given, and the record of how they were found."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from modkit.security import SecurityContext
from modules.llm_gateway.contract import LlmGatewayClient
from modules.local_search_index.contract import LocalSearchIndexClient, Passage
from modules.rag.contract import Citation, Question, RetrievalTrace
from modules.rag.domain.answers.prompt import messages_for
from modules.rag.domain.retrieval.choosing import Choice, Section, candidates, choose, citation
from modules.rag.domain.retrieval.conversation_query import searches_for
from modules.rag.domain.retrieval.reranking import Reranker
from modules.rag.domain.retrieval.search import Found, Retrieval

LOOKED_AT = 4
"""How many times as many hits are looked at as passages may be used: some are double or have nothing to say."""
_ANSWER_SHARE = 4
"""At least a fourth of a small context window stays free for the answer."""
_HISTORY_SHARE = 4
_CHARACTERS_PER_TOKEN = 3
_GOING_ON = 3
"""The best sections are given with what goes on around them; of the others, the passage has to do."""
_ENDS = (".", "!", "?", "。", "！", "？", "”", '"', ")", "」")
_SHORTEST = 200
"""Characters of the one passage that is given in any case, however small the window."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was found for a question, before it is known how much of it fits."""

    question: Question
    queries: tuple[str, ...]
    choice: Choice
    reranked: tuple[float | None, ...]
    note: str
    took_ms: float

    def trace(self, given: int, tokens: int | None = None, budget: int | None = None) -> RetrievalTrace:
        """The record, when the first ``given`` sections are used."""
        return RetrievalTrace(
            queries=self.queries,
            settings=self.question.settings,
            candidates=candidates(self.choice, given, self.reranked),
            tokens=tokens,
            token_budget=budget,
            note=self.note,
            took_ms=self.took_ms,
        )


@dataclass(frozen=True, slots=True)
class Given:
    """What the model reads: ``history_characters`` of the conversation, and the passages."""

    passages: tuple[Citation, ...]
    history_characters: int
    trace: RetrievalTrace


class Finder:
    """Searches, reranks, chooses, and fits the choice into the model's window."""

    def __init__(
        self,
        retrieval: Retrieval,
        index: LocalSearchIndexClient,
        gateway: LlmGatewayClient,
        *,
        most_passages: int,
        reranker: Reranker,
    ) -> None:
        self._retrieval = retrieval
        self._index = index
        self._gateway = gateway
        self._most_passages = most_passages
        self._reranker = reranker

    async def choose(self, ctx: SecurityContext, question: Question) -> Chosen:
        """
        Raises:
            CollectionNotFound
        """
        begun_s = time.monotonic()
        settings = question.settings
        most = max(1, min(settings.passages, self._most_passages))
        searches = searches_for(question)
        found = await self._retrieval.find(ctx, searches, question.collections, settings.mode, most * LOOKED_AT)
        ordered, scores = found.found, tuple[float | None, ...]([None] * len(found.found))
        if settings.rerank:
            ordered, scores = await self._reranked(ctx, searches[-1 if len(searches) > 1 else 0].text, ordered)
        choice = choose(ordered, most, join=settings.neighbours)
        if settings.neighbours:
            for section in choice.sections[:_GOING_ON]:
                await self._go_on(ctx, section, choice.sections)
        took_ms = (time.monotonic() - begun_s) * 1000
        return Chosen(question, tuple(one.text for one in searches), choice, scores, found.note, took_ms)

    async def fit(self, ctx: SecurityContext, model: str, chosen: Chosen) -> Given:
        """As many of the best sections as the context window holds beside the answer; at least one, cut if need be."""
        question = chosen.question
        window = await self._gateway.context_window(ctx, model)
        room = window - min(question.max_output_tokens, window // _ANSWER_SHARE)
        told = room * _CHARACTERS_PER_TOKEN // _HISTORY_SHARE
        passages = tuple(citation(number, one) for number, one in enumerate(chosen.choice.sections, start=1))
        while True:
            tokens = await self._gateway.count_tokens(ctx, model, messages_for(question, passages, told))
            fewer = _fewer(passages, tokens, room)
            if tokens <= room or fewer == passages:
                return Given(passages, told, chosen.trace(len(passages), tokens, room))
            passages = fewer

    async def _reranked(
        self, ctx: SecurityContext, query: str, found: Sequence[Found]
    ) -> tuple[tuple[Found, ...], tuple[float | None, ...]]:
        relevant = [one for one in found if one.relevant]
        scores = await self._reranker.scores(ctx, query, [one.hit.passage.text for one in relevant])
        if scores is None:
            return tuple(found), tuple([None] * len(found))
        ranked = sorted(zip(relevant, scores, strict=True), key=lambda pair: -pair[1])
        rest = [one for one in found if not one.relevant]
        return (*(one for one, _ in ranked), *rest), (*(score for _, score in ranked), *([None] * len(rest)))

    async def _go_on(self, ctx: SecurityContext, section: Section, sections: Sequence[Section]) -> None:
        """Join what follows a passage that ends in the middle, and what one goes on from that begins there."""
        used = {passage.id for one in sections for passage in one.passages}
        for ordinal, wanted in (
            (section.last.ordinal + 1, _ends_in_the_middle(section.last)),
            (section.first.ordinal - 1, _begins_in_the_middle(section.first)),
        ):
            if not wanted or ordinal < 0:
                continue
            for passage in await self._index.passages(ctx, section.first.document.id, start=ordinal, limit=1):
                if passage.ordinal == ordinal and passage.id not in used and section.takes(passage):
                    section.add(passage)


def _fewer(passages: tuple[Citation, ...], tokens: int, room: int) -> tuple[Citation, ...]:
    """Less by the share that is too much: counting costs a pass over the text."""
    if len(passages) > 1:
        return passages[: min(len(passages) - 1, max(1, len(passages) * room // tokens))]
    (only,) = passages
    length = max(_SHORTEST, len(only.text) - (tokens - room) * _CHARACTERS_PER_TOKEN - 1)
    if length >= len(only.text):
        return passages
    cut = only.text[:length]
    return (replace(only, text=cut, char_end=max(only.char_start, only.char_end - len(only.text) + length)),)


def _ends_in_the_middle(passage: Passage) -> bool:
    return passage.kind in ("list", "table") or not passage.text.rstrip().endswith(_ENDS)


def _begins_in_the_middle(passage: Passage) -> bool:
    return passage.kind in ("list", "table") or passage.text.lstrip()[:1].islower()
