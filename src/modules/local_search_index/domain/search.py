"""One search: rankings by phrase, words and meaning, merged, and every hit explained."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from modkit.security import SecurityContext
from modules.local_search_index.contract import (
    Hit,
    InvalidSearch,
    Passage,
    SearchAnswer,
    SearchMode,
    SearchRequest,
    Stage,
    Why,
)
from modules.local_search_index.domain.fusion import Fused, Scored, fuse
from modules.local_search_index.domain.ports import IndexStore
from modules.local_search_index.domain.query import Match, Query
from modules.local_search_index.domain.snippets import find, snippet

MAX_K = 200
MAX_DEPTH = 2_000
_MIN_DEPTH = 120
_FEW_WORDS = 4
"""Of more words than these hardly a passage has all, whether they go on or not: that is a question, not a search."""
_ENOUGH = 10
"""With fewer passages that have all the words, those with some of them are looked for as well."""


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Rankings by the whole query as a phrase and by words; of the latter, the first ``complete`` have all of them."""

    phrase: list[Scored]
    found: list[Scored]
    complete: int

    @property
    def any_word(self) -> bool:
        return self.complete < len(self.found)


async def search(store: IndexStore, ctx: SecurityContext, request: SearchRequest) -> SearchAnswer:
    """See ``LocalSearchIndexClient.search``."""
    _check(request)
    query = Query.parse(request.text, typing=request.typing)
    depth = max(_MIN_DEPTH, request.offset + request.k + 1)
    by_words = query.clauses and request.mode is not SearchMode.VECTOR
    by_meaning = request.vector is not None and request.mode is not SearchMode.KEYWORD
    words, meaning = await asyncio.gather(
        _by_words(store, ctx, query, request, depth) if by_words else _no_words(),
        _by_meaning(store, ctx, request, depth) if by_meaning else _nothing(),
    )
    rankings = {Stage.PHRASE: words.phrase, Stage.KEYWORD: words.found, Stage.VECTOR: meaning}
    fused = fuse(rankings, partial=words.complete)
    page = fused[request.offset : request.offset + request.k]
    passages = await store.passages_by_id(ctx, [one.passage_id for one in page]) if page else {}
    hits = await asyncio.to_thread(_hits, query, page, passages)
    more = len(fused) > request.offset + request.k
    return SearchAnswer(hits, more=more, any_word=words.any_word, by_meaning=bool(meaning))


def _check(request: SearchRequest) -> None:
    if request.mode is SearchMode.VECTOR and request.vector is None:
        raise InvalidSearch("A search by meaning alone needs the query's vector.")
    if not 1 <= request.k <= MAX_K:
        raise InvalidSearch(f"A search gives 1 to {MAX_K} hits, not {request.k}.")
    if not 0 <= request.offset <= MAX_DEPTH - request.k:
        raise InvalidSearch(f"Hits end at number {MAX_DEPTH:,}.")


async def _nothing() -> list[Scored]:
    return []


async def _no_words() -> _Ranked:
    return _Ranked([], [], 0)


async def _by_phrase(
    store: IndexStore, ctx: SecurityContext, query: Query, request: SearchRequest, depth: int
) -> list[Scored]:
    phrase = query.as_phrase()
    return [] if phrase is None else await store.keyword(ctx, phrase, Match.ALL, request.filter, depth)


async def _by_words(
    store: IndexStore, ctx: SecurityContext, query: Query, request: SearchRequest, depth: int
) -> _Ranked:
    """Passages with all words, then with all of them going on, then with any: each only when those before are few."""
    found = await store.keyword(ctx, query, Match.ALL, request.filter, depth)
    # Who has the phrase has all the words, so where nobody has those there is nothing to look for.
    phrase = await _by_phrase(store, ctx, query, request, depth) if found else []
    if len(found) < _ENOUGH and len(query.clauses) <= _FEW_WORDS and query.loosened() != query:
        found += _new(await store.keyword(ctx, query, Match.BEGINNINGS, request.filter, depth), found)
    if len(found) >= _ENOUGH or not query.divisible:
        return _Ranked(phrase, found, len(found))
    some = _new(await store.keyword(ctx, query.widened(), Match.ANY, request.filter, depth), found)
    return _Ranked(phrase, [*found, *some][:depth], len(found))


def _new(more: Sequence[Scored], known: Sequence[Scored]) -> list[Scored]:
    ids = {one.passage_id for one in known}
    return [one for one in more if one.passage_id not in ids]


async def _by_meaning(store: IndexStore, ctx: SecurityContext, request: SearchRequest, depth: int) -> list[Scored]:
    assert request.vector is not None  # asked for only with one
    return await store.nearest(ctx, request.vector, request.filter, depth)


def _hits(query: Query, page: Sequence[Fused], passages: dict[UUID, Passage]) -> tuple[Hit, ...]:
    # A passage deleted since it was ranked is left out.
    return tuple(_hit(query, one, passages[one.passage_id]) for one in page if one.passage_id in passages)


def _hit(query: Query, fused: Fused, passage: Passage) -> Hit:
    document = passage.document
    findings = find(query, passage.text, "\n".join((*passage.heading_path, document.file_name, document.title)))
    meaning = next((one.score for one in fused.stages if one.stage is Stage.VECTOR), None)
    why = Why(findings.words, findings.phrase, meaning)
    return Hit(passage, fused.score, fused.stages, why, snippet(passage.text, findings.spans))
