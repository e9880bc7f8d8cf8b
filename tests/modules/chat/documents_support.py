"""Documents that answer from a script, for conversations."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from modkit.security import SecurityContext
from modules.llm_gateway.contract import Usage
from modules.local_search_index.contract import Stage, StageRank
from modules.rag.contract import (
    AnswerDone,
    AnswerPiece,
    AnswerProgress,
    AskEvent,
    Candidate,
    Citation,
    Collection,
    Fate,
    PassagesChosen,
    Question,
    RetrievalSettings,
    RetrievalTrace,
)
from tests.modules.chat.chat_support import Gate

LEASES, GONE = UUID(int=101), UUID(int=404)
RENT = Citation(
    1, UUID(int=1), UUID(int=2), "/d/Lease.pdf", "Lease.pdf", 3, 10, 40, ("Terms", "Rent"), "The rent is 900 euros."
)
PETS = replace(RENT, number=2, passage_id=UUID(int=3), page=4, text="Dogs are allowed.")
FOUND = Candidate(
    RENT.file_id,
    RENT.passage_id,
    "Lease.pdf",
    "/d/Lease.pdf",
    3,
    ("Terms", "Rent"),
    "The \x02rent\x03 is",
    (StageRank(Stage.KEYWORD, 1, 3.5), StageRank(Stage.VECTOR, 2, 0.7)),
    0.03,
    None,
    Fate.USED,
    1,
)
TRACE = RetrievalTrace(
    queries=("rent",), settings=RetrievalSettings(passages=2), candidates=(FOUND,), tokens=321, token_budget=1500
)

Step = str | Gate | AnswerProgress | Exception


@dataclass
class ScriptedDocuments:
    """The part of RagClient that chat uses: one collection, and answers that cite the rent."""

    steps: list[Step] = field(default_factory=lambda: ["The rent is ", "900 euros [1]."])
    trace: RetrievalTrace = TRACE
    questions: list[Question] = field(default_factory=list)
    closed: int = 0
    without_model: bool = False

    async def collections(self, ctx: SecurityContext) -> list[Collection]:
        return [Collection(LEASES, "Leases", datetime(2026, 1, 1, tzinfo=UTC))]

    async def ask(self, ctx: SecurityContext, question: Question) -> AsyncGenerator[AskEvent, None]:
        self.questions.append(question)
        text = question.begun
        try:
            yield AnswerProgress("Searching Leases")
            yield PassagesChosen("local::tiny", question.passages or (RENT, PETS), trace=self.trace)
            for step in self.steps:
                if isinstance(step, Gate):
                    await step.pass_through()
                elif isinstance(step, Exception):
                    raise step
                elif isinstance(step, AnswerProgress):
                    yield step
                else:
                    text += step
                    yield AnswerPiece(step)
            quoted = replace(RENT, quote="The rent is 900 euros.", quote_start=10, quote_end=32)
            usage = None if self.without_model else Usage(321, 9)
            yield AnswerDone(text, (quoted,) if "[1]" in text else (), "stop", not self.without_model, usage)
        finally:
            self.closed += 1
