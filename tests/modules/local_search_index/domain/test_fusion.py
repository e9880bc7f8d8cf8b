"""How rankings become one."""

from __future__ import annotations

from uuid import UUID

from modules.local_search_index.contract import Stage, StageRank
from modules.local_search_index.domain.fusion import RRF_K, Fused, Scored, fuse

A, B, C = (UUID(int=number) for number in (1, 2, 3))


def test_a_passage_in_two_rankings_beats_the_first_of_one() -> None:
    fused = fuse({Stage.KEYWORD: [Scored(A, 9.0), Scored(B, 1.0)], Stage.VECTOR: [Scored(C, 0.9), Scored(B, 0.8)]})
    assert [one.passage_id for one in fused] == [B, A, C]
    stages = (StageRank(Stage.KEYWORD, 2, 1.0), StageRank(Stage.VECTOR, 2, 0.8))
    assert fused[0] == Fused(B, 2 / (RRF_K + 2), stages)


def test_one_ranking_keeps_its_order_and_none_gives_nothing() -> None:
    assert [one.passage_id for one in fuse({Stage.VECTOR: [Scored(C, 3), Scored(A, 2)]})] == [C, A]
    assert fuse({}) == []


def test_a_place_among_those_with_some_of_the_words_counts_half() -> None:
    words, meaning = [Scored(A, 9.0), Scored(B, 8.0)], [Scored(C, 0.9)]
    whole = fuse({Stage.KEYWORD: words, Stage.VECTOR: meaning}, partial=2)
    some = fuse({Stage.KEYWORD: words, Stage.VECTOR: meaning}, partial=0)
    assert [one.passage_id for one in whole] == [A, C, B]
    assert [one.passage_id for one in some] == [C, A, B]
    assert some[1].score == whole[0].score / 2
