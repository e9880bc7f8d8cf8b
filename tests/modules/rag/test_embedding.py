"""Vectors by the real embedder: made once, found by meaning, made anew for another model."""

from __future__ import annotations

from pathlib import Path

import pytest

from modules.llm_manager.contract import LlmManagerClient
from modules.local_search_index.contract import LocalSearchIndexClient, SearchMode
from modules.rag.contract import FileState, Query
from tests.modules.rag.rag_support import Workplace

pytestmark = [pytest.mark.engine, pytest.mark.slow]


@pytest.fixture
async def gardens(embedding_work: Workplace, docs: Path) -> Workplace:
    (docs / "roses.md").write_text("# Garden\n\nRoses are cut in March.\n\n# Boats\n\nThe ferry leaves at nine.\n")
    (docs / "bread.txt").write_text("Knead the dough, let it rise overnight and bake it.")
    await embedding_work.index()
    return embedding_work


async def by_meaning(work: Workplace, text: str) -> list[str]:
    findings = await work.rag.search(work.ctx, Query(text=text, mode=SearchMode.VECTOR, k=1))
    assert findings.by_meaning
    return [hit.passage.text for hit in findings.hits]


async def test_passages_are_found_by_meaning_without_a_common_word(gardens: Workplace) -> None:
    assert await gardens.states() == {"roses.md": FileState.INDEXED, "bread.txt": FileState.INDEXED}
    assert await by_meaning(gardens, "pruning flowers in spring") == ["Roses are cut in March."]
    assert await by_meaning(gardens, "ship timetable") == ["The ferry leaves at nine."]
    assert (await gardens.index())["embedded"] == 0


async def test_a_question_is_answered_from_what_it_means(gardens: Workplace) -> None:
    asked = await gardens.ask("When should I prune my flowers?")
    assert asked.done.citations[0].text == "Roses are cut in March."
    nothing = await gardens.ask("Who won the football world cup?")
    assert not nothing.done.from_model


async def test_only_the_changed_passage_gets_a_new_vector(gardens: Workplace, docs: Path) -> None:
    (docs / "roses.md").write_text("# Garden\n\nRoses are cut in April.\n\n# Boats\n\nThe ferry leaves at nine.\n")
    assert (await gardens.index())["embedded"] == 1
    assert await by_meaning(gardens, "pruning flowers in spring") == ["Roses are cut in April."]


async def test_another_embedder_makes_a_new_generation_and_takes_over(
    gardens: Workplace, gguf_embedder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.gguf"
    other.write_bytes(gguf_embedder.read_bytes())
    models = gardens.hub.get(LlmManagerClient)
    await models.remove(gardens.ctx, "minilm")
    imported = await models.import_file(gardens.ctx, other, mode="link", name="other")
    assert (await gardens.index())["embedded"] == 3
    [generation] = [one for one in await gardens.hub.get(LocalSearchIndexClient).generations(gardens.ctx) if one.active]
    assert generation.embedder.startswith(imported.id)
    assert await by_meaning(gardens, "ship timetable") == ["The ferry leaves at nine."]


async def test_without_its_embedder_a_search_says_that_words_must_do(gardens: Workplace) -> None:
    models = gardens.hub.get(LlmManagerClient)
    await models.remove(gardens.ctx, "minilm")
    findings = await gardens.rag.search(gardens.ctx, Query(text="ferry"))
    assert [hit.passage.text for hit in findings.hits] == ["The ferry leaves at nine."]
    assert "words only" in findings.note
    meaning = await gardens.rag.search(gardens.ctx, Query(text="ferry", mode=SearchMode.VECTOR))
    assert meaning.hits == ()
