"""Questions about all files: answered from what is known of them, or by going over every one, and truthfully."""

from __future__ import annotations

from pathlib import Path

import pytest

from modules.rag.contract import AnswerProgress, Question
from tests.modules.rag.rag_support import MODEL, Workplace


@pytest.fixture
async def leases(work: Workplace, docs: Path) -> Workplace:
    for number, town in enumerate(("Norderney", "Juist", "Baltrum")):
        text = f"Lease of the house in {town}. The rent in {town} is {900 + number} euros. Dogs may stay."
        (docs / f"{town}.txt").write_text(text if number else text.replace("Dogs", "Cats"))
    (docs / "table.md").write_text("# Pets\n\nA dog needs a licence.")
    (docs / "broken.pdf").write_bytes(b"%PDF-1.4 nothing else")
    await work.index(collection="Leases")
    return work


async def test_files_are_counted_without_a_model(leases: Workplace) -> None:
    asked = await leases.ask("How many files are there?", collection="Leases")
    assert asked.text == asked.done.text
    assert asked.text.startswith("There are 5 files in Leases. 4 of them can be searched. By type: 3 TXT, ")
    assert "- broken.pdf (it could not be read)" in asked.text
    assert not asked.done.from_model
    assert leases.provider.asked == []


async def test_files_of_a_kind_are_listed_by_name(leases: Workplace) -> None:
    asked = await leases.ask("Welche Dateien gibt es?", collection="Leases")
    assert [line for line in asked.text.splitlines() if line.startswith("- ")] == [
        "- Baltrum.txt",
        "- broken.pdf (sie konnte nicht gelesen werden)",
        "- Juist.txt",
        "- Norderney.txt",
        "- table.md",
    ]


async def test_files_that_mention_something_are_found_all_and_cited(leases: Workplace) -> None:
    asked = await leases.ask("Which files mention dogs?", collection="Leases")
    assert asked.text.startswith("3 of 5 files mention “dogs”:")
    assert [(one.file_name, one.quote) for one in asked.done.citations] == [
        ("Baltrum.txt", "Dogs may stay."),
        ("Juist.txt", "Dogs may stay."),
        ("table.md", "A dog needs a licence."),
    ]
    assert "Read 4 of 5 files." in asked.text


async def test_every_file_is_gone_over_and_what_was_not_read_is_named(leases: Workplace) -> None:
    leases.provider.pieces = ("The rent is stated here [1].",)
    question = Question(text="Summarise every file", collections=("Leases",), model=MODEL)
    events = [event async for event in leases.rag.ask(leases.ctx, question)]
    progress = [(one.done, one.total) for one in events if isinstance(one, AnswerProgress) and one.total]
    asked = await leases.ask("Summarise every file", collection="Leases")
    assert progress == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    assert len(leases.provider.asked) == 8
    assert asked.text == asked.done.text
    assert "Read 4 of 5 files." in asked.text
    assert "- broken.pdf (it could not be read)" in asked.text
    trace = asked.chosen.trace
    assert trace is not None
    assert (trace.whole_collection, trace.files_read, trace.files_total) == (True, 4, 5)


async def test_what_is_said_of_a_file_cites_that_file(leases: Workplace) -> None:
    leases.provider.pieces = ("Something about submarines and volcanoes.",)
    asked = await leases.ask("What is the rent in every document?", collection="Leases")
    lines = [line for line in asked.text.splitlines() if line.startswith("- **")]
    by_number = {f"[{one.number}]": one.file_name for one in asked.done.citations}
    assert len(lines) == 4
    assert all(by_number[line[line.rindex("[") :]] in line for line in lines)
    assert "submarines" not in asked.text


async def test_a_comparison_ends_with_what_the_model_makes_of_all(leases: Workplace) -> None:
    leases.provider.pieces = ("The rent in Juist is 901 euros [2].",)
    asked = await leases.ask("Compare all documents", collection="Leases")
    told = leases.provider.asked[-1].messages
    assert "one line about each of several documents" in told[0].text
    assert "Juist.txt" in told[1].text
    assert "\n\nThe rent in Juist is 901 euros [2]." in asked.done.text


async def test_numbers_in_brackets_of_names_and_texts_cite_nothing(leases: Workplace, docs: Path) -> None:
    (docs / "Invoice [1].txt").write_text("Dogs [2] cost extra.")
    await leases.index(collection="Leases")
    listed = await leases.ask("Which files are there?", collection="Leases")
    mentioning = await leases.ask("Which files mention dogs?", collection="Leases")
    assert "- Invoice (1).txt" in listed.text
    [line] = [line for line in mentioning.text.splitlines() if "Invoice" in line]
    [cited] = [one for one in mentioning.done.citations if one.file_name == "Invoice [1].txt"]
    assert line == f"- **Invoice (1).txt**: “Dogs (2) cost extra.” [{cited.number}]"
    assert cited.quote == "Dogs [2] cost extra."
