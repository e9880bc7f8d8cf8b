"""Question sets: saved, run by words and by meaning, and the runs kept to be compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from modules.local_search_index.contract import SearchMode
from modules.rag.contract import (
    CollectionNotFound,
    EvalQuestion,
    Expected,
    InvalidQuestionSet,
    QuestionSet,
    QuestionSetNotFound,
)
from modules.rag.domain.scores import ndcg, recall, scores_of
from tests.modules.rag.rag_support import Workplace

QUESTIONS = (
    EvalQuestion("When are roses cut?", (Expected("garden.md", "in March"),)),
    EvalQuestion("What do tomatoes need?", (Expected("garden.md"),)),
    EvalQuestion("lighthouse", (Expected("sub/light.txt"), Expected("tower.txt"))),
    EvalQuestion("What is nowhere?", (Expected("nowhere.md"),)),
)
SET = QuestionSet("basics", "C", QUESTIONS)


@pytest.fixture
async def garden(work: Workplace, docs: Path) -> Workplace:
    (docs / "sub").mkdir()
    (docs / "garden.md").write_text(
        "# Garden\n\n## Vegetables\n\nTomatoes need water.\n\n## Roses\n\nRoses are cut in  March.\n"
    )
    (docs / "sub" / "light.txt").write_text("The lighthouse stands by the sea.")
    (docs / "notlight.txt").write_text("Another text by the lighthouse.")
    await work.index()
    return work


async def test_a_run_says_how_early_the_right_passages_come(garden: Workplace) -> None:
    await garden.rag.save_question_set(garden.ctx, SET)
    run = await garden.rag.evaluate(garden.ctx, "C", "basics")
    assert set(run.scores) == {SearchMode.KEYWORD}
    ranks = {one.question: one.rank for one in run.ranks[SearchMode.KEYWORD]}
    assert ranks["When are roses cut?"] == 1
    assert ranks["What do tomatoes need?"] == 1
    assert ranks["lighthouse"] in (1, 2)
    assert ranks["What is nowhere?"] is None
    scores = run.scores[SearchMode.KEYWORD]
    assert scores.hits_at[10] == 0.75
    assert 0 < scores.ndcg < scores.hits_at[10]
    assert run.embedder == ""


async def test_with_an_embedder_all_three_modes_are_measured(embedding_work: Workplace, docs: Path) -> None:
    (docs / "garden.md").write_text("# Garden\n\nTomatoes need water.\n\nRoses are cut in March.\n")
    await embedding_work.index()
    questions = (EvalQuestion("What must be done with vegetables in dry summers?", (Expected("garden.md"),)),)
    await embedding_work.rag.save_question_set(embedding_work.ctx, QuestionSet("one", "C", questions))
    run = await embedding_work.rag.evaluate(embedding_work.ctx, "C", "one")
    assert set(run.scores) == set(SearchMode)
    assert run.scores[SearchMode.VECTOR].mrr == 1.0
    assert run.embedder


async def test_runs_are_kept_newest_first_and_go_with_their_set(garden: Workplace) -> None:
    await garden.rag.save_question_set(garden.ctx, SET)
    first = await garden.rag.evaluate(garden.ctx, "C", "basics")
    second = await garden.rag.evaluate(garden.ctx, "C", "basics")
    assert await garden.rag.eval_runs(garden.ctx, "C", "basics") == [second, first]
    await garden.rag.delete_question_set(garden.ctx, "C", "basics")
    with pytest.raises(QuestionSetNotFound):
        await garden.rag.eval_runs(garden.ctx, "C", "basics")
    await garden.rag.save_question_set(garden.ctx, SET)
    assert await garden.rag.eval_runs(garden.ctx, "C", "basics") == []


async def test_saving_again_replaces_the_questions(garden: Workplace) -> None:
    await garden.rag.save_question_set(garden.ctx, SET)
    await garden.rag.save_question_set(garden.ctx, QuestionSet("basics", "C", QUESTIONS[:1]))
    [saved] = await garden.rag.question_sets(garden.ctx, "C")
    assert saved.questions == QUESTIONS[:1]
    assert saved.updated_at is not None


async def test_what_is_no_question_set_is_refused(garden: Workplace) -> None:
    refused = [
        (QuestionSet("", "C", QUESTIONS), "its name needs"),
        (QuestionSet("none", "C", ()), "it needs 1 to"),
        (QuestionSet("blank", "C", (EvalQuestion(" ", (Expected("a"),)),)), "question 1 has no text"),
        (QuestionSet("open", "C", (EvalQuestion("Why?", ()),)), "question 1 does not say"),
        (QuestionSet("empty", "C", (EvalQuestion("Why?", (Expected(" "),)),)), "question 1 does not say"),
    ]
    for broken, why in refused:
        with pytest.raises(InvalidQuestionSet, match=why):
            await garden.rag.save_question_set(garden.ctx, broken)
    assert await garden.rag.question_sets(garden.ctx, "C") == []


async def test_unknown_sets_and_collections_are_named(garden: Workplace) -> None:
    with pytest.raises(QuestionSetNotFound, match="'C' has no question set 'none'"):
        await garden.rag.evaluate(garden.ctx, "C", "none")
    with pytest.raises(CollectionNotFound):
        await garden.rag.question_sets(garden.ctx, "Nowhere")


def test_the_measures_are_those_of_the_field() -> None:
    nothing, first, second = frozenset[int](), frozenset({0}), frozenset({1})
    assert ndcg([first], 1) == 1.0
    assert ndcg([nothing, first], 1) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg([first, first, second], 2) == pytest.approx((1 + 0.5) / (1 + 0.6309), abs=1e-4)
    assert recall([first, nothing, first], 2) == 0.5
    scores = scores_of([([nothing, first], 1), ([nothing], 1)])
    assert (scores.mrr, scores.hits_at[1], scores.hits_at[3], scores.recall) == (0.25, 0.0, 0.5, 0.5)
    assert scores_of([]).mrr == 0.0
