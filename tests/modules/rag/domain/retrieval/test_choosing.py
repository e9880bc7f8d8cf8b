"""Which passages are given: each text once, neighbours as one, and of the rest why it was left out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import UUID

import pytest

from modkit.security import SecurityContext
from modules.llm_manager.contract import EngineDied, LlmManagerClient, ModelNotFound
from modules.local_search_index.contract import Hit, IndexDocument, Passage, Place, Stage, StageRank, Why
from modules.rag.contract import Fate
from modules.rag.domain.retrieval.choosing import candidates, choose, citation
from modules.rag.domain.retrieval.reranking import ModelReranker
from modules.rag.domain.retrieval.search import Found

DOCUMENT = IndexDocument(
    id=UUID(int=1), collection_id=UUID(int=2), revision="r", file_name="a.md", path="/d/a.md", type="md"
)


def found(
    ordinal: int,
    text: str,
    start: int,
    *,
    relevant: bool = True,
    headings: tuple[str, ...] = ("A",),
    page: int | None = None,
) -> Found:
    place = Place(start, start + len(text), page)
    passage = Passage(UUID(int=100 + ordinal), DOCUMENT, ordinal, text, place, headings)
    stages = (StageRank(Stage.KEYWORD, ordinal + 1, 1.0),)
    return Found(Hit(passage, 1.0, stages, Why(), text), 1.0, stages, relevant)


FIRST = found(0, "The rent is 940 euros", 0)
SECOND = found(1, "and is due in May.", 22)
OTHER = found(5, "Dogs are allowed in the garden.", 400)
AGAIN = found(6, "Dogs  are allowed in the GARDEN.", 600)
APART = found(9, "The moon is far away.", 900, relevant=False)


def test_each_candidate_has_its_fate_and_its_number() -> None:
    choice = choose([SECOND, OTHER, FIRST, AGAIN, APART, found(12, "Cats sleep.", 990)], 2, join=True)
    assert choice.fates == [Fate.USED, Fate.USED, Fate.JOINED, Fate.DOUBLE, Fate.NOT_RELEVANT, Fate.NOT_BEST]
    shown = candidates(choice, given=1)
    assert [one.number for one in shown] == [1, None, 1, None, None, None]
    assert [one.fate for one in shown[:3]] == [Fate.USED, Fate.NO_ROOM, Fate.JOINED]


def test_joined_passages_are_one_text_over_the_place_of_both() -> None:
    choice = choose([SECOND, FIRST], 8, join=True)
    one = citation(1, choice.sections[0])
    assert one.text == "The rent is 940 euros\nand is due in May."
    assert (one.char_start, one.char_end) == (0, 40)
    assert len(one.text) == one.char_end - one.char_start
    assert one.passage_id == FIRST.hit.passage.id


@pytest.mark.parametrize(
    "neighbour",
    [
        found(1, "and is due in May.", 22, headings=("B",)),
        found(1, "and is due in May.", 22, page=2),
        found(2, "and is due in May.", 22),
        found(1, "and is due in May.", 40),
        found(1, "x" * 3_000, 22),
    ],
)
def test_what_does_not_follow_directly_in_the_same_section_stays_apart(neighbour: Found) -> None:
    assert choose([FIRST, neighbour], 8, join=True).fates == [Fate.USED, Fate.USED]


def test_nothing_is_joined_when_that_is_switched_off() -> None:
    assert choose([FIRST, SECOND], 8, join=False).fates == [Fate.USED, Fate.USED]


def test_a_passage_that_contradicts_a_nearly_equal_one_is_given_too() -> None:
    denied = found(6, "Dogs are not allowed in the garden.", 600)
    assert choose([OTHER, denied, AGAIN], 8, join=True).fates == [Fate.USED, Fate.USED, Fate.DOUBLE]


class Models:
    """The part of LlmManagerClient that reranking uses."""

    def __init__(self, *, there: bool = True, broken: bool = False) -> None:
        self._there, self._broken = there, broken

    async def default_model(self, ctx: SecurityContext, purpose: str) -> Any:
        assert purpose == "reranking"
        if not self._there:
            raise ModelNotFound("reranking")
        return type("Model", (), {"id": "r"})()

    @asynccontextmanager
    async def lease(self, ctx: SecurityContext, model_id: str) -> AsyncIterator[Models]:
        yield self

    async def rerank(self, query: str, texts: Sequence[str]) -> list[float]:
        if self._broken:
            raise EngineDied("It died.")
        return [float(len(text)) for text in texts]


async def test_a_reranking_model_is_asked_where_there_is_one(ctx: SecurityContext) -> None:
    async def scores(models: Models, *texts: str) -> list[float] | None:
        return await ModelReranker(cast(LlmManagerClient, models)).scores(ctx, "question", texts)

    assert await scores(Models(), "a", "bbb") == [1.0, 3.0]
    assert await scores(Models(there=False), "a") is None
    assert await scores(Models(broken=True), "a") is None
    assert await scores(Models()) is None
