"""Documents for the index, and short ways to ask it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from modkit.security import SecurityContext
from modules.local_search_index.contract import (
    Hit,
    IndexDocument,
    LocalSearchIndexClient,
    NewPassage,
    PassageVector,
    Place,
    PutReport,
    SearchFilter,
    SearchMode,
    SearchRequest,
)

_NAMES = UUID("018f0000-0000-7000-8000-000000000001")
HOME = uuid5(_NAMES, "collection home")
WORK = uuid5(_NAMES, "collection work")


def document(name: str = "lease.md", **changes: Any) -> IndexDocument:
    """A document whose id follows from its name."""
    plain = IndexDocument(
        id=uuid5(_NAMES, name),
        collection_id=HOME,
        revision="1",
        file_name=name,
        path=f"/home/ann/{name}",
        type=name.rpartition(".")[2],
    )
    return replace(plain, **changes)


def passages(*texts: str, headings: Sequence[str] = ()) -> list[NewPassage]:
    return [
        NewPassage(text, Place(100 * at, 100 * at + len(text), page=at + 1), tuple(headings))
        for at, text in enumerate(texts)
    ]


async def put(index: LocalSearchIndexClient, ctx: SecurityContext, name: str, *texts: str, **changes: Any) -> PutReport:
    return await index.put(ctx, document(name, **changes), passages(*texts))


def shown(hit: Hit) -> str:
    """The snippet with brackets for marks."""
    return hit.snippet.replace("\x02", "[").replace("\x03", "]")


async def found(index: LocalSearchIndexClient, ctx: SecurityContext, text: str, **request: Any) -> list[str]:
    answer = await index.search(ctx, SearchRequest(text=text, mode=SearchMode.KEYWORD, **request))
    return [shown(hit) for hit in answer.hits]


async def near(
    index: LocalSearchIndexClient, ctx: SecurityContext, vector: Sequence[float], **request: Any
) -> list[str]:
    answer = await index.search(ctx, SearchRequest(vector=vector, mode=SearchMode.VECTOR, **request))
    return [hit.passage.text for hit in answer.hits]


async def files(index: LocalSearchIndexClient, ctx: SecurityContext, text: str, **where: Any) -> set[str]:
    """The files that have hits within a filter."""
    request = SearchRequest(text=text, filter=SearchFilter(**where), k=50)
    return {hit.passage.document.file_name for hit in (await index.search(ctx, request)).hits}


async def embed(
    index: LocalSearchIndexClient, ctx: SecurityContext, generation_id: int, vectors: dict[str, Sequence[float]]
) -> int:
    """Give the passages with these texts their vectors."""
    missing = await index.without_vectors(ctx, generation_id, limit=1000)
    wanted = [PassageVector(one.id, vectors[one.text]) for one in missing if one.text in vectors]
    return await index.set_vectors(ctx, generation_id, wanted)
