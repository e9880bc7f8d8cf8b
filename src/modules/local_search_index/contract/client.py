"""The verbs of the index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from modkit.security import SecurityContext
from modules.local_search_index.contract.models import (
    Generation,
    IndexDocument,
    IndexState,
    IndexStats,
    NewPassage,
    Passage,
    PassageText,
    PassageVector,
    PutReport,
)
from modules.local_search_index.contract.search import SearchAnswer, SearchRequest


class LocalSearchIndexClient(Protocol):
    """Passages of one user's documents. Every change is stored when its call returns, and harmless when repeated.

    Any call can raise ``IndexRebuilt``: then ``state`` says that everything has to be put again.
    """

    async def put(self, ctx: SecurityContext, document: IndexDocument, passages: Sequence[NewPassage]) -> PutReport:
        """Add a document or replace what it was, at once or not at all; full text finds it from now on.

        Passages that did not change keep their vectors. The same document and revision again changes nothing.
        What cannot be stored (NUL, U+0002, U+0003, lone surrogates) becomes a space, in names as well.

        Raises:
            InvalidDocument: a passage is blank or has more than 200,000 characters, or the date has no time zone.
        """

    async def put_many(
        self, ctx: SecurityContext, documents: Sequence[tuple[IndexDocument, Sequence[NewPassage]]]
    ) -> list[PutReport]:
        """``put`` for several documents in a row: many small ones in a tenth of the time. None of them twice.

        Raises:
            InvalidDocument: as for ``put``; nothing was stored.
        """

    async def update(self, ctx: SecurityContext, document: IndexDocument) -> bool:
        """Change what is known about a document (renamed, moved), not its passages; False when it is not there."""

    async def revisions(self, ctx: SecurityContext, document_ids: Sequence[UUID]) -> dict[UUID, str]:
        """The revisions of those documents that are there: what a repeated run need not put again."""

    async def delete(self, ctx: SecurityContext, document_ids: Sequence[UUID]) -> int:
        """Forget documents; gives how many there were."""

    async def erase_deleted(self, ctx: SecurityContext) -> bool:
        """Make what ``delete_collection`` removed unreadable in the files, as far as they are on this computer.

        False: they could not be written anew yet; that is done later by itself.
        """

    async def delete_collection(self, ctx: SecurityContext, collection_id: UUID) -> int:
        """Forget all documents of a collection; gives how many there were."""

    async def passages(
        self, ctx: SecurityContext, document_id: UUID, *, start: int = 0, limit: int = 50
    ) -> list[Passage]:
        """Passages of a document in order, from ordinal ``start``: a hit's neighbours, or all of it in pages."""

    async def search(self, ctx: SecurityContext, request: SearchRequest) -> SearchAnswer:
        """Find passages. A text without letters or digits finds nothing by words.

        Raises:
            InvalidSearch: vector mode without a vector, or k or offset out of range.
            WrongDimensions, InvalidVector: the query's vector does not fit the active generation.
        """

    async def begin_generation(self, ctx: SecurityContext, embedder: str, dimensions: int) -> Generation:
        """The generation of an embedder, made when there is none. The first one of a user is active at once.

        ``embedder`` names the model and everything that changes its vectors (quantisation, prefix).
        """

    async def activate_generation(self, ctx: SecurityContext, generation_id: int) -> Generation:
        """Search by this generation from now on, and drop the vectors of all others.

        Raises:
            GenerationNotFound: it is not there.
        """

    async def drop_generation(self, ctx: SecurityContext, generation_id: int) -> bool:
        """Forget a generation and its vectors; False when it is not there."""

    async def generations(self, ctx: SecurityContext) -> list[Generation]:
        """All generations of the user, oldest first."""

    async def without_vectors(
        self, ctx: SecurityContext, generation_id: int, *, limit: int = 64, document_id: UUID | None = None
    ) -> list[PassageText]:
        """Passages that the generation has no vector for; empty when it is complete."""

    async def set_vectors(self, ctx: SecurityContext, generation_id: int, vectors: Sequence[PassageVector]) -> int:
        """Store vectors; gives how many were new. Passages that are gone, or have one already, are passed over.

        Raises:
            GenerationNotFound: it is not there; WrongDimensions, InvalidVector: nothing was stored.
        """

    async def stats(self, ctx: SecurityContext, collection_id: UUID | None = None) -> IndexStats:
        """How much there is."""

    async def state(self, ctx: SecurityContext) -> IndexState:
        """Whether everything has to be put again."""

    async def confirm_reindexing(self, ctx: SecurityContext) -> None:
        """Say that whatever has to be put again is on its way, durably: ``needs_reindexing`` becomes false."""
