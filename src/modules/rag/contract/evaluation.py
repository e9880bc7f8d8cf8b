"""Question sets: do the right passages come first, before and after a change?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from modules.local_search_index.contract import SearchMode


@dataclass(frozen=True, slots=True)
class Expected:
    """What a question should find: a file by the end of its path, or, with ``text``, a passage of it that has it."""

    path: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """``expected`` are alternatives that are all right; finding more of them is better."""

    text: str
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A saved set; ``name`` is unique within its collection."""

    name: str
    collection: str
    questions: tuple[EvalQuestion, ...]
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over the questions, each from 0 to 1. ``hits_at`` maps k to the share of questions with a hit in the
    first k; ``ndcg`` and ``recall`` are those of the first ten (binary relevance; Jaervelin and Kekaelaeinen 2002)."""

    hits_at: Mapping[int, float]
    mrr: float
    ndcg: float
    recall: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """One question: ``rank`` of the first right passage among ``k`` (None: not there)."""

    question: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class EvalRun:
    """One run of a set; runs are kept, newest first, to be compared."""

    question_set: str
    collection: str
    ran_at: datetime
    embedder: str
    scores: Mapping[SearchMode, Scores]
    ranks: Mapping[SearchMode, tuple[Ranked, ...]]
