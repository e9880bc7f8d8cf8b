"""Question sets: saved per collection, run by words, by meaning and by both, and the runs kept for comparison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Protocol
from uuid import UUID

from modkit.security import SecurityContext
from modules.local_search_index.contract import Hit, SearchMode
from modules.rag.contract import (
    Collection,
    CollectionNotFound,
    EvalRun,
    Expected,
    InvalidQuestionSet,
    Query,
    QuestionSet,
    QuestionSetNotFound,
    Ranked,
    Scores,
)
from modules.rag.domain.embedding import Embedder
from modules.rag.domain.ports import RagStore
from modules.rag.domain.retrieval.search import Retrieval
from modules.rag.domain.scores import DEPTH, first_rank, scores_of

KEPT_RUNS = 50
_LONGEST_NAME = 100
_MOST_QUESTIONS = 10_000


class QuestionSetStore(Protocol):
    """Remembers question sets and their runs. Each call is one transaction."""

    async def question_sets(self, ctx: SecurityContext, collection: Collection) -> list[QuestionSet]:
        """By name."""

    async def save_question_set(self, ctx: SecurityContext, collection_id: UUID, question_set: QuestionSet) -> None:
        """Make it, or replace the one of the same name; its runs stay."""

    async def delete_question_set(self, ctx: SecurityContext, collection_id: UUID, name: str) -> None:
        """With its runs."""

    async def eval_runs(self, ctx: SecurityContext, collection: Collection, name: str) -> list[EvalRun]:
        """Newest first."""

    async def add_eval_run(self, ctx: SecurityContext, collection_id: UUID, run: EvalRun, keep: int) -> None:
        """Keep a run, and of the set's runs the newest ``keep``."""


class QuestionSets:
    """Implements the verbs of question sets."""

    def __init__(
        self, collections: RagStore, store: QuestionSetStore, retrieval: Retrieval, embedder: Embedder
    ) -> None:
        self._collections = collections
        self._store = store
        self._retrieval = retrieval
        self._embedder = embedder

    async def all(self, ctx: SecurityContext, collection: str) -> list[QuestionSet]:
        return await self._store.question_sets(ctx, await self._named(ctx, collection))

    async def save(self, ctx: SecurityContext, question_set: QuestionSet) -> None:
        named = await self._named(ctx, question_set.collection)
        _check(question_set)
        await self._store.save_question_set(ctx, named.id, question_set)

    async def delete(self, ctx: SecurityContext, collection: str, name: str) -> None:
        named = await self._named(ctx, collection)
        await self._set(ctx, named, name)
        await self._store.delete_question_set(ctx, named.id, name)

    async def runs(self, ctx: SecurityContext, collection: str, name: str) -> list[EvalRun]:
        named = await self._named(ctx, collection)
        await self._set(ctx, named, name)
        return await self._store.eval_runs(ctx, named, name)

    async def evaluate(self, ctx: SecurityContext, collection: str, name: str) -> EvalRun:
        named = await self._named(ctx, collection)
        question_set = await self._set(ctx, named, name)
        scores: dict[SearchMode, Scores] = {}
        ranks: dict[SearchMode, tuple[Ranked, ...]] = {}
        for mode in SearchMode:
            rankings = await self._rankings(ctx, named, question_set, mode)
            if rankings is None:
                continue
            scores[mode] = scores_of(rankings)
            pairs = zip(question_set.questions, rankings, strict=True)
            ranks[mode] = tuple(Ranked(question.text, first_rank(hits)) for question, (hits, _) in pairs)
        embedder = await self._embedder.active(ctx)
        run = EvalRun(name, named.name, datetime.now(UTC), embedder, scores, ranks)
        await self._store.add_eval_run(ctx, named.id, run, KEPT_RUNS)
        return run

    async def _rankings(
        self, ctx: SecurityContext, collection: Collection, question_set: QuestionSet, mode: SearchMode
    ) -> list[tuple[list[frozenset[int]], int]] | None:
        """What each hit of each question is; None when vectors are wanted and there are none."""
        found = []
        for question in question_set.questions:
            query = Query(text=question.text, collections=(collection.id,), mode=mode, k=DEPTH)
            findings = await self._retrieval.search(ctx, query)
            if mode is not SearchMode.KEYWORD and findings.note:
                return None
            hits = [_which(hit, question.expected) for hit in findings.hits]
            found.append((hits, len(question.expected)))
        return found

    async def _named(self, ctx: SecurityContext, name: str) -> Collection:
        found = await self._collections.collection(ctx, name)
        if found is None:
            raise CollectionNotFound(name)
        return found

    async def _set(self, ctx: SecurityContext, collection: Collection, name: str) -> QuestionSet:
        sets = await self._store.question_sets(ctx, collection)
        found = next((one for one in sets if one.name == name), None)
        if found is None:
            raise QuestionSetNotFound(name, collection.name)
        return found


def _which(hit: Hit, expected: Sequence[Expected]) -> frozenset[int]:
    return frozenset(number for number, one in enumerate(expected) if _is(hit, one))


def _is(hit: Hit, expected: Expected) -> bool:
    """A file by the end of its path, in whole parts; a passage by a part of its text, whatever blanks it has."""
    wanted = PurePath(expected.path).parts
    if wanted and PurePath(hit.passage.document.path).parts[-len(wanted) :] != wanted:
        return False
    return _plain(expected.text) in _plain(hit.passage.text)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _check(question_set: QuestionSet) -> None:
    """
    Raises:
        InvalidQuestionSet
    """
    name = question_set.name
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise InvalidQuestionSet("its name needs 1 to 100 characters on one line")
    if not 1 <= len(question_set.questions) <= _MOST_QUESTIONS:
        raise InvalidQuestionSet(f"it needs 1 to {_MOST_QUESTIONS:,} questions")
    for number, question in enumerate(question_set.questions, start=1):
        if not question.text.strip():
            raise InvalidQuestionSet(f"question {number} has no text")
        if not question.expected or any(not (one.path.strip() or one.text.strip()) for one in question.expected):
            raise InvalidQuestionSet(f"question {number} does not say what it should find")
