"""Answers a question from passages: find, choose what fits, ask the model, keep the citations honest."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import cast

from modkit.security import SecurityContext
from modules.llm_gateway.contract import (
    ChatRequest,
    LlmGatewayClient,
    LlmGatewayError,
    Message,
    Params,
    StreamChunk,
    Usage,
)
from modules.rag.contract import (
    AnswerDone,
    AnswerPiece,
    AnswerProgress,
    AskEvent,
    Citation,
    Collection,
    EmptyQuestion,
    PassagesChosen,
    Question,
    RetrievalTrace,
)
from modules.rag.domain.checking import Checker
from modules.rag.domain.citations import CitationFilter
from modules.rag.domain.finding import Finder
from modules.rag.domain.prompt import messages_for
from modules.rag.domain.retrieval import Retrieval

NOTHING_FOUND = "Nothing in these documents answers the question."
_MOST_NAMED = 3


@dataclass(slots=True)
class _Ended:
    """How the model's answer ended."""

    text: str = ""
    reason: str = "stop"
    usage: Usage | None = None


class Asking:
    """Implements ``RagClient.ask`` and ``inspect``."""

    def __init__(self, retrieval: Retrieval, finder: Finder, gateway: LlmGatewayClient, checker: Checker) -> None:
        self._retrieval = retrieval
        self._finder = finder
        self._gateway = gateway
        self._checker = checker

    async def ask(self, ctx: SecurityContext, question: Question) -> AsyncGenerator[AskEvent, None]:
        if not question.text.strip():
            raise EmptyQuestion
        if question.passages:
            model = (await self._gateway.resolve(ctx, question.model)).id
            yield PassagesChosen(model, question.passages)
            answer = self._answer(ctx, model, question, question.passages, 0)
        else:
            yield AnswerProgress(_searching(await self._retrieval.named(ctx, question.collections)))
            answer = self._found(ctx, question)
        async with aclosing(answer) as events:
            async for event in events:
                yield event

    async def inspect(self, ctx: SecurityContext, question: Question) -> RetrievalTrace:
        if not question.text.strip():
            raise EmptyQuestion
        chosen = await self._finder.choose(ctx, question)
        if not chosen.choice.sections:
            return chosen.trace(0)
        try:
            model = (await self._gateway.resolve(ctx, question.model)).id
            return (await self._finder.fit(ctx, model, chosen)).trace
        except LlmGatewayError:
            # Without a model there is no window that they would have to fit into.
            return chosen.trace(len(chosen.choice.sections))

    async def _found(self, ctx: SecurityContext, question: Question) -> AsyncGenerator[AskEvent, None]:
        chosen = await self._finder.choose(ctx, question)
        if not chosen.choice.sections:
            yield PassagesChosen("", (), chosen.note, chosen.trace(0))
            yield AnswerPiece(NOTHING_FOUND)
            yield AnswerDone(NOTHING_FOUND, (), "stop", from_model=False)
            return
        model = (await self._gateway.resolve(ctx, question.model)).id
        given = await self._finder.fit(ctx, model, chosen)
        yield PassagesChosen(model, given.passages, chosen.note, given.trace)
        async with aclosing(self._answer(ctx, model, question, given.passages, given.history_characters)) as events:
            async for event in events:
                yield event

    async def _answer(
        self,
        ctx: SecurityContext,
        model: str,
        question: Question,
        passages: tuple[Citation, ...],
        history_characters: int,
    ) -> AsyncGenerator[AskEvent, None]:
        ended = _Ended(question.begun)
        messages = messages_for(question, passages, history_characters)
        async with aclosing(self._said(ctx, _request(model, question, messages), passages, ended)) as pieces:
            async for piece in pieces:
                yield AnswerPiece(piece)
        checked = await self._checker.checked(ctx, ended.text, passages, question.text)
        if checked.text.startswith(ended.text) and len(checked.text) > len(ended.text):
            yield AnswerPiece(checked.text[len(ended.text) :])
        yield AnswerDone(checked.text, checked.citations, ended.reason, usage=ended.usage)

    async def _said(
        self, ctx: SecurityContext, request: ChatRequest, passages: Sequence[Citation], ended: _Ended
    ) -> AsyncGenerator[str, None]:
        """The model's text as it comes, without citations of passages that do not exist."""
        filtered = CitationFilter(len(passages))
        chunks = cast(AsyncGenerator[StreamChunk, None], self._gateway.stream(ctx, request))
        async with aclosing(chunks):
            async for chunk in chunks:
                ended.reason = chunk.finish_reason or ended.reason
                ended.usage = chunk.usage or ended.usage
                if piece := filtered.feed(chunk.content):
                    ended.text += piece
                    yield piece
        if rest := filtered.end():
            ended.text += rest
            yield rest


def _request(model: str, question: Question, messages: tuple[Message, ...]) -> ChatRequest:
    temperature = 0.0 if question.temperature is None else question.temperature
    params = Params(temperature=temperature, max_output_tokens=question.max_output_tokens, seed=question.seed)
    return ChatRequest(
        model,
        messages,
        params,
        conversation_key=question.conversation_key,
        continue_last=bool(question.begun),
    )


def _searching(collections: Sequence[Collection]) -> str:
    if len(collections) == 1:
        return f"Searching {collections[0].name}"
    if 1 < len(collections) <= _MOST_NAMED:
        return f"Searching {', '.join(one.name for one in collections)}"
    return "Searching the documents"
