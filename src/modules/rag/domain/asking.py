"""Answers a question from passages: find, choose what fits, ask the model, keep the citations honest."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import cast

from modkit.security import SecurityContext
from modules.llm_gateway.contract import ChatRequest, LlmGatewayClient, Params, StreamChunk
from modules.local_search_index.contract import Hit
from modules.rag.contract import (
    AnswerDone,
    AnswerPiece,
    AskEvent,
    Citation,
    EmptyQuestion,
    PassagesChosen,
    Query,
    Question,
)
from modules.rag.domain.citations import CitationFilter
from modules.rag.domain.prompt import messages_for
from modules.rag.domain.retrieval import Retrieval, relevant
from modules.rag.domain.support import supporting, with_quote

NOTHING_FOUND = "Nothing in these documents answers the question."
_LOOKED_AT = 4
"""How many times as many hits are looked at as passages may be used: some are double or have nothing to say."""
_ANSWER_SHARE = 4
"""At least a fourth of a small context window stays free for the answer."""


class Asking:
    """Implements ``RagClient.ask``."""

    def __init__(self, retrieval: Retrieval, gateway: LlmGatewayClient, *, most_passages: int) -> None:
        self._retrieval = retrieval
        self._gateway = gateway
        self._most_passages = most_passages

    async def ask(self, ctx: SecurityContext, question: Question) -> AsyncGenerator[AskEvent, None]:
        text = question.text.strip()
        if not text:
            raise EmptyQuestion
        query = Query(text=text, collections=question.collections, k=self._most_passages * _LOOKED_AT)
        found = await self._retrieval.search(ctx, query)
        hits = relevant(text, found.hits)[: self._most_passages]
        if not hits:
            yield PassagesChosen("", (), found.note)
            yield AnswerPiece(NOTHING_FOUND)
            yield AnswerDone(NOTHING_FOUND, (), "stop", from_model=False)
            return
        model = (await self._gateway.resolve(ctx, question.model)).id
        passages = await self._fitting(ctx, model, question, hits)
        yield PassagesChosen(model, passages, found.note)
        async with aclosing(self._answer(ctx, model, question, passages)) as events:
            async for event in events:
                yield event

    async def _answer(
        self, ctx: SecurityContext, model: str, question: Question, passages: tuple[Citation, ...]
    ) -> AsyncGenerator[AskEvent, None]:
        params = Params(temperature=0.0, max_output_tokens=question.max_output_tokens)
        request = ChatRequest(model, messages_for(question.text.strip(), passages), params)
        checked, said, reason = CitationFilter(len(passages)), "", "stop"
        chunks = cast(AsyncGenerator[StreamChunk, None], self._gateway.stream(ctx, request))
        async with aclosing(chunks):
            async for chunk in chunks:
                reason = chunk.finish_reason or reason
                if piece := checked.feed(chunk.content):
                    said += piece
                    yield AnswerPiece(piece)
        rest = checked.end()
        cited = checked.cited or tuple(supporting(said + rest, passages))
        if not checked.cited:
            rest += "".join(f" [{number}]" for number in cited)
        if rest:
            yield AnswerPiece(rest)
        about = f"{question.text} {said}{rest}"
        citations = tuple(with_quote(passages[number - 1], about) for number in cited)
        yield AnswerDone(said + rest, citations, reason)

    async def _fitting(
        self, ctx: SecurityContext, model: str, question: Question, hits: Sequence[Hit]
    ) -> tuple[Citation, ...]:
        """As many of the best passages as the context window holds beside the answer; at least one."""
        window = await self._gateway.context_window(ctx, model)
        room = window - min(question.max_output_tokens, window // _ANSWER_SHARE)
        passages = tuple(_citation(number, hit) for number, hit in enumerate(hits, start=1))
        while len(passages) > 1:
            tokens = await self._gateway.count_tokens(ctx, model, messages_for(question.text, passages))
            if tokens <= room:
                break
            # By the share that is too much, at least by one: counting costs a pass over the text.
            passages = passages[: min(len(passages) - 1, max(1, len(passages) * room // tokens))]
        return passages


def _citation(number: int, hit: Hit) -> Citation:
    passage = hit.passage
    return Citation(
        number=number,
        file_id=passage.document.id,
        passage_id=passage.id,
        path=passage.document.path,
        file_name=passage.document.file_name,
        page=passage.place.page,
        char_start=passage.place.char_start,
        char_end=passage.place.char_end,
        heading_path=passage.heading_path,
        text=passage.text,
    )
