"""How well a ranking answers a question, by the measures of the field."""

from __future__ import annotations

import math
from collections.abc import Sequence

from modules.rag.contract import Scores

HITS_AT = (1, 3, 5, 10)
DEPTH = 10


def scores_of(rankings: Sequence[tuple[Sequence[frozenset[int]], int]]) -> Scores:
    """Means over the questions: for each, which of the expected each hit is (best first), and how many there are.

    A hit can be several of the expected, and of several hits that are the same one only the first counts.
    """
    firsts = [first_rank(hits) for hits, _ in rankings]
    return Scores(
        hits_at={k: _mean([float(rank is not None and rank <= k) for rank in firsts]) for k in HITS_AT},
        mrr=_mean([0.0 if rank is None else 1 / rank for rank in firsts]),
        ndcg=_mean([ndcg(hits, expected) for hits, expected in rankings]),
        recall=_mean([recall(hits, expected) for hits, expected in rankings]),
    )


def first_rank(hits: Sequence[frozenset[int]]) -> int | None:
    """Counted from 1; None when nothing expected is there."""
    return next((rank for rank, found in enumerate(hits, start=1) if found), None)


def ndcg(hits: Sequence[frozenset[int]], expected: int) -> float:
    """Of the first ten, with binary relevance. Source: Jaervelin and Kekaelaeinen, Cumulated gain, 2002."""
    gain, seen = 0.0, set[int]()
    for rank, found in enumerate(hits[:DEPTH], start=1):
        if found - seen:
            gain += 1 / math.log2(rank + 1)
            seen |= found
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(expected, DEPTH) + 1))
    return min(1.0, gain / ideal) if ideal else 0.0


def recall(hits: Sequence[frozenset[int]], expected: int) -> float:
    """The share of the expected among the first ten; of more than ten, ten are all."""
    seen = set[int]().union(*hits[:DEPTH])
    return min(1.0, len(seen) / min(expected, DEPTH)) if expected else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
