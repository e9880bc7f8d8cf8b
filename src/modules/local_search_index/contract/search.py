"""What can be asked of the index, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from modules.local_search_index.contract.models import Passage

MATCH_START, MATCH_END = "\x02", "\x03"
"""They enclose the matches of a snippet; neither can occur in its text, so no escaping is needed."""


class SearchMode(StrEnum):
    """Which rankings take part."""

    HYBRID = "hybrid"
    KEYWORD = "keyword"
    VECTOR = "vector"


class Stage(StrEnum):
    """One ranking: passages with the whole query as a phrase, with its words, with its meaning."""

    PHRASE = "phrase"
    KEYWORD = "keyword"
    VECTOR = "vector"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """Which documents are searched; empty fields allow everything, several values of a field are alternatives.

    ``file_name`` is a part of the name, whatever its case; ``path_prefix`` is how the path begins, exactly;
    ``modified_from`` is the first moment, ``modified_before`` the first that no longer counts, both aware. A document
    without a date lies in no range.
    """

    collection_ids: tuple[UUID, ...] = ()
    document_ids: tuple[UUID, ...] = ()
    types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    file_name: str = ""
    path_prefix: str = ""
    modified_from: datetime | None = None
    modified_before: datetime | None = None

    @property
    def empty(self) -> bool:
        """Whether every document passes."""
        return self == SearchFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """``text``: any text; quotes make a phrase that must occur, a trailing ``*`` a prefix.

    ``vector`` is the query's, made by the embedder of the active generation; without one, hybrid is keyword.
    ``typing`` says that the last word may be unfinished. Hits ``offset`` to ``offset + k`` are given.
    """

    text: str = ""
    vector: Sequence[float] | None = None
    mode: SearchMode = SearchMode.HYBRID
    filter: SearchFilter = field(default_factory=SearchFilter)
    k: int = 10
    offset: int = 0
    typing: bool = False


@dataclass(frozen=True, slots=True)
class StageRank:
    """A hit's place in one ranking, counted from 1.

    ``score`` is the ranking's own, larger is better: BM25 for words and phrases, cosine for vectors; not comparable
    between stages or queries.
    """

    stage: Stage
    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why a passage was found: words of the query that it has, as typed; its whole phrase; its meaning (a cosine)."""

    words: tuple[str, ...] = ()
    phrase: bool = False
    meaning: float | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One found passage. ``score`` is the fused one; ``snippet`` marks matches with MATCH_START and MATCH_END."""

    passage: Passage
    score: float
    stages: tuple[StageRank, ...]
    why: Why
    snippet: str


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """Hits, best first. ``more``: there are further ones.

    ``any_word``: too few passages had all the words, so those with some follow. ``by_meaning``: vectors took part.
    """

    hits: tuple[Hit, ...]
    more: bool = False
    any_word: bool = False
    by_meaning: bool = False
