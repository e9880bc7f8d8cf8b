"""Getting, measuring, loading and removing models from a shell, and the jobs that do it."""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.support.program import PATIENCE_S, Program
from tests.support.starter import gguf_embedder_file

pytestmark = [pytest.mark.engine, pytest.mark.timeout(600)]

NOWHERE = "http://127.0.0.1:9/model.gguf"
"""Nothing listens on the discard port."""
IMPATIENT = ("--set", "modules.llm-manager.config.retries=0")


def last_job(hyperspot: Program) -> str:
    job: str = hyperspot.type("jobs", "list", "--json").json[0]["id"]
    return job


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a folder that a real web server on this computer shows."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def without_embedder(fresh: Program) -> Program:
    """A home that has only the chat model."""
    assert fresh.type("models", "remove", "all-minilm").code == 0
    return fresh


def test_a_model_is_measured_and_the_speed_is_remembered(hyperspot: Program) -> None:
    measured = hyperspot.run("models", "bench", "all-minilm")
    assert measured.code == 0, measured.err
    assert "embeds" in measured.out
    assert "Done: " in measured.err
    assert "passages/s" in hyperspot.type("models", "list").out
    shown = hyperspot.run("jobs", "show", last_job(hyperspot))
    assert "succeeded" in shown.out
    assert "Measure all-MiniLM" in shown.out


def test_a_download_that_cannot_be_reached_says_so_and_can_be_tried_again_or_dropped(hyperspot: Program) -> None:
    refused = hyperspot.type(*IMPATIENT, "models", "pull", NOWHERE)
    assert refused.code == 1
    assert "127.0.0.1 cannot be reached" in refused.err
    assert "→" in refused.err
    job = last_job(hyperspot)
    assert f"hyperspot jobs resume {job}" in refused.err
    shown = hyperspot.type("jobs", "show", job)
    assert "failed" in shown.out
    assert "cannot be reached" in shown.out
    assert hyperspot.type(*IMPATIENT, "jobs", "resume", job).code == 1
    assert hyperspot.type("jobs", "cancel", job).code == 0
    assert job not in [one["id"] for one in hyperspot.type("jobs", "list", "--active", "--json").json]


def test_a_served_model_is_downloaded_loaded_and_removed(
    without_embedder: Program, served: str, tmp_path: Path
) -> None:
    shutil.copyfile(gguf_embedder_file(), tmp_path / "second.gguf")
    pulled = without_embedder.type("models", "pull", f"{served}/second.gguf")
    assert pulled.code == 0, pulled.err
    [model] = [one for one in without_embedder.type("models", "list", "--json").json if one["id"].startswith("second")]
    loaded = without_embedder.type("models", "load", model["id"], "--context", "1000000")
    assert loaded.code == 0, loaded.err
    assert "context 512 tokens" in loaded.out
    assert "made for 512 tokens at most" in loaded.err
    assert "It was not loaded" in without_embedder.type("models", "unload", model["id"]).out
    assert without_embedder.type("models", "remove", model["id"]).code == 0
    assert Path(model["path"]).exists(), "in the trash"
    assert without_embedder.run("trash", "delete", model["id"]).code == 0
    assert not Path(model["path"]).exists()


def test_a_model_that_is_quick_already_is_not_converted(hyperspot: Program) -> None:
    refused = hyperspot.type("models", "optimise", "smollm2")
    assert refused.code == 4
    assert "stored as Q8_0 already" in refused.err


def test_a_linked_file_is_used_in_place_and_outlives_its_removal(without_embedder: Program, tmp_path: Path) -> None:
    mine = tmp_path / "mine.gguf"
    shutil.copyfile(gguf_embedder_file(), mine)
    imported = without_embedder.type("models", "import", str(mine), "--link", "--name", "Mine", "--json")
    assert imported.code == 0, imported.err
    assert Path(imported.json["path"]) == mine
    removed = without_embedder.type("models", "remove", imported.json["id"])
    assert f"{mine} stays" in removed.out
    assert mine.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT to one process is POSIX")
def test_ctrl_c_during_a_measurement_ends_it_and_says_how_to_go_on(hyperspot: Program) -> None:
    process = hyperspot.start("models", "bench", "smollm2")
    assert process.stderr is not None
    process.stderr.readline()  # it has begun
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 130, err
    assert "hyperspot jobs resume" in err


@pytest.mark.parametrize("verb", ["show", "cancel", "resume"])
def test_an_unknown_job_is_a_sentence(hyperspot: Program, verb: str) -> None:
    missing = hyperspot.type("jobs", verb, "ffffffff")
    assert missing.code == 3
    assert "→" in missing.err


def test_an_id_that_several_jobs_share_asks_for_more_of_it(hyperspot: Program) -> None:
    hyperspot.type("models", "bench", "all-minilm")
    hyperspot.type("models", "bench", "all-minilm")
    ambiguous = hyperspot.type("jobs", "show", "0")
    assert ambiguous.code == 2
    assert "Give more of the id." in ambiguous.err
