"""How passages were found for a question: what the retrieval inspector shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from modules.local_search_index.contract import SearchMode, StageRank


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalSettings:
    """What can be tried differently. ``passages`` is how many the model is given at most."""

    mode: SearchMode = SearchMode.HYBRID
    passages: int = 8
    rerank: bool = True
    """Where a reranking model is installed."""
    neighbours: bool = True
    """Join a passage with the ones beside it where the section goes on."""
    use_history: bool = True
    """Search by the conversation, not only by its last message."""


class Fate(StrEnum):
    """What became of a passage that was found."""

    USED = "used"
    JOINED = "joined"
    """Into one that is used."""
    DOUBLE = "double"
    """Its text is in one that is used."""
    NOT_RELEVANT = "not_relevant"
    NOT_BEST = "not_best"
    """As many better ones are used as are wanted."""
    NO_ROOM = "no_room"
    """It did not fit into the context window."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One passage that was found, in the order of its fused score.

    ``number`` is that of the citation it went into, None when it was cut. ``reranked`` is the reranker's score.
    """

    file_id: UUID
    passage_id: UUID
    file_name: str
    path: str
    page: int | None
    heading_path: tuple[str, ...]
    snippet: str
    stages: tuple[StageRank, ...]
    score: float
    reranked: float | None
    fate: Fate
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalTrace:
    """``queries`` are the texts that were searched. Tokens are the model's, of the whole prompt.

    ``whole_collection`` says that the question is about all files, and ``files_read`` of ``files_total`` were gone
    through for it. ``took_ms`` is the time until the passages were chosen.
    """

    queries: tuple[str, ...]
    settings: RetrievalSettings
    candidates: tuple[Candidate, ...] = ()
    tokens: int | None = None
    token_budget: int | None = None
    whole_collection: bool = False
    files_read: int = 0
    files_total: int = 0
    note: str = ""
    took_ms: float = 0.0
