"""Which questions are about a whole collection, and which only look like it."""

from __future__ import annotations

import pytest

from modules.rag.domain.whole_collection.question import WholeKind, recognise


@pytest.mark.parametrize(
    ("question", "kind", "language"),
    [
        ("How many files are there?", WholeKind.COUNT, "en"),
        ("how many documents do I have", WholeKind.COUNT, "en"),
        ("How many PDFs are in this collection?", WholeKind.COUNT, "en"),
        ("How many leases are there?", WholeKind.COUNT, "en"),
        ("List all files.", WholeKind.LIST, "en"),
        ("Show me all of the documents", WholeKind.LIST, "en"),
        ("Which files are there?", WholeKind.LIST, "en"),
        ("What documents do you have?", WholeKind.LIST, "en"),
        ("Summarise every file", WholeKind.EACH, "en"),
        ("Please summarize all of the documents in a sentence each.", WholeKind.EACH, "en"),
        ("Give me a summary of each document", WholeKind.EACH, "en"),
        ("What is the rent in each document?", WholeKind.EACH, "en"),
        ("Compare all documents", WholeKind.COMPARE, "en"),
        ("Wie viele Dateien gibt es?", WholeKind.COUNT, "de"),
        ("Wieviele Dokumente habe ich hier?", WholeKind.COUNT, "de"),
        ("Welche Dateien gibt es?", WholeKind.LIST, "de"),
        ("Liste alle Dateien auf", WholeKind.LIST, "de"),
        ("Fasse jede Datei zusammen", WholeKind.EACH, "de"),
        ("Fass bitte alle Dokumente zusammen.", WholeKind.EACH, "de"),
        ("Vergleiche alle Dokumente", WholeKind.COMPARE, "de"),
        ("有多少个文件？", WholeKind.COUNT, "zh"),
        ("列出所有文件", WholeKind.LIST, "zh"),
        ("有哪些文档？", WholeKind.LIST, "zh"),
        ("总结每个文件", WholeKind.EACH, "zh"),
        ("请比较所有文档", WholeKind.COMPARE, "zh"),
    ],
)
def test_questions_about_all_files_are_recognised(question: str, kind: WholeKind, language: str) -> None:
    found = recognise(question, ["Leases"])
    assert found is not None
    assert (found.kind, found.language) == (kind, language)


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Which files mention a notice period?", "a notice period"),
        ("How many documents talk about dogs?", "dogs"),
        ("List all files that contain the word “lighthouse”", "lighthouse"),
        ("Welche Dateien erwähnen Hunde?", "Hunde"),
        ("In welchen Dokumenten geht es um die Miete?", "die Miete"),
        ("In welchen Dateien kommt Norderney vor?", "Norderney"),
        ("哪些文件提到了租金？", "租金"),
    ],
)
def test_which_files_mention_something(question: str, about: str) -> None:
    found = recognise(question)
    assert found is not None
    assert (found.kind, found.about) == (WholeKind.MENTIONING, about)


@pytest.mark.parametrize(
    "question",
    [
        "How many bedrooms does the house have?",
        "How many files can the program open at once?",
        "How many documents do I have to sign?",
        "Which document is the oldest one about rent?",
        "What is the rent?",
        "List the duties of the tenant",
        "Summarise the lease",
        "Compare the two rents",
        "What does the file format look like?",
        "Wie viele Dateien darf ich höchstens öffnen?",
        "Wie hoch ist die Miete?",
        "Fasse den Vertrag zusammen",
        "租金是多少？",
        "How many leases are there?",
    ],
)
def test_other_questions_are_searched_for(question: str) -> None:
    assert recognise(question) is None


def test_a_kind_of_file_narrows_the_question() -> None:
    found = recognise("How many spreadsheets are there?")
    assert found is not None
    assert "xlsx" in found.types
    assert "pdf" not in found.types
