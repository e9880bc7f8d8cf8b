"""Answers a question from passages: find, choose what fits, ask the model, keep the citations honest."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from modkit.security import SecurityContext
from modules.llm_gateway.contract import (
    LlmGatewayClient,
    LlmGatewayError,
)
from modules.rag.contract import (
    AnswerDone,
    AnswerPiece,
    AnswerProgress,
    AskEvent,
    Collection,
    EmptyQuestion,
    PassagesChosen,
    Question,
    RetrievalTrace,
)
from modules.rag.domain.answers.answering import Answering
from modules.rag.domain.answers.finding import Finder
from modules.rag.domain.answers.texts import NOTHING_FOUND, SEARCHING, SEARCHING_ALL
from modules.rag.domain.language.spoken import Language, language_of
from modules.rag.domain.retrieval.search import Retrieval
from modules.rag.domain.whole_collection.answers import WholeAnswers
from modules.rag.domain.whole_collection.question import recognise

_MOST_NAMED = 3


class Asking:
    """Implements ``RagClient.ask`` and ``inspect``."""

    def __init__(
        self,
        retrieval: Retrieval,
        finder: Finder,
        gateway: LlmGatewayClient,
        answering: Answering,
        whole: WholeAnswers,
    ) -> None:
        self._retrieval = retrieval
        self._finder = finder
        self._gateway = gateway
        self._answering = answering
        self._whole = whole

    async def ask(self, ctx: SecurityContext, question: Question) -> AsyncGenerator[AskEvent, None]:
        if not question.text.strip():
            raise EmptyQuestion
        if question.passages:
            model = (await self._gateway.resolve(ctx, question.model)).id
            yield PassagesChosen(model, question.passages)
            answer = self._answering.answer(ctx, model, question, question.passages, 0)
        else:
            collections = await self._retrieval.named(ctx, question.collections)
            yield AnswerProgress(_searching(language_of(question.text), collections))
            whole = recognise(question.text, [one.name for one in collections])
            if whole is not None:
                answer = self._whole.answer(ctx, question, whole, collections)
            else:
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
            nothing = NOTHING_FOUND[language_of(question.text)]
            yield AnswerPiece(nothing)
            yield AnswerDone(nothing, (), "stop", from_model=False)
            return
        model = (await self._gateway.resolve(ctx, question.model)).id
        given = await self._finder.fit(ctx, model, chosen)
        yield PassagesChosen(model, given.passages, chosen.note, given.trace)
        async with aclosing(
            self._answering.answer(ctx, model, question, given.passages, given.history_characters)
        ) as events:
            async for event in events:
                yield event


def _searching(spoken: Language, collections: Sequence[Collection]) -> str:
    if 0 < len(collections) <= _MOST_NAMED:
        return SEARCHING[spoken].format(where=", ".join(one.name for one in collections))
    return SEARCHING_ALL[spoken]
