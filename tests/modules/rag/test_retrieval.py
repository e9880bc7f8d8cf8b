"""How passages are chosen for a question, and the record of it that the inspector shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from modules.local_search_index.contract import SearchFilter, SearchMode
from modules.rag.contract import (
    AnswerDone,
    CollectionNotFound,
    EmptyQuestion,
    Fate,
    PassagesChosen,
    Query,
    Question,
    RetrievalSettings,
    RetrievalTrace,
    Turn,
)
from tests.modules.rag.rag_support import MODEL, Workplace

LEASE = "The lease of the house in Juist ends in May."
RENT = "The rent of the house in Juist is 901 euros."


@pytest.fixture
async def houses(work: Workplace, docs: Path) -> Workplace:
    (docs / "juist.md").write_text(f"# Juist\n\n## Rent\n\n{RENT}\n\n## Lease\n\n{LEASE}\n")
    (docs / "copy.txt").write_text(f"{RENT}\n")
    (docs / "changed.txt").write_text("The rent of the house in Juist is 911 euros.\n")
    (docs / "boat.txt").write_text("The boat is painted blue every spring.\n")
    await work.index()
    return work


def question(text: str, **more: Any) -> Question:
    return replace(Question(text=text, collections=("C",), model=MODEL), **more)


def fates(trace: RetrievalTrace) -> dict[str, Fate]:
    return {f"{one.file_name}:{one.heading_path[-1] if one.heading_path else ''}": one.fate for one in trace.candidates}


async def test_every_passage_that_was_found_has_a_fate(houses: Workplace) -> None:
    trace = await houses.rag.inspect(houses.ctx, question("What is the rent of the house in Juist?"))
    found = fates(trace)
    assert sorted([found["juist.md:Rent"], found["copy.txt:"]]) == [Fate.DOUBLE, Fate.USED]
    assert found["changed.txt:"] is Fate.USED
    assert found["juist.md:Lease"] is Fate.USED
    assert trace.queries == ("What is the rent of the house in Juist?",)
    assert all((one.number is not None) == (one.fate is Fate.USED) for one in trace.candidates)
    assert trace.tokens is not None
    assert trace.token_budget is not None
    assert 0 < trace.tokens <= trace.token_budget
    assert houses.provider.asked == []


async def test_with_other_settings_something_else_is_chosen(houses: Workplace) -> None:
    asked = question("What is the rent of the house in Juist?", settings=RetrievalSettings(passages=1))
    one = await houses.rag.inspect(houses.ctx, asked)
    assert [candidate.fate for candidate in one.candidates].count(Fate.USED) == 1
    assert Fate.NOT_BEST in fates(one).values()
    by_meaning = RetrievalSettings(mode=SearchMode.VECTOR)
    nothing = await houses.rag.inspect(houses.ctx, question("What is the rent?", settings=by_meaning))
    assert nothing.candidates == ()
    assert "found by their words only" in nothing.note


async def test_an_answer_comes_with_the_record_of_its_passages(houses: Workplace) -> None:
    asked = await houses.ask("What is the rent of the house in Juist?")
    trace = asked.chosen.trace
    assert trace is not None
    used = {one.number: one.file_name for one in trace.candidates if one.number is not None}
    assert used == {one.number: one.file_name for one in asked.chosen.passages}


async def test_what_does_not_fit_says_so(houses: Workplace) -> None:
    houses.provider.window = 220
    trace = await houses.rag.inspect(houses.ctx, question("What is the rent of the house in Juist?"))
    assert Fate.NO_ROOM in fates(trace).values()


async def test_without_a_model_passages_are_chosen_all_the_same(houses: Workplace) -> None:
    trace = await houses.rag.inspect(houses.ctx, replace(question("rent in Juist"), model="scripted::none"))
    assert Fate.USED in fates(trace).values()
    assert trace.tokens is None or trace.tokens > 0


async def test_a_question_that_leans_on_the_conversation_finds_what_that_is_about(houses: Workplace) -> None:
    history = (Turn("user", "Tell me about the house in Juist"), Turn("assistant", "It is a nice house [1]."))
    asked = question("And when does it end?", history=history)
    trace = await houses.rag.inspect(houses.ctx, asked)
    alone = await houses.rag.inspect(houses.ctx, replace(asked, settings=RetrievalSettings(use_history=False)))
    assert fates(trace)["juist.md:Lease"] is Fate.USED
    assert len(trace.queries) > 1
    assert "boat.txt:" not in [name for name, fate in fates(trace).items() if fate is Fate.USED]
    assert len(alone.queries) == 1


async def test_words_of_the_conversation_do_not_make_an_unrelated_question_relevant(houses: Workplace) -> None:
    history = (Turn("user", "What is the rent of the house in Juist?"), Turn("assistant", "901 euros."))
    asked = question("And who composed the Brandenburg concertos?", history=history)
    events = [event async for event in houses.rag.ask(houses.ctx, asked)]
    [chosen] = [event for event in events if isinstance(event, PassagesChosen)]
    assert chosen.passages == ()
    assert houses.provider.asked == []


async def test_the_model_reads_the_conversation_without_the_numbers_of_other_passages(houses: Workplace) -> None:
    history = (Turn("user", "What is the rent in Juist?"), Turn("assistant", "901 euros."))
    asked = question("And when does the lease end?", history=history, instructions="Answer in verse.")
    _ = [event async for event in houses.rag.ask(houses.ctx, asked)]
    told = houses.provider.asked[-1].messages
    assert [one.role for one in told] == ["system", "user", "assistant", "user"]
    assert told[0].text.endswith("Answer in verse.")
    assert told[1].text == "What is the rent in Juist?"


async def test_a_section_that_goes_on_is_given_as_one_passage(work: Workplace, docs: Path) -> None:
    steps = "\n".join(
        f"- Step {number}: turn wheel {number} and wait for signal {number} to sound." for number in range(60)
    )
    (docs / "manual.md").write_text(f"# Manual\n\n## Engine\n\nTo start the engine, follow the steps:\n\n{steps}\n")
    await work.index()
    joined = await work.ask("What is step 30: wheel 30 and signal 30?")
    text = (docs / "manual.md").read_text()
    first = joined.chosen.passages[0]
    assert first.char_end - first.char_start == len(first.text) > 1_200
    assert "signal 30" in first.text
    apart = question("What is step 30: wheel 30 and signal 30?", settings=RetrievalSettings(neighbours=False))
    events = [event async for event in work.rag.ask(work.ctx, apart)]
    [chosen] = [event for event in events if isinstance(event, PassagesChosen)]
    assert len(chosen.passages[0].text) < len(first.text)
    assert len(text) > len(first.text)


async def test_an_answer_goes_on_from_the_same_passages(houses: Workplace) -> None:
    asked = await houses.ask("What is the rent of the house in Juist?")
    houses.provider.pieces = (" The lease of the house in Juist ends in May.",)
    more = question(
        "What is the rent of the house in Juist?", passages=asked.chosen.passages, begun="It is 901 euros [1]."
    )
    events = [event async for event in houses.rag.ask(houses.ctx, more)]
    request = houses.provider.asked[-1]
    assert request.continue_last
    assert (request.messages[-1].role, request.messages[-1].text) == ("assistant", "It is 901 euros [1].")
    done = events[-1]
    assert isinstance(done, AnswerDone)
    assert done.text.startswith("It is 901 euros [1]. The lease of the house in Juist ends in May. [")


async def test_a_search_is_narrowed_and_paged(houses: Workplace) -> None:
    async def names(**changes: Any) -> list[str]:
        query = replace(Query(text="rent house", collections=("C",), mode=SearchMode.KEYWORD), **changes)
        found = await houses.rag.search(houses.ctx, query)
        return [hit.passage.document.file_name for hit in found.hits]

    everything = await names()
    assert set(await names(filter=SearchFilter(types=("md",)))) == {"juist.md"}
    assert await names(filter=SearchFilter(file_name="copy")) == ["copy.txt"]
    assert await names(offset=1, k=1) == everything[1:2]
    assert "copy.txt" in await names(text="ren", typing=True)
    ids = [one.id for one in await houses.rag.collections(houses.ctx)]
    assert await names(collections=tuple(ids)) == everything


async def test_an_unknown_collection_and_an_empty_question_are_refused(houses: Workplace) -> None:
    with pytest.raises(CollectionNotFound):
        await houses.rag.inspect(houses.ctx, replace(question("rent"), collections=("Nowhere",)))
    with pytest.raises(EmptyQuestion):
        await houses.rag.inspect(houses.ctx, question(" "))
