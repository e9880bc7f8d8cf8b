"""``search``, ``ask`` and ``eval``, the real program on a small collection; without models, words find everything."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from modkit.keys import KeyStore
from tests.support.program import Program
from tests.support.raw_search import files_with

GARDEN = "# Garden\n\n## Roses\n\nRoses are cut in March. They are red.\n\n## Tomatoes\n\nTomatoes need water.\n"
SET = "name: basics\nquestions:\n  - {question: When are roses cut, expected: [garden.md]}\n"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    (folder / "garden.md").write_text(GARDEN)
    (folder / "sub").mkdir()
    (folder / "sub" / "notes.txt").write_text("Roses were planted by the gate.\n")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    return folder


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, papers: Path) -> Program:
    program = Program(tmp_path_factory.mktemp("home") / "h", {"HYPERSPOT_STARTER_MODELS": ""})
    done = program.type("index", "add", str(papers), "--collection", "C")
    assert done.code == 0, done.err
    return program


def found(program: Program, *words: str) -> list[str]:
    hits = program.type("search", *words, "--collection", "C", "--json").json["hits"]
    return [hit["passage"]["document"]["file_name"] for hit in hits]


def test_a_search_is_narrowed_by_type_path_and_date(program: Program, papers: Path) -> None:
    assert sorted(found(program, "roses")) == ["garden.md", "notes.txt"]
    assert found(program, "roses", "--type", ".MD") == ["garden.md"]
    assert found(program, "roses", "--path", str(papers / "sub")) == ["notes.txt"]
    assert found(program, "roses", "--since", "2999-01-01") == []
    assert found(program, "roses", "--offset", "1", "-k", "1") == found(program, "roses")[1:2]


def test_a_wrong_date_is_refused_with_how_to_write_it(program: Program) -> None:
    refused = program.type("search", "roses", "--since", "last week")
    assert refused.code == 2
    assert "'last week' is not a date." in refused.err
    assert "2026-01-31" in refused.err


def test_a_search_says_why_each_passage_was_found(program: Program) -> None:
    shown = program.type("search", "roses cut", "--collection", "C", "--explain", "-k", "1")
    assert "«Roses» are «cut» in March." in shown.out
    assert "why: " in shown.out
    assert "words: roses, cut" in shown.out
    assert "There are more: use -k or --offset." in shown.err


def test_watching_is_switched_on_and_off(program: Program, papers: Path) -> None:
    def watched() -> list[bool]:
        [overview] = program.type("index", "status", "--json").json["collections"]
        return [source["watched"] for source in overview["sources"]]

    assert watched() == [False]
    assert "are noticed" in program.type("index", "watch", str(papers), "--collection", "C").out
    assert watched() == [True]
    assert "no longer" in program.type("index", "watch", str(papers), "--collection", "C", "--off").out
    assert watched() == [False]
    refused = program.type("index", "watch", str(papers / "sub"), "--collection", "C")
    assert refused.code == 3
    assert str(papers / "sub") in refused.err


def test_questions_about_all_files_need_no_model(program: Program) -> None:
    counted = program.type("ask", "How many files are there?", "--collection", "C")
    assert counted.code == 0, counted.err
    assert "There are 3 files in C. 2 of them can be searched." in counted.out
    mentioned = program.type("ask", "Which files mention roses?", "--collection", "C", "--json").json
    assert [one["file_name"] for one in mentioned["answer"]["citations"]] == ["garden.md", "notes.txt"]
    assert (mentioned["trace"]["files_read"], mentioned["trace"]["files_total"]) == (2, 3)
    [first, _] = mentioned["answer"]["citations"]
    assert first["quote"] == "Roses are cut in March."
    explained = program.type("ask", "Which files mention roses?", "--collection", "C", "--explain").out
    assert "[1] " in explained
    assert "Read 2 of 3 files" in explained


def test_nothing_relevant_is_said_without_a_model(program: Program) -> None:
    nothing = program.run("ask", "Who composed the Brandenburg concertos?", "--collection", "C", "--explain")
    assert nothing.code == 0, nothing.err
    assert nothing.out.startswith("Nothing in these documents answers the question.")
    unknown = program.type("ask", "Who?", "--collection", "Nowhere")
    assert unknown.code == 3
    assert "There is no collection 'Nowhere'." in unknown.err


def test_a_question_set_is_saved_run_compared_and_forgotten(program: Program, tmp_path: Path) -> None:
    (tmp_path / "set.yaml").write_text(SET)
    assert "No question set yet." in program.run("eval", "list", "--collection", "C").out
    assert program.type("eval", "add", str(tmp_path / "set.yaml"), "--collection", "C").code == 0
    first = program.type("eval", "run", "basics", "--collection", "C", "--json").json
    second = program.type("eval", "run", "basics", "--collection", "C")
    assert first["run"]["scores"]["keyword"]["mrr"] == 1.0
    assert first["before"] is None
    assert "1.000 (+0.000)" in second.out
    assert "There are no vectors yet: only words were measured." in second.err
    assert "nDCG@10 1.000" in program.type("eval", "list", "--collection", "C").out
    assert len(program.type("eval", "runs", "basics", "--collection", "C", "--json").json) == 2
    assert program.type("eval", "runs", "basics", "--collection", "C").out.count("keyword") == 2
    assert program.type("eval", "remove", "basics", "--collection", "C").code == 0
    assert program.type("eval", "run", "basics", "--collection", "C").code == 3


def test_a_collection_is_forgotten_for_ever_from_the_trash(program: Program, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("The zanzibarkey opens it.\n")
    assert program.type("index", "add", str(tmp_path), "--collection", "Secrets").code == 0
    assert program.type("index", "remove", "--collection", "Secrets").code == 0
    [thrown] = program.type("index", "status", "--trash", "--json").json["collections"]
    done = program.type("index", "delete", "Secrets", "--json")
    assert done.json == {"deleted": thrown["collection"]["id"], "no_trace_left": True}
    assert program.type("index", "status", "--trash", "--json").json["collections"] == []
    key = asyncio.run(KeyStore(program.home).open())
    assert files_with("zanzibarkey", program.home, key) == []
    assert (tmp_path / "secret.md").exists()
