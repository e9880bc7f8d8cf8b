"""Searching by meaning, and generations of vectors."""

from __future__ import annotations

import pytest

from modkit.security import SecurityContext
from modules.local_search_index.contract import (
    GenerationNotFound,
    InvalidDocument,
    InvalidVector,
    LocalSearchIndexClient,
    PassageVector,
    SearchFilter,
    SearchRequest,
    Stage,
    WrongDimensions,
)
from tests.modules.local_search_index.index_support import document, embed, near, put

NORTH, EAST, BETWEEN = (0.0, 2.0), (3.0, 0.0), (1.0, 1.5)


@pytest.fixture
async def meant(index: LocalSearchIndexClient, ctx: SecurityContext) -> LocalSearchIndexClient:
    await put(index, ctx, "a.md", "a bear", "a tiger", "both")
    generation = await index.begin_generation(ctx, "tiny", 2)
    assert await embed(index, ctx, generation.id, {"a bear": NORTH, "a tiger": EAST, "both": BETWEEN}) == 3
    return index


async def test_vectors_rank_by_cosine(meant: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    assert await near(meant, ctx, (0.1, 9.0)) == ["a bear", "both", "a tiger"]
    answer = await meant.search(ctx, SearchRequest(vector=NORTH, text="anything"))
    assert answer.by_meaning
    assert answer.hits[0].why.meaning == pytest.approx(1.0, abs=1e-3)


async def test_words_and_meaning_are_fused(meant: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    answer = await meant.search(ctx, SearchRequest(text="tiger", vector=NORTH))
    hits = {hit.passage.text: hit for hit in answer.hits}
    # then: a passage in two rankings beats one that is first in only one of them
    assert answer.hits[0].passage.text == "a tiger"
    assert [(one.stage, one.rank) for one in hits["a tiger"].stages] == [(Stage.KEYWORD, 1), (Stage.VECTOR, 3)]
    assert [(one.stage, one.rank) for one in hits["a bear"].stages] == [(Stage.VECTOR, 1)]
    assert (hits["a tiger"].why.words, hits["a bear"].why.words) == (("tiger",), ())


async def test_full_text_is_there_before_vectors_are(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    # given
    generation = await index.begin_generation(ctx, "tiny", 2)
    await put(index, ctx, "a.md", "a bear", "a tiger")
    # then
    answer = await index.search(ctx, SearchRequest(text="bear", vector=NORTH))
    assert ([hit.passage.text for hit in answer.hits], answer.by_meaning) == (["a bear"], False)
    # when
    await embed(index, ctx, generation.id, {"a bear": NORTH})
    # then
    assert await near(index, ctx, EAST) == ["a bear"]
    assert [one.text for one in await index.without_vectors(ctx, generation.id)] == ["a tiger"]


async def test_without_a_generation_meaning_finds_nothing(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    await put(index, ctx, "a.md", "a bear")
    assert await near(index, ctx, NORTH) == []


async def test_setting_vectors_again_stores_none(meant: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    generation = (await meant.generations(ctx))[0]
    again = [PassageVector(one.id, EAST) for one in await meant.passages(ctx, document("a.md").id)]
    assert await meant.set_vectors(ctx, generation.id, again) == 0
    assert (await meant.generations(ctx))[0].vectors == 3
    assert await near(meant, ctx, NORTH) == ["a bear", "both", "a tiger"]


async def test_kept_passages_keep_their_vectors_and_others_take_theirs_along(
    meant: LocalSearchIndexClient, ctx: SecurityContext
) -> None:
    await put(meant, ctx, "a.md", "a lion", "a tiger", revision="2")
    assert await near(meant, ctx, NORTH) == ["a tiger"]
    generation = (await meant.generations(ctx))[0]
    assert [one.text for one in await meant.without_vectors(ctx, generation.id)] == ["a lion"]
    assert (await meant.stats(ctx)).vectors == 1


async def test_vectors_of_passages_that_are_gone_are_passed_over(
    meant: LocalSearchIndexClient, ctx: SecurityContext
) -> None:
    generation = (await meant.generations(ctx))[0]
    late = [PassageVector(one.id, EAST) for one in await meant.passages(ctx, document("a.md").id)]
    await meant.delete(ctx, [document("a.md").id])
    assert await meant.set_vectors(ctx, generation.id, late) == 0
    assert await near(meant, ctx, NORTH) == []


async def test_filters_hold_for_vectors(meant: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    await put(meant, ctx, "b.pdf", "a polar bear")
    await embed(meant, ctx, (await meant.generations(ctx))[0].id, {"a polar bear": NORTH})
    assert await near(meant, ctx, NORTH, filter=SearchFilter(types=("pdf",))) == ["a polar bear"]
    assert await near(meant, ctx, NORTH, filter=SearchFilter(types=("doc",))) == []


async def test_a_new_embedder_is_built_beside_the_old_one_and_then_takes_its_place(
    meant: LocalSearchIndexClient, ctx: SecurityContext
) -> None:
    # when: half built
    better = await meant.begin_generation(ctx, "better", 3)
    assert not better.active
    await embed(meant, ctx, better.id, {"a bear": (0, 0, 1), "a tiger": (0, 1, 0)})
    # then: the old one answers
    assert await near(meant, ctx, NORTH) == ["a bear", "both", "a tiger"]
    assert (await meant.begin_generation(ctx, "better", 3)).id == better.id
    assert [one.text for one in await meant.without_vectors(ctx, better.id)] == ["both"]
    # when
    await embed(meant, ctx, better.id, {"both": (0, 1, 1)})
    activated = await meant.activate_generation(ctx, better.id)
    # then
    assert (activated.active, activated.vectors) == (True, 3)
    assert await near(meant, ctx, (0, 0, 2)) == ["a bear", "both", "a tiger"]
    assert [one.embedder for one in await meant.generations(ctx)] == ["better"]
    with pytest.raises(WrongDimensions):
        await near(meant, ctx, NORTH)


async def test_a_dropped_generation_can_be_begun_anew(meant: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    old = (await meant.generations(ctx))[0]
    assert await meant.drop_generation(ctx, old.id)
    assert not await meant.drop_generation(ctx, old.id)
    assert await near(meant, ctx, NORTH) == []
    fresh = await meant.begin_generation(ctx, "tiny", 2)
    assert (fresh.active, fresh.vectors) == (True, 0)


async def test_vectors_that_do_not_fit_are_refused_all_together(
    meant: LocalSearchIndexClient, ctx: SecurityContext
) -> None:
    await put(meant, ctx, "b.md", "a whale", "an eel")
    generation = (await meant.generations(ctx))[0]
    with pytest.raises(WrongDimensions):
        await embed(meant, ctx, generation.id, {"a whale": NORTH, "an eel": (1, 2, 3)})
    with pytest.raises(InvalidVector):
        await embed(meant, ctx, generation.id, {"a whale": NORTH, "an eel": (0.0, 0.0)})
    with pytest.raises(InvalidVector):
        await near(meant, ctx, (float("nan"), 1.0))
    assert len(await meant.without_vectors(ctx, generation.id)) == 2


async def test_an_unknown_generation_is_named(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    with pytest.raises(GenerationNotFound, match="7"):
        await index.activate_generation(ctx, 7)
    with pytest.raises(GenerationNotFound, match="7"):
        await index.set_vectors(ctx, 7, [])
    with pytest.raises(InvalidDocument, match="dimensions"):
        await index.begin_generation(ctx, "tiny", 0)


async def test_generations_belong_to_one_user(
    meant: LocalSearchIndexClient, ctx: SecurityContext, stranger: SecurityContext
) -> None:
    generation = (await meant.generations(ctx))[0]
    assert await meant.generations(stranger) == []
    assert not await meant.drop_generation(stranger, generation.id)
    assert await near(meant, stranger, NORTH) == []
    with pytest.raises(GenerationNotFound):
        await meant.set_vectors(stranger, generation.id, [])


async def test_missing_vectors_can_be_asked_for_one_document(
    index: LocalSearchIndexClient, ctx: SecurityContext
) -> None:
    await put(index, ctx, "a.md", "a bear")
    await put(index, ctx, "b.md", "a tiger")
    generation = await index.begin_generation(ctx, "tiny", 2)
    missing = await index.without_vectors(ctx, generation.id, document_id=document("b.md").id)
    assert [(one.document_id, one.text) for one in missing] == [(document("b.md").id, "a tiger")]
