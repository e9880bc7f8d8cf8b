"""A small model's answer begins with what a document says, and that stays as it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import cast

from modkit.security import SecurityContext
from modules.llm_gateway.contract import ChatRequest, LlmGatewayClient, StreamChunk
from modules.rag.contract import AnswerDone, AnswerPiece, Citation, Question
from modules.rag.domain.answers.answering import Answering
from modules.rag.domain.answers.checking import Checker
from modules.rag.domain.answers.leading import Leading
from tests.modules.rag.domain.answers.test_checking import Meanings, passage
from tests.modules.rag.domain.answers.test_embedded import Small

SIGNED = passage(1, "Anna signed the contract.")
KEPT = passage(2, "The contract was signed in the harbour office on Monday.", start=100)
LEAD = "The documents say: “Anna signed the contract.” [1]"


class Says:
    """The part of LlmGatewayClient that answering uses."""

    def __init__(self, *pieces: str) -> None:
        self._pieces = pieces

    async def stream(self, ctx: SecurityContext, request: ChatRequest) -> AsyncIterator[StreamChunk]:
        for piece in self._pieces:
            yield StreamChunk("1", request.model, piece)
        yield StreamChunk("1", request.model, finish_reason="stop")


async def answered(question: str, passages: Sequence[Citation], *pieces: str) -> tuple[str, AnswerDone]:
    gateway = cast(LlmGatewayClient, Says(*pieces))
    answering = Answering(gateway, Small(), Checker(Meanings()), Leading(Meanings()))
    ctx = SecurityContext.local_user()
    events = [one async for one in answering.answer(ctx, "local::s", Question(text=question), tuple(passages), 0)]
    done = events[-1]
    assert isinstance(done, AnswerDone)
    return "".join(one.text for one in events if isinstance(one, AnswerPiece)), done


async def test_the_leading_quotation_keeps_its_citation() -> None:
    text, done = await answered("Who signed the contract?", [SIGNED], "Pirates did it.")
    assert text == done.text == LEAD
    assert [(one.number, one.quote) for one in done.citations] == [(1, "Anna signed the contract.")]


async def test_what_follows_the_quotation_is_checked_and_cited_on_its_own() -> None:
    says = "The contract was signed in the harbour office on Monday [1]."
    text, done = await answered("Who signed the contract?", [SIGNED, KEPT], says)
    assert text == done.text == f"{LEAD}\n\nThe contract was signed in the harbour office on Monday. [2]"
    assert [one.number for one in done.citations] == [1, 2]


async def test_without_a_quotation_and_without_support_the_answer_says_so() -> None:
    _, done = await answered("Which boats sail?", [SIGNED], "Pirates did it.")
    assert done.text == "What was found in these documents does not clearly answer the question."
    assert done.citations == ()
