"""Lets the model answer from the passages, and keeps of what it says what can be answered for."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import cast

from modkit.security import SecurityContext
from modules.llm_gateway.contract import ChatRequest, LlmGatewayClient, Message, Params, StreamChunk, Usage
from modules.rag.contract import AnswerDone, AnswerPiece, AskEvent, Citation, Question
from modules.rag.domain.answers.checking import Checked, Checker, says_something
from modules.rag.domain.answers.citations import CitationFilter
from modules.rag.domain.answers.gate import Gate
from modules.rag.domain.answers.leading import Leading
from modules.rag.domain.answers.model_sizes import ModelSizes
from modules.rag.domain.answers.prompt import messages_for
from modules.rag.domain.answers.repetition import end_of_sense
from modules.rag.domain.answers.texts import NOT_BACKED, NOT_CLEAR, SAYS
from modules.rag.domain.language.spoken import language_of


@dataclass(slots=True)
class _Ended:
    """How the model's answer ended."""

    text: str = ""
    reason: str = "stop"
    usage: Usage | None = None


class Answering:
    """Small models are taken at their word only where the documents say the same; others are checked afterwards."""

    def __init__(self, gateway: LlmGatewayClient, models: ModelSizes, checker: Checker, leading: Leading) -> None:
        self._gateway = gateway
        self._models = models
        self._checker = checker
        self._leading = leading

    async def answer(
        self,
        ctx: SecurityContext,
        model: str,
        question: Question,
        passages: tuple[Citation, ...],
        history_characters: int,
    ) -> AsyncGenerator[AskEvent, None]:
        request = _request(model, question, messages_for(question, passages, history_characters))
        weak = await self._models.is_small(ctx, model) and not question.begun
        write = self._quoting if weak else self._freely
        async with aclosing(write(ctx, request, question, passages)) as events:
            async for event in events:
                yield event

    async def _freely(
        self, ctx: SecurityContext, request: ChatRequest, question: Question, passages: tuple[Citation, ...]
    ) -> AsyncGenerator[AskEvent, None]:
        """The model's own words as they come; its citations are checked when all is said."""
        ended, filtered = _Ended(question.begun), CitationFilter(len(passages))
        async with aclosing(self._streamed(ctx, request, ended)) as texts:
            async for text in texts:
                if piece := filtered.feed(text):
                    ended.text += piece
                    yield AnswerPiece(piece)
                if (end := end_of_sense(ended.text)) is not None:
                    ended.text = ended.text[:end]
                    break
            else:
                if rest := filtered.end():
                    ended.text += rest
                    yield AnswerPiece(rest)
        checked = await self._checker.checked(ctx, ended.text, passages, question.text)
        if not checked.citations and says_something(checked.text):
            lead = await self._leading.lead(ctx, question.text, passages)
            if lead is not None:
                spoken = language_of(question.text)
                checked = Checked(f"{NOT_BACKED[spoken]}\n\n{SAYS[spoken]} {lead.text}", (lead.citation,))
        if checked.text.startswith(ended.text) and len(checked.text) > len(ended.text):
            yield AnswerPiece(checked.text[len(ended.text) :])
        yield AnswerDone(checked.text, checked.citations, ended.reason, usage=ended.usage)

    async def _quoting(
        self, ctx: SecurityContext, request: ChatRequest, question: Question, passages: tuple[Citation, ...]
    ) -> AsyncGenerator[AskEvent, None]:
        """The best sentence of the documents first, then of what the model says only what they back."""
        spoken = language_of(question.text)
        lead = await self._leading.lead(ctx, question.text, passages)
        led = f"{SAYS[spoken]} {lead.text}" if lead is not None else ""
        ended = _Ended(led)
        if led:
            yield AnswerPiece(led)
        gate = Gate(passages, [lead.citation.quote] if lead is not None else [], question.text)
        async with aclosing(self._streamed(ctx, request, ended)) as texts:
            async for text in texts:
                if piece := gate.feed(text).rstrip():
                    piece = f"\n\n{piece}" if ended.text else piece
                    ended.text += piece
                    yield AnswerPiece(piece)
                if gate.hopeless:
                    break
            else:
                if piece := gate.end().rstrip():
                    piece = f"\n\n{piece}" if ended.text else piece
                    ended.text += piece
                    yield AnswerPiece(piece)
        if not ended.text:
            ended.text = NOT_CLEAR[spoken]
            yield AnswerPiece(ended.text)
        # The quotation is its passage's own words: only what follows it can be wrong.
        checked = await self._checker.checked(ctx, ended.text[len(led) :], passages, question.text)
        citations = [one for one in checked.citations if lead is None or one.number != lead.citation.number]
        quoted = (lead.citation, *citations) if lead is not None else tuple(citations)
        yield AnswerDone(led + checked.text, quoted, ended.reason, usage=ended.usage)

    async def _streamed(self, ctx: SecurityContext, request: ChatRequest, ended: _Ended) -> AsyncGenerator[str, None]:
        chunks = cast(AsyncGenerator[StreamChunk, None], self._gateway.stream(ctx, request))
        async with aclosing(chunks):
            async for chunk in chunks:
                ended.reason = chunk.finish_reason or ended.reason
                ended.usage = chunk.usage or ended.usage
                if chunk.content:
                    yield chunk.content


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
