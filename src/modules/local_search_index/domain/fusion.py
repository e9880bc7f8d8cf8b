"""Merges several rankings of passages into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from modules.local_search_index.contract import Stage, StageRank

RRF_K = 10
"""How slowly the worth of a rank falls. Cormack and others chose 60 for rankings of many systems over thousands of
judged documents. Of two or three rankings of passages it makes a passage that two of them have somewhere better than
one that a single ranking has first; with 10, being first counts."""
PARTIAL_WEIGHT = 0.5
"""What a place among the passages counts that have only some of the words: half of one with all of them."""


class Scored(NamedTuple):
    """A passage in a ranking; larger scores are better."""

    passage_id: UUID
    score: float


@dataclass(frozen=True, slots=True)
class Fused:
    """A passage, its fused score and its places in the rankings."""

    passage_id: UUID
    score: float
    stages: tuple[StageRank, ...]


def fuse(rankings: Mapping[Stage, Sequence[Scored]], *, k: int = RRF_K, partial: int | None = None) -> list[Fused]:
    """One ranking, best first; of equals, the one that an earlier ranking has first.

    Scores are sums of weight / (k + rank), rank counted from 1. A passage missing from a ranking gets nothing from it.
    ``partial`` is how many passages by words have all of them; those behind have some, and weigh less.

    Source: Cormack, Clarke and Büttcher, reciprocal rank fusion, SIGIR 2009; weights as in Bruch, Gai and Ingber, An
    analysis of fusion functions for hybrid retrieval, 2023.
    """
    places: dict[UUID, list[StageRank]] = {}
    for stage, ranking in rankings.items():
        for rank, (passage_id, score) in enumerate(ranking, start=1):
            places.setdefault(passage_id, []).append(StageRank(stage, rank, score))

    def worth(place: StageRank) -> float:
        some = place.stage is Stage.KEYWORD and partial is not None and place.rank > partial
        return (PARTIAL_WEIGHT if some else 1.0) / (k + place.rank)

    fused = [Fused(passage_id, sum(map(worth, stages)), tuple(stages)) for passage_id, stages in places.items()]
    return sorted(fused, key=lambda one: -one.score)
