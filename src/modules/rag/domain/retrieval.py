"""Finds passages, and tells those that answer a question from those that merely came first."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from modkit.security import SecurityContext
from modules.local_search_index.contract import (
    Hit,
    LocalSearchIndexClient,
    SearchFilter,
    SearchMode,
    SearchRequest,
)
from modules.rag.contract import CollectionNotFound, Findings, Query
from modules.rag.domain.embedding import Embedder
from modules.rag.domain.ports import RagStore
from modules.rag.domain.support import telling

MEANT = 0.35
"""Cosine from which a passage is about the same thing; unrelated sentences stay below 0.25."""
MENTIONED = 0.5
"""Share of a question's telling words that a passage must have, when its meaning is not near."""


class Retrieval:
    """Searches the collections that a query names."""

    def __init__(self, store: RagStore, index: LocalSearchIndexClient, embedder: Embedder) -> None:
        self._store = store
        self._index = index
        self._embedder = embedder

    async def search(self, ctx: SecurityContext, query: Query) -> Findings:
        """
        Raises:
            CollectionNotFound
        """
        ids = await self._collections(ctx, query.collections)
        if ids is None:
            return Findings((), by_meaning=False, any_word=False)
        vector, note = None, ""
        if query.mode is not SearchMode.KEYWORD and query.text.strip():
            vector, note = await self._embedder.query_vector(ctx, query.text)
        if vector is None and query.mode is SearchMode.VECTOR:
            return Findings((), by_meaning=False, any_word=False, note=note)
        request = SearchRequest(
            text=query.text,
            vector=vector,
            mode=query.mode,
            filter=SearchFilter(collection_ids=tuple(ids)),
            k=query.k,
        )
        answer = await self._index.search(ctx, request)
        return Findings(answer.hits, by_meaning=answer.by_meaning, any_word=answer.any_word, note=note)

    async def _collections(self, ctx: SecurityContext, names: Sequence[str | UUID]) -> list[UUID] | None:
        """Those to be searched, empty for all that are in the index; None when there is none.

        The index still holds what is in the trash.
        """
        if not names and await self._store.trash(ctx):
            return [one.id for one in await self._store.collections(ctx)] or None
        ids = []
        for name in names:
            collection = await self._store.collection(ctx, name)
            if collection is None:
                raise CollectionNotFound(str(name))
            ids.append(collection.id)
        return ids


def relevant(question: str, hits: Sequence[Hit]) -> list[Hit]:
    """Hits that have to do with the question, each text once, best first."""
    wanted = telling(question)
    texts: set[str] = set()
    kept = []
    for hit in hits:
        if hit.passage.text not in texts and _is_relevant(hit, wanted):
            texts.add(hit.passage.text)
            kept.append(hit)
    return kept


def _is_relevant(hit: Hit, wanted: set[str]) -> bool:
    if hit.why.phrase or (hit.why.meaning or 0.0) >= MEANT:
        return True
    found = telling(" ".join(hit.why.words)) & wanted
    return bool(found) and len(found) >= MENTIONED * len(wanted)
