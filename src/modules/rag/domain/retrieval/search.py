"""Finds passages: what the search page asks for, and what a question needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from modkit.security import SecurityContext
from modules.local_search_index.contract import (
    Hit,
    LocalSearchIndexClient,
    SearchMode,
    SearchRequest,
    StageRank,
)
from modules.rag.contract import Collection, CollectionNotFound, Findings, Query
from modules.rag.domain.embedding import Embedder
from modules.rag.domain.ports import RagStore
from modules.rag.domain.retrieval.conversation_query import Search
from modules.rag.domain.retrieval.relevance import is_relevant

RRF_K = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with its places in the rankings of all searches; ``relevant`` to the question, not merely first."""

    hit: Hit
    score: float
    stages: tuple[StageRank, ...]
    relevant: bool


@dataclass(frozen=True, slots=True)
class FoundAll:
    """Best first. ``note`` says why meaning did not take part although it was wanted."""

    found: tuple[Found, ...]
    note: str = ""


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
        ids = await self.searched(ctx, query.collections)
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
            filter=replace(query.filter, collection_ids=tuple(ids)),
            k=query.k,
            offset=query.offset,
            typing=query.typing,
        )
        answer = await self._index.search(ctx, request)
        return Findings(
            answer.hits, by_meaning=answer.by_meaning, any_word=answer.any_word, note=note, more=answer.more
        )

    async def find(
        self,
        ctx: SecurityContext,
        searches: Sequence[Search],
        collections: Sequence[str | UUID],
        mode: SearchMode,
        k: int,
    ) -> FoundAll:
        """The best of several searches, whose rankings are added up by their weights. The first is the question.

        Raises:
            CollectionNotFound
        """
        rankings: list[tuple[Search, Sequence[Hit]]] = []
        note = ""
        for search in searches:
            query = Query(text=search.text, collections=tuple(collections), mode=mode, k=k)
            findings = await self.search(ctx, query)
            rankings.append((search, findings.hits))
            note = note or findings.note
        return FoundAll(tuple(_added_up(rankings)), note)

    async def named(self, ctx: SecurityContext, names: Sequence[str | UUID]) -> list[Collection]:
        """Those of these names or ids; all for none.

        Raises:
            CollectionNotFound
        """
        if not names:
            return await self._store.collections(ctx)
        found = []
        for name in names:
            collection = await self._store.collection(ctx, name)
            if collection is None:
                raise CollectionNotFound(str(name))
            found.append(collection)
        return found

    async def searched(self, ctx: SecurityContext, names: Sequence[str | UUID]) -> list[UUID] | None:
        """Ids of those to be searched, empty for all that are in the index; None when there is none.

        The index still holds what is in the trash.
        """
        if not names and not await self._store.trash(ctx):
            return []
        ids = [one.id for one in await self.named(ctx, names)]
        return ids or None


def _added_up(rankings: Sequence[tuple[Search, Sequence[Hit]]]) -> list[Found]:
    """Reciprocal rank fusion over the searches; of equals, the one that an earlier search has first.

    A single search keeps its own order and scores. Source: as the index's fusion.
    """
    question = rankings[0][0].text if rankings else ""
    if len(rankings) == 1:
        return [Found(hit, hit.score, hit.stages, is_relevant(hit, question, question)) for hit in rankings[0][1]]
    scores: dict[UUID, float] = {}
    first: dict[UUID, Hit] = {}
    relevant: set[UUID] = set()
    for search, hits in rankings:
        for rank, hit in enumerate(hits, start=1):
            key = hit.passage.id
            scores[key] = scores.get(key, 0.0) + search.weight / (RRF_K + rank)
            first.setdefault(key, hit)
            if is_relevant(hit, search.text, question):
                relevant.add(key)
    ranked = sorted(first, key=lambda key: -scores[key])
    return [Found(first[key], scores[key], first[key].stages, key in relevant) for key in ranked]
