"""Merges several rankings of passages into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from modules.local_search_index.contract import Stage, StageRank

RRF_K = 60


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


def fuse(rankings: Mapping[Stage, Sequence[Scored]], *, k: int = RRF_K) -> list[Fused]:
    """One ranking, best first; of equals, the one that an earlier ranking has first.

    Scores are sums of 1 / (k + rank), rank counted from 1. A passage missing from a ranking gets nothing from it.

    Source: Cormack, Clarke and Büttcher, reciprocal rank fusion, SIGIR 2009.
    """
    places: dict[UUID, list[StageRank]] = {}
    for stage, ranking in rankings.items():
        for rank, (passage_id, score) in enumerate(ranking, start=1):
            places.setdefault(passage_id, []).append(StageRank(stage, rank, score))
    fused = [
        Fused(passage_id, sum(1 / (k + one.rank) for one in stages), tuple(stages))
        for passage_id, stages in places.items()
    ]
    return sorted(fused, key=lambda one: -one.score)
