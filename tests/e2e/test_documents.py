"""Folders become collections: every file accounted for, nothing read twice, answers with their sources."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.modules.file_parser.documents.portable import report_pdf
from tests.modules.file_parser.documents.word import report_docx
from tests.support.program import PATIENCE_S, Program

pytestmark = [pytest.mark.engine, pytest.mark.slow, pytest.mark.timeout(600)]

LIGHTHOUSE = "The lighthouse of Norderney was built in 1874 and is 54 metres high."
FILES = 60


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "Papiere 家"
    (folder / "sub").mkdir(parents=True)
    (folder / "light.txt").write_text(LIGHTHOUSE)
    (folder / "garden.md").write_text("# Garden\n\nTomatoes need water.\n\n## Roses\n\nRoses are cut in March.\n")
    (folder / "sub" / "report.docx").write_bytes(report_docx())
    (folder / "report.pdf").write_bytes(report_pdf())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "empty.txt").write_text("")
    return folder


def indexed(program: Program, folder: Path) -> dict[str, Any]:
    """What the job counted."""
    done = program.type("index", "add", str(folder), "--collection", "C", "--json")
    assert done.code == 0, done.out + done.err
    result: dict[str, Any] = done.json["job"]["result"]
    return result


def states(program: Program) -> dict[str, tuple[str, bool]]:
    """Of every file by name: its state, and whether there is a reason."""
    report = program.type("index", "report", "--collection", "C", "--json").json
    return {Path(one["path"]).name: (one["state"], bool(one["reason"])) for one in report["files"]}


def test_a_folder_is_read_once_and_then_only_what_changed(hyperspot: Program, papers: Path) -> None:
    assert indexed(hyperspot, papers)["read"] == 6
    expected = {
        "light.txt": ("indexed", False),
        "garden.md": ("indexed", False),
        "report.docx": ("indexed", False),
        "report.pdf": ("indexed", True),
        "broken.pdf": ("could_not_be_read", True),
        "empty.txt": ("skipped", True),
    }
    assert states(hyperspot) == expected

    assert indexed(hyperspot, papers)["read"] == 0
    (papers / "garden.md").write_text("# Garden\n\nTomatoes need sun.\n")
    assert indexed(hyperspot, papers)["read"] == 1
    (papers / "light.txt").rename(papers / "sub" / "tower.txt")
    renamed = indexed(hyperspot, papers)
    assert (renamed["read"], renamed["moved"]) == (0, 1)

    papers.rename(papers.with_name("elsewhere"))
    assert hyperspot.type("index", "retry", "--collection", "C").code == 0
    assert {state for state, _ in states(hyperspot).values()} == {"away"}
    papers.with_name("elsewhere").rename(papers)
    # One: the broken file, which the retry has asked for.
    back = indexed(hyperspot, papers)
    assert (back["read"], back["unchanged"]) == (1, 6)
    assert Counter(state for state, _ in states(hyperspot).values())["indexed"] == 4

    found = hyperspot.type("search", "norderney lighthouse", "--collection", "C", "--json").json["hits"][0]
    assert found["passage"]["document"]["file_name"] == "tower.txt"
    explained = hyperspot.type("search", "lighthouse", "--collection", "C", "--explain")
    assert "why: " in explained.out
    assert "C  " in hyperspot.type("index", "status").out

    asked = hyperspot.run("ask", "How high is the lighthouse of Norderney?", "--collection", "C", "--json")
    assert asked.code == 0, asked.err
    [given, *_] = asked.json["passages"]
    assert given["text"] == LIGHTHOUSE
    assert (given["char_start"], given["char_end"]) == (0, len(LIGHTHOUSE))
    shown = hyperspot.type("ask", "How high is the lighthouse of Norderney?", "--collection", "C")
    assert "tower.txt, characters 0-68" in shown.out
    nothing = hyperspot.type("ask", "Who composed the Brandenburg concertos?", "--collection", "C")
    assert "Nothing in these documents answers the question." in nothing.out

    forgotten = hyperspot.type("index", "remove", "--collection", "C", "--json")
    assert forgotten.json["files"] == 6
    assert hyperspot.type("index", "report", "--collection", "C").code == 3


def test_an_index_that_was_killed_is_completed_without_doubles(fresh: Program, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number:03}.txt").write_text(f"Zebra number {number} lives in house {number}.")
    process = fresh.start("index", "add", str(folder), "--collection", "C")
    _read_until(process, "reading")
    process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    process.communicate(timeout=PATIENCE_S)

    assert fresh.run("index", "add", str(folder), "--collection", "C").code == 0
    [status] = fresh.type("index", "status", "--json").json["collections"]
    assert status["counts"] == {"indexed": FILES}
    hits = fresh.type("search", "zebra", "--mode", "keyword", "-k", "100", "--json").json["hits"]
    assert len({one["passage"]["document"]["path"] for one in hits}) == len(hits) == FILES


def test_commands_on_nothing_say_what_to_do(fresh: Program, tmp_path: Path) -> None:
    assert "No collection yet" in fresh.type("index", "status").out
    missing = fresh.type("index", "add", str(tmp_path / "nothing"), "--collection", "C")
    assert missing.code == 3
    assert "There is nothing at" in missing.err
    assert "Nothing found." in fresh.type("search", "anything").out


def _read_until(process: subprocess.Popen[str], word: str) -> None:
    assert process.stderr is not None
    assert any(word in line for line in process.stderr), f"it ended without {word!r}"


def test_a_conversation_is_answered_from_documents_and_keeps_its_sources(fresh: Program, papers: Path) -> None:
    assert indexed(fresh, papers)["read"] == 6
    answered = fresh.run("chat", "How high is the lighthouse of Norderney?", "--collection", "C", "--json")
    assert answered.code == 0, answered.err
    [finished] = [line for line in answered.json_lines if line["event"] == "finished"]
    [cited] = finished["answer"]["citations"]
    assert (cited["file_name"], cited["quote"]) == ("light.txt", LIGHTHOUSE)
    assert finished["answer"]["from_documents"]
    went_on = fresh.type("chat", "And when was it built?", "--conversation", "last")
    assert went_on.code == 0, went_on.err
    assert "1874" in went_on.out
    assert "[1] " in went_on.out.split("Cited:")[1]
    conversation = next(line for line in answered.json_lines if line["event"] == "started")["conversation_id"]
    exported = fresh.type("conversations", "export", conversation, "--format", "markdown")
    assert "light.txt" in exported.out
    refused = fresh.type("chat", "Hello", "--collection", "Nowhere")
    assert refused.code == 3
    assert "There is no collection 'Nowhere'." in refused.err
