"""What a plugin of the index does: keep passages and rank them; everything else is decided above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from modkit.security import SecurityContext
from modules.local_search_index.contract import (
    Generation,
    IndexDocument,
    IndexState,
    IndexStats,
    NewPassage,
    Passage,
    PassageText,
    PassageVector,
    PutReport,
    SearchFilter,
)
from modules.local_search_index.domain.fusion import Scored
from modules.local_search_index.domain.query import Match, Query


@dataclass(frozen=True, slots=True)
class AnalysedPassage:
    """A passage with its id and the terms it is found by, separated by spaces.

    ``wholes`` are identifiers as one term.
    """

    id: UUID
    ordinal: int
    passage: NewPassage
    body: str
    headings: str
    wholes: str


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """A document with all of its passages; ``names`` are the terms of its file name and title."""

    document: IndexDocument
    names: str
    passages: Sequence[AnalysedPassage]


class IndexStore(Protocol):
    """Keeps the passages of each user; a stranger's are never seen, counted or changed.

    Every change is durable when its call returns, and repeating it changes nothing more.
    """

    async def document(self, ctx: SecurityContext, document_id: UUID) -> IndexDocument | None: ...

    async def revisions(self, ctx: SecurityContext, document_ids: Sequence[UUID]) -> dict[UUID, str]: ...

    async def put(
        self, ctx: SecurityContext, document: IndexDocument, names: str, passages: Sequence[AnalysedPassage]
    ) -> PutReport:
        """Make these the document's passages; ``names`` are the terms of its file name and title.

        Passages whose id is there already are kept, with their vectors; a damaged half state is never seen.
        """

    async def put_many(self, ctx: SecurityContext, documents: Sequence[AnalysedDocument]) -> list[PutReport]:
        """The same for several documents, each at once or not at all; what they cost together is less."""

    async def delete(self, ctx: SecurityContext, document_ids: Sequence[UUID]) -> int: ...

    async def delete_collection(self, ctx: SecurityContext, collection_id: UUID) -> int: ...

    async def erase_deleted(self) -> bool:
        """Make what ``delete_collection`` removed unreadable; False when that has to be tried again."""

    async def passages(self, ctx: SecurityContext, document_id: UUID, *, start: int, limit: int) -> list[Passage]: ...

    async def passages_by_id(self, ctx: SecurityContext, passage_ids: Sequence[UUID]) -> dict[UUID, Passage]:
        """Those that are there."""

    async def keyword(
        self, ctx: SecurityContext, query: Query, match: Match, where: SearchFilter, limit: int
    ) -> list[Scored]:
        """Passages with the query's words, best first by BM25 or the plugin's nearest to it."""

    async def nearest(
        self, ctx: SecurityContext, vector: Sequence[float], where: SearchFilter, limit: int
    ) -> list[Scored]:
        """Passages by cosine in the active generation, best first; none without one.

        Raises:
            WrongDimensions, InvalidVector: the vector does not fit it.
        """

    async def begin_generation(self, ctx: SecurityContext, embedder: str, dimensions: int) -> Generation: ...

    async def activate_generation(self, ctx: SecurityContext, generation_id: int) -> Generation | None: ...

    async def drop_generation(self, ctx: SecurityContext, generation_id: int) -> bool: ...

    async def generations(self, ctx: SecurityContext) -> list[Generation]: ...

    async def without_vectors(
        self, ctx: SecurityContext, generation_id: int, *, limit: int, document_id: UUID | None
    ) -> list[PassageText]: ...

    async def set_vectors(self, ctx: SecurityContext, generation_id: int, vectors: Sequence[PassageVector]) -> int: ...

    async def stats(self, ctx: SecurityContext, collection_id: UUID | None) -> IndexStats: ...

    async def state(self, ctx: SecurityContext) -> IndexState: ...

    async def confirm_reindexing(self, ctx: SecurityContext) -> None: ...

    async def close(self) -> None:
        """Let go of memory and connections."""
