"""What commands print."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from hyperspot_desktop.cli.commands.jobs import progress_text
from hyperspot_desktop.cli.output import Output, duration_text, size_text
from modkit.errors import ErrorKind, HyperSpotError
from modules.jobs_manager.contract import JobProgress
from modules.llm_manager.contract import Fit, FitLevel


class Memory:
    """Collects what is printed."""

    def __init__(self) -> None:
        self.interrupted = asyncio.Event()
        self.stdout = ""
        self.stderr = ""

    def out(self, text: str) -> None:
        self.stdout += text

    def err(self, text: str) -> None:
        self.stderr += text

    async def flush(self) -> None:
        pass


class Broken(HyperSpotError):
    kind = ErrorKind.CONFLICT


@pytest.fixture
def memory() -> Memory:
    return Memory()


def test_text_mode_prints_no_json_and_json_mode_no_text(memory: Memory) -> None:
    for out in (Output(memory, as_json=False), Output(memory, as_json=True)):
        out.line("for people")
        out.note("beside it")
        out.table(("a", "b"), [("long cell", "x")])
        out.json({"for": "programs"})
    assert memory.stdout == 'for people\na          b\nlong cell  x\n{"for": "programs"}\n'
    assert memory.stderr == "beside it\n"


def test_contract_values_become_plain_json(memory: Memory) -> None:
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    fit = Fit(FitLevel.TIGHT, 1, 2, 3, 4, 5)
    Output(memory, as_json=True).json({"fit": fit, "when": moment, "id": UUID(int=1), "path": Path("a"), "set": {1}})
    assert json.loads(memory.stdout) == {
        "fit": {
            "level": "tight",
            "weights_bytes": 1,
            "kv_bytes": 2,
            "compute_bytes": 3,
            "free_bytes": 4,
            "context_length": 5,
        },
        "when": "2026-01-02T03:04:00+00:00",
        "id": "00000000-0000-0000-0000-000000000001",
        "path": "a",
        "set": [1],
    }


def test_an_error_is_a_sentence_and_an_action(memory: Memory) -> None:
    Output(memory, as_json=False).error(Broken("It broke.", action="Mend it."))
    assert memory.stderr == "It broke.\n  → Mend it.\n"
    Output(memory, as_json=True).error(Broken("It broke.", action="Mend it."))
    assert json.loads(memory.stdout)["error"] == {
        "kind": "conflict",
        "code": "broken",
        "sentence": "It broke.",
        "action": "Mend it.",
    }


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (999, "999 B"), (98_000_000, "98 MB"), (1_120_000_000, "1.1 GB"), (2_500, "2 kB")]
)
def test_sizes_read_as_on_a_disk(size: int, text: str) -> None:
    assert size_text(size) == text


@pytest.mark.parametrize(("seconds", "text"), [(None, "?"), (12, "12 s"), (200, "3 min"), (7500, "2 h 05 min")])
def test_durations_are_rounded_for_people(seconds: float | None, text: str) -> None:
    assert duration_text(seconds) == text


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (JobProgress(), ""),
        (
            JobProgress(done=62, total=100, unit="bytes", per_second=18e6, seconds_left=180),
            "62 % · 18 MB/s · 3 min left",
        ),
        (JobProgress(done=3, unit="files", per_second=2.0, note="reading"), "2 files/s · reading"),
    ],
)
def test_progress_shows_what_is_known(progress: JobProgress, text: str) -> None:
    assert progress_text(progress) == text
